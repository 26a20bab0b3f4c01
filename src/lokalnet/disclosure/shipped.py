"""The grounds that are shipped: Danish law, as `danish_law.toml` says it."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from lokalnet.disclosure.grounds import BadGround, Ground, check

FILE = Path(__file__).with_name("danish_law.toml")
WORDS = ("code", "paragraph", "title_da", "title_en", "text_da", "regime", "source")
LISTS = ("gives", "receives", "purposes", "bars", "fields")
MAY_BE_ABSENT = ("age_from", "age_to", "valid_to")
KINDS: dict[str, type] = {**dict.fromkeys(WORDS, str), **dict.fromkeys(LISTS, list), "version": int, "age_from": int,
                          "age_to": int, "valid_from": date, "valid_to": date, "verified": bool}


class BadLaw(Exception):
    """The file does not say what is needed; the message names the ground, the field and the rule."""


@cache
def danish_law() -> tuple[Ground, ...]:
    return read(FILE)


def read(file: Path) -> tuple[Ground, ...]:
    """The grounds of a file, in its order. Raises BadLaw."""
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise BadLaw(f"{file}: {problem}") from problem
    rows = said.get("ground")
    if not isinstance(rows, list) or not rows:
        raise BadLaw(f"{file}: at least one [[ground]] is needed")
    grounds = tuple(_ground(row, f"ground {place}") for place, row in enumerate(rows, 1))
    _check_once(grounds)
    return grounds


def _ground(row: dict[str, Any], where: str) -> Ground:
    for name in row:
        if name not in KINDS:
            raise BadLaw(f"{where}.{name}: is not known")
    ground = Ground(**{name: _value(row, name, where) for name in KINDS})
    try:
        check(ground)
    except BadGround as problem:
        raise BadLaw(f"{where} ({ground.code}).{problem.field}: {problem.rule}") from problem
    return ground


def _value(row: dict[str, Any], name: str, where: str) -> Any:
    if name not in row:
        if name in MAY_BE_ABSENT:
            return None
        raise BadLaw(f"{where}.{name}: is needed, as {KINDS[name].__name__}")
    value: Any = row[name]
    if type(value) is not KINDS[name]:  # a boolean is no number here
        raise BadLaw(f"{where}.{name}: must be {KINDS[name].__name__}")
    if isinstance(value, list):
        if not all(isinstance(each, str) for each in value):
            raise BadLaw(f"{where}.{name}: must be a list of words")
        return tuple(value)
    return value.strip() if isinstance(value, str) else value


def _check_once(grounds: tuple[Ground, ...]) -> None:
    seen: set[str] = set()
    for ground in grounds:
        if ground.code in seen:
            raise BadLaw(f"{ground.code}: stands twice")
        seen.add(ground.code)
