"""Every word on the screen can be said in Danish and in English, and is."""

import ast
import re
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.template.base import Lexer, TokenType

from lokalnet.project import messages
from tests.browser.places import Place
from tests.browser.service import Service, client_of

TEMPLATES = sorted(path for path in messages.PACKAGE.rglob("templates/**/*") if path.is_file())
READ_ALOUD = ("title", "aria-label", "placeholder", "alt", "value")
SAME_IN_ALL_LANGUAGES = {"Lokalnet", "· Lokalnet"}
IDENTIFIER = re.compile(r"[a-z0-9_\-./:#?&=,;{}\"']*")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
STYLE = re.compile(r"block \w+_class$")
LETTERS = re.compile(r"[^\W\d_]{2,}")
VOID = {"meta", "link", "input", "img", "br", "hr", "use"}


class Words(HTMLParser):
    """The texts and the attributes of a page that somebody sees or hears, each with its place."""

    def __init__(self, attributes: tuple[str, ...], *, data: bool) -> None:
        super().__init__()
        self.attributes, self.data = attributes, data
        self.found: list[tuple[str, str]] = []
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        foreign = "lang" in said and tag != "html"
        if tag not in VOID:
            self.open.append((tag, foreign))
        for name, value in said.items():
            if value and not foreign and (name in self.attributes or (self.data and name.startswith("data-"))) \
                    and (name != "value" or said.get("type") in ("submit", "button", "reset", "text")):
                self.found.append((f"{tag} {name}", tidy(value)))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if tidy(data) and not any(tag in ("script", "style") or foreign for tag, foreign in self.open):
            self.found.append((self.open[-1][0] if self.open else "", tidy(data)))


def tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def words_of(source: str, attributes: tuple[str, ...] = READ_ALOUD, *, data: bool = False) -> list[tuple[str, str]]:
    parser = Words(attributes, data=data)
    parser.feed(source)
    parser.close()
    return parser.found


def literal(path: Path) -> str:
    """The template without its tags and without what stands to be translated."""
    kept, inside = [], ""
    for token in Lexer(path.read_text()).tokenize():
        name = token.contents.split()[0] if token.contents.strip() else ""
        block = token.token_type is TokenType.BLOCK
        if block and (name in ("blocktranslate", "comment") or STYLE.match(token.contents)):
            inside = f"end{name}"
        elif block and name == inside:
            inside = ""
        elif token.token_type is TokenType.TEXT and not inside:
            kept.append(token.contents)
    return "".join(kept)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_words_of_its_own(path: Path) -> None:
    if path.suffix == ".txt":
        found = [("text", line) for line in literal(path).splitlines()]
    else:
        found = words_of(literal(path), data=True)
    own = [(where, text) for where, text in found if LETTERS.search(text) and text not in SAME_IN_ALL_LANGUAGES
           and not (" " in where and IDENTIFIER.fullmatch(text))]
    assert own == []


def test_nothing_is_left_to_translate() -> None:
    assert messages.untranslated("da") == []


def in_f_strings() -> Iterator[str]:
    """Calls that the extraction cannot see, so that they would stay English."""
    for path in sorted(messages.PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.JoinedStr):
                yield from (f"{path.relative_to(messages.PACKAGE)}:{node.lineno}" for each in ast.walk(node)
                            if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)
                            and each.func.id in messages.KEYWORDS)


def test_no_translation_hides_in_an_f_string() -> None:
    assert list(in_f_strings()) == []


def translated() -> list[Message]:
    return [message for message in messages.catalogue("da") if message.id and message.string]


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def test_translations_keep_their_placeholders() -> None:
    wrong = []
    for message in translated():
        asked = [set(PLACEHOLDER.findall(text)) for text in forms(message.id)]
        wrong += [(message.id, text) for text in forms(message.string)
                  if text and set(PLACEHOLDER.findall(text)) not in asked]
    assert wrong == []


def test_plurals_are_words_in_both_forms() -> None:
    plural = [message for message in translated() if not isinstance(message.id, str)]
    assert plural
    assert [message.id for message in plural if any(len(text) < 2 for text in forms(message.string))] == []


def as_seen(text: str) -> re.Pattern[str]:
    """The English text as it would stand on a page, whatever stands for its placeholders."""
    return re.compile(r".+?".join(re.escape(part) for part in re.split(r"%\(\w+\)[sd]", tidy(text))))


@pytest.mark.browser
def test_no_english_stands_on_a_danish_page(service: Service, places: list[Place]) -> None:
    danish = {text for message in translated() for text in forms(message.string)}
    english = [as_seen(source) for message in translated() for source, text in
               zip(forms(message.id), forms(message.string), strict=False)
               if source != text and source not in danish and LETTERS.search(PLACEHOLDER.sub("", source))
               and not message.context]
    found = []
    for email in {place.email for place in places}:
        with closing(client_of(service, email)) as client:
            for place in (place for place in places if place.email == email):
                for where, text in words_of(client.get(place.path).text):
                    found += [f"{place}: {where}: {text}" for pattern in english if pattern.fullmatch(text)]
    assert found == [], "\n".join(found)
