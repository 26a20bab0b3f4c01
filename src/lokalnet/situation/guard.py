"""The entry guard: what must not be written about a person.

So far it stops civil registration numbers, written with or without a separator, valid under modulus 11 or not (the
check digit is not guaranteed since 2007, cpr.dk). The text is refused before anything is stored or logged.
"""

import re
import unicodedata

from django.utils.translation import gettext as _

# Day, month, year and four digits; numbers assigned as replacements add 60 to the day.
CPR = re.compile(r"(?<!\d)(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])(?:0[1-9]|1[0-2])\d{2}\s?[-–—./ ]?\s?\d{4}(?!\d)")


class RefusedText(ValueError):
    """The text holds something that must not be stored; the message names the rule, never the text."""


def check_text(text: str) -> None:
    if "\x00" in text:
        raise RefusedText(_("The text holds a character that cannot be stored."))
    if CPR.search(_plain(text)):
        raise RefusedText(_("A civil registration number (CPR) may not stand here. Describe what happened instead."))


def _plain(text: str) -> str:
    """Digits as ASCII where Unicode knows them by another shape, and no invisible characters between them."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
