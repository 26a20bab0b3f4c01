"""A row in every table of the person room, with words in every sealed column: past the rules, as a migration could."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction

from lokalnet.access.acting import set_actor
from lokalnet.disclosure.models import Copy, CopyText, Ground, Offer, Withheld
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.persons import index, keys
from lokalnet.persons.models import Access, Override, Person
from lokalnet.persons.sealing import Spot, seal
from lokalnet.youth.models import (
    Concern,
    ConcernText,
    Contact,
    Decision,
    File,
    Forum,
    Informing,
    Mark,
    Note,
    Placing,
    Reply,
)
from tests.days import today
from tests.persons.numbers import nobodys
from tests.world import World

BORN = today().replace(year=today().year - 14, month=5, day=17)
NAME, NUMBER = "Storm Kvistgaard Ahorn", nobodys(BORN, nth=7)
IDENTITY = {"name": NAME, "cpr": NUMBER, "born": BORN.isoformat()}
WORDS = "Blev set ved Ahornkiosken"  # in every other sealed column, with table and column


def words(table: str, column: str = "sealed") -> dict[str, str]:
    return {"text": f"{WORDS} {table} {column}"}


def fill(world: World) -> Person:
    """The person, of Gladsaxe; what was shared with the police is a person of theirs."""
    with transaction.atomic():
        world.actor(world.anna)  # the database asks who writes
        found = _fill(world)
        set_actor(None)
    index.rebuild()
    return found


def _fill(world: World) -> Person:
    with as_role(MIGRATION):
        found = person(world.gladsaxe.id)
        _file(world, found)
        _draft(world)
        _offers(world, found)
    return found


def person(controller: UUID, **said: str) -> Person:
    made = Person(id=uuid4(), controller_id=controller)
    made.sealed = seal(keys.make(made.id), Spot("persons_person", made.id, controller), IDENTITY | said)
    made.save(force_insert=True)
    return made


def sealed_row(model, *, key: UUID, controller: UUID, column: str = "sealed", **fields):  # type: ignore[no-untyped-def]
    made = model(**{"id": uuid4()} | fields if "id" in {each.name for each in model._meta.fields} else fields)
    return put(made, key=key, controller=controller, column=column)


def put(made, *, key: UUID, controller: UUID, column: str = "sealed"):  # type: ignore[no-untyped-def]
    table = made._meta.db_table
    setattr(made, column, seal(keys.make(key), Spot(table, made.pk, controller, column), words(table, column)))
    made.save(force_insert=made._state.adding)
    return made


def _file(world: World, about: Person) -> None:
    here, anna = world.gladsaxe.id, world.anna

    def of_person(model, **fields):  # type: ignore[no-untyped-def]
        return sealed_row(model, key=about.id, controller=here, **{"person": about, **fields})

    concern = Concern(controller_id=here, author=anna, person=about, state="sent", sent_at=now())
    concern.save(force_insert=True)
    of_person(ConcernText, concern=concern, controller_id=here, author=anna)
    of_person(Decision, concern=concern, controller_id=here, step="contact", outcome="onward", decider=anna)
    of_person(Reply, concern=concern, controller_id=here, reader=anna, outcome="onward")
    of_person(Override, controller_id=here, member=anna, ends_at=now() + timedelta(hours=3))
    file = File(controller_id=here, person=about, number="2026-0001", regime="gdpr", owner=anna,
                deletes_on=today() + timedelta(300), inform_by=today())
    file.save(force_insert=True)
    Access(person=about, controller_id=here, member=anna, because="assigned", since=now() - timedelta(hours=1)).save(
        force_insert=True)
    forum = Forum(controller_id=here, position=1, name="Lokalgruppen")
    forum.save(force_insert=True)
    for model, fields in (
            (Placing, {"forum": forum, "decided_by": anna, "expires_on": today() + timedelta(30)}),
            (Note, {"kind": "fact", "author": anna}), (Contact, {}),
            (Mark, {"made_by": anna, "ends_on": today() + timedelta(30)}),
            (Informing, {"whom": "waits", "told_on": today(), "member": anna})):
        of_person(model, file=file, controller_id=here, **fields)


def _draft(world: World) -> None:
    concern = Concern(controller=world.gladsaxe, author=world.anna)
    concern.save(force_insert=True)
    sealed_row(ConcernText, key=concern.id, controller=concern.controller_id, concern=concern,
               controller_id=concern.controller_id, author=world.anna)


def _offers(world: World, about: Person) -> None:
    here, there = world.gladsaxe.id, world.police.id
    ground = Ground(partnership=world.partnership, code="test", state="in-force", paragraph="§ 0", title_da="Prøve",
                    title_en="Trial", text_da="Prøve", gives=["municipality"], receives=["police"],
                    purposes=["ssp"], fields=["notes"], source="ingen", valid_from=today(), verified=True)
    ground.save(force_insert=True)
    offer = sealed_row(Offer, key=(offer_id := uuid4()), controller=here, id=offer_id, partnership=world.partnership,
                       giver_id=here, giver_member=world.anna, receiver_id=there, ground=ground, purpose="ssp",
                       stage="group", fields=["notes"], informed="yes", copy_until=today(),
                       expires_at=now() + timedelta(days=3))
    for column in ("snapshot", "answer_sealed"):
        put(offer, key=offer.id, controller=here, column=column)
    theirs = person(there)
    Access(person=theirs, controller_id=there, member=world.bo, because="copy").save(force_insert=True)
    copy = sealed_row(Copy, key=theirs.id, controller=there, column="kept_sealed", offer=offer, controller_id=there,
                      person=theirs, holder=world.bo, regime="led", expires_on=today())
    sealed_row(CopyText, key=theirs.id, controller=there, copy=copy, person=theirs)
    sealed_row(Withheld, key=about.id, controller=here, giver_id=here, person=about, member=world.anna)
