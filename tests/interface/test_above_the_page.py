"""What stands above every page is registered by whoever knows of it; the pages' base knows of no capability."""

import re
from pathlib import Path
from uuid import uuid4

from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import SafeString

from lokalnet.interface import beside

INTERFACE = Path(beside.__file__).parent


class Frame:
    class partnership:
        id = uuid4()


def above(frame: object) -> str:
    return Template("{% load pieces %}{% above_the_page %}").render(
        Context({"frame": frame, "request": RequestFactory().get("/")}))


def test_what_is_registered_stands_there_in_its_order(monkeypatch) -> None:
    monkeypatch.setattr(beside, "_pieces", {})
    assert above(Frame) == ""
    asked = []
    for words in ("<p>En</p>", "", "<p>To</p>"):
        beside.register("page", lambda _request, _frame, thing, words=words: asked.append(thing) or SafeString(words))
    assert above(Frame) == "<p>En</p><p>To</p>" and asked == [Frame.partnership.id] * 3


def test_nothing_stands_above_a_page_of_no_partnership() -> None:
    assert above(None) == ""


def test_no_template_of_the_interface_includes_one_of_a_layer_above() -> None:
    included = {(file.name, name) for file in INTERFACE.rglob("*.html") for name in re.findall(
        r"{% (?:include|extends) \"(\w+)/", file.read_text())}
    assert {folder for _, folder in included} <= {"pieces", "account", "mfa", "usersessions"}
