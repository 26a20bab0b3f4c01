"""Telephone numbers as they are written, dialled and checked. Danish numbers: eight digits, or a short one."""

import re

from django.utils.translation import gettext as _

ORDINARY = re.compile(r"(?:\+45|0045)?([2-9]\d{7})")
SHORT = re.compile(r"1\d{2,5}")
BETWEEN = re.compile(r"[\s.\-–()]")


class BadTelephone(ValueError):
    """This is no number that can be rung here; the message says how to write one."""


def tidy(text: str) -> str:
    """The number as we keep it: «44 77 30 00», «114». Raises BadTelephone."""
    dialled = BETWEEN.sub("", text)
    if not dialled.isascii():
        raise BadTelephone(_("Write the number with the digits 0 to 9."))
    if SHORT.fullmatch(dialled):
        return dialled
    if found := ORDINARY.fullmatch(dialled):
        return " ".join(re.findall("..", found[1]))
    raise BadTelephone(_("Write 8 digits, with or without +45, or a short number such as 114."))


def link(phone: str) -> str:
    """For an address that rings: «tel:+4544773000», «tel:114»; empty where there is no number."""
    dialled = BETWEEN.sub("", phone)
    if not dialled:
        return ""
    return f"tel:{dialled}" if SHORT.fullmatch(dialled) or dialled.startswith("+") else f"tel:+45{dialled}"
