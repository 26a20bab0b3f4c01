"""Play a life and ask after its steps who may read what: by SQL with every key, and through every door."""

from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from lokalnet.access.acting import actor_of, set_actor
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.persons.models import Person
from tests.youth.isolation import elsewhere, pages, raw
from tests.youth.isolation.life import Life
from tests.youth.isolation.sharing import SharingLife
from tests.youth.people import Room

EVERYBODY_EACH, PAGES_EACH = 20, 25  # steps


@dataclass
class Played:
    """How much was looked at, so that a test that looks at nothing cannot pass."""

    steps: int = 0
    texts: int = 0  # that somebody could open by SQL, as they should
    pages: int = 0  # that were asked for
    shown: int = 0  # texts on pages
    done: dict[str, int] = field(default_factory=dict)


def play(room: Room, *, seed: int, steps: int, with_pages: bool) -> Played:
    """Raises AssertionError at the first text that somebody gets who may not, or does not get who may."""
    life = SharingLife(room, Random(seed))
    life.begin()
    played = Played()
    for number in range(1, steps + 1):
        act = life.step()
        names = list(life.rows) if number % EVERYBODY_EACH == 0 else life.random.sample(list(life.rows), 2)
        for name in names:
            played.texts += _by_sql(life, name, f"seed {seed}, step {number} ({act})")
        if with_pages and number % PAGES_EACH == 0:
            asked, shown = _by_pages(life, life.anybody(), f"seed {seed}, step {number} ({act})")
            played.pages, played.shown = played.pages + asked, played.shown + shown
        played.steps += 1
    elsewhere.holds_nothing(room.world.gladsaxe, room.world.police)
    played.done = life.done
    set_actor(None)
    return played


def _by_sql(life: Life, name: str, when: str) -> int:
    actor = actor_of(life.rows[name].id)
    set_actor(actor)
    with as_role(MIGRATION):
        persons = list(Person.objects.values_list("id", flat=True))
    got = {word for text in raw.texts(persons) for word in pages.WORD.findall(text)}
    member = life.model.members[name]
    may = {word for word in life.model.marks if life.model.may_read(member, word)}
    assert got == may, f"{when}: {name} ({', '.join(member.roles)}) gets too much {_what(life, got - may)}, " \
                       f"too little {_what(life, may - got)}"
    return len(got)


def _by_pages(life: Life, name: str, when: str) -> tuple[int, int]:
    member, asked, shown = life.model.members[name], 0, 0
    if member.ended:
        return 0, 0
    for pattern, address, answer in pages.answers(life.rows[name], ids_of(), words=list(life.model.marks)[:3]):
        asked += 1
        assert answer.status_code < 500, f"{when}: {address} as {name}"
        for word in pages.words_in(answer):
            meant = [each for each in life.model.marks if each.startswith(word)]  # one may be cut off in a title
            if word in address or not meant:  # looked for, and shown again in the field
                continue
            shown += 1
            assert any(life.model.may_read(member, each) for each in meant), (
                f"{when}: {name} sees {_what(life, set(meant))} at {pattern}")
    return asked, shown


def ids_of() -> dict[str, list[UUID]]:
    """Every id of the person room that an address can hold, by the name that addresses have for it."""
    from lokalnet.disclosure.models import Copy, Offer
    from lokalnet.youth.models import Concern, Contact, File, Mark, Note

    with as_role(MIGRATION):
        return {f"{model.__name__.lower()}_id": list(model.objects.values_list("id", flat=True)[:40])
                for model in (Concern, File, Offer, Copy, Note, Contact, Mark)}


def _what(life: Life, words: set[str]) -> list[str]:
    return sorted({f"{mark.kind} {mark.thing[:8]} {mark.reader}" for word in words
                   for mark in life.model.marks.get(word, [])})
