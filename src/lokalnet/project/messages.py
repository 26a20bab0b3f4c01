"""Translations: find what is to be translated, keep the catalogue complete, compile it.

With Babel, because xgettext and msgfmt are not on every machine. Source strings are English; Danish is the catalogue.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
LOCALES = PACKAGE / "interface" / "locale"
KEYWORDS: Any = {"_": None, "_t": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
            "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
            "npgettext": ((1, "c"), 2, 3)}


Message = tuple[str | None, str | tuple[str, str]]


def catalogue(language: str) -> Catalog:
    with open(LOCALES / language / "LC_MESSAGES" / "django.po", "rb") as file:
        return read_po(file, locale=language)


def compile_all() -> None:
    for source in LOCALES.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        part = target.with_suffix(".part")
        with open(part, "wb") as file:
            write_mo(file, catalogue(source.parts[-3]))
        part.replace(target)


def extracted() -> dict[Message, str]:
    """Every (context, text) in code and templates, with the file that it stands in."""
    found: dict[Message, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            _collect(found, path, path.read_text())
    from django.utils.translation.template import templatize

    for path in sorted(PACKAGE.rglob("templates/**/*")):
        if path.is_file():
            # A template is indented as it likes; as Python it has to begin at the left.
            lines = templatize(path.read_text(), origin=str(path)).splitlines()
            _collect(found, path, "\n".join(line.lstrip() for line in lines))
    return found


def _collect(found: dict[Message, str], path: Path, source: str) -> None:
    for context, text in _messages(source):
        found.setdefault((context, text), str(path.relative_to(PACKAGE)))


def _messages(source: str) -> Iterator[Message]:
    for _line, function, arguments, _comments in extract_python(
            io.BytesIO(source.encode()), KEYWORDS, [], {"encoding": "utf-8"}):
        name = str(function)
        texts = [str(text) for text in (arguments if isinstance(arguments, tuple) else (arguments,)) if text]
        context = texts.pop(0) if name.lstrip("n").startswith("pgettext") else None
        if not texts:
            continue
        plural = name.startswith("n") and len(texts) > 1
        yield context, (texts[0], texts[1]) if plural else texts[0]


def untranslated(language: str) -> list[str]:
    """Texts in code and templates that the language has no finished words for."""
    known = catalogue(language)
    missing = []
    for (context, text), place in extracted().items():
        message = known.get(text, context)
        words = message.string if message else ""
        finished = message and not message.fuzzy and (all(words) if isinstance(words, tuple | list) else words)
        if not finished:
            missing.append(f"{place}: {text!r}")
    return missing


def update(language: str) -> None:
    """Add what is new to the catalogue, without words yet; nothing is taken away."""
    known = catalogue(language)
    for context, text in extracted():
        if known.get(text, context) is None:
            known.add(text, context=context)
    with open(LOCALES / language / "LC_MESSAGES" / "django.po", "wb") as file:
        write_po(file, known, sort_output=True, omit_header=False, include_lineno=False, width=110, no_location=True)
