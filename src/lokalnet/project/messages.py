"""Compile the translations with Babel, because msgfmt is not on every machine."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).resolve().parents[1] / "interface" / "locale"


def compile_all() -> None:
    for source in LOCALES.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with open(source, "rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        part = target.with_suffix(".part")
        with open(part, "wb") as file:
            write_mo(file, catalogue)
        part.replace(target)
