"""Texts that a spreadsheet would run as a formula (CSV injection, OWASP).

What somebody writes on the street ends up in a cell on somebody else's desk. A text that begins like a formula, also
after blanks, after invisible characters, or in full-width letters, gets an apostrophe before it; numbers are no texts
and stay what they are.
"""

import unicodedata

STARTS = frozenset("=+-@−")
BREAKS = frozenset("\t\r\n\v\f")
# Blanks, and what Unicode calls control, format, private or unassigned: a spreadsheet may skip it.
SKIPPED = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Co", "Cn", "Mn"})


def dangerous(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula."""
    if text[:1] in BREAKS:
        return True
    for letter in text:
        if letter == "'" or unicodedata.category(letter) in SKIPPED:
            continue
        return unicodedata.normalize("NFKC", letter)[:1] in STARTS
    return False


def guarded(text: str) -> str:
    return f"'{text}" if dangerous(text) else text
