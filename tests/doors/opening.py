"""Go to a door as somebody, and say what came back. Each door gets objects that Anna or her organisation made."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.urls import reverse

from lokalnet.access import founding
from lokalnet.access.acting import set_actor
from lokalnet.access.models import Invitation, Key, Member, Organisation, User
from lokalnet.access.rights import MUNICIPALITY, Purpose, Role, roles_for
from lokalnet.access.seats import seat_of
from lokalnet.disclosure.gate import answering, offering
from lokalnet.disclosure.gate.wanting import Wish
from lokalnet.disclosure.law import installing
from lokalnet.disclosure.models import Ground
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.notices import kinds
from lokalnet.notices.kinds import Kind, Said
from lokalnet.notices.models import Notice
from lokalnet.notices.telling import tell
from lokalnet.partnership import commitments
from lokalnet.partnership.commitments import Promise
from lokalnet.persons.identity import Identity
from lokalnet.persons.models import Person
from lokalnet.places.models import Area
from lokalnet.situation import correcting, viewing
from lokalnet.situation.briefing import drafting, freezing
from lokalnet.situation.conflicts import log, looking, opening, saying, tree
from lokalnet.situation.following import subscribing
from lokalnet.situation.following.wanted import Wanted as Followed
from lokalnet.situation.measures import proposing
from lokalnet.situation.measures.proposing import Content
from lokalnet.situation.models import (
    AnswerKind,
    Briefing,
    Category,
    Contact,
    Export,
    Measure,
    Observation,
    Photo,
    Upload,
    Version,
    Watch,
)
from lokalnet.situation.partnerships import frame_of
from lokalnet.situation.questions import asking
from lokalnet.situation.questions.asking import Wanted
from lokalnet.situation.reporting import Report
from lokalnet.youth import forums
from lokalnet.youth.concerns import sending
from lokalnet.youth.concerns.drafting import begin, save
from lokalnet.youth.concerns.worries import Words, Worry
from lokalnet.youth.files import entering, fetching
from lokalnet.youth.sharing.snapshot import snapshot
from tests.days import today
from tests.doors.people import Phone, api_key, browser, give_roles, keyed, phone
from tests.situation.signalling import signal
from tests.world import World
from tests.youth.opened import born, opened, worry

LOGIN = "login"  # sent to the page for logging in
PASSWORD = PBKDF2PasswordHasher().encode("en lang adgangskode", "salt", iterations=1)
SECRET = "Uro, som kun kommunerne skal se"
# Whom a door turns away is a colleague who lacks what the entitled one has.
COLLEAGUE_OF = {"anna": "gorm", "adam": "anna", "gorm": "anna"}
SENT = {"sprog/": {"language": "en"}, "udseende/": {"theme": "dark"}}
ANYTHING = {"sent": "1"}  # enough for a form to look at; whether it is let in comes first


@dataclass(frozen=True)
class Stage:
    world: World
    gorm: Member  # Gladsaxe's data protection officer and nothing else: no right to the picture
    token: str
    phone: Phone  # Anna's
    objects: dict[str, str]
    link: str  # the token of a question that waits for its answer

    def held(self, kind: str) -> dict[str, str]:
        """What an actor of this kind puts into addresses: whoever has a link has its token and no other."""
        return {"token": self.link} if kind == "link" else {}

    def client(self, kind: str, entitled: str) -> Client:
        """The browser or key of an actor kind, at a door whose entitled person is named."""
        if kind in ("nobody", "link"):
            return Client()
        if kind == "key":
            return keyed(self.token)
        if kind == "phone":
            self.phone.cookies.clear()  # of the try before
            return self.phone
        name = {"stranger": "clara", "caretaker": "viggo", "dpo": "dorte", "entitled": entitled,
                "colleague": COLLEAGUE_OF[entitled]}[kind]
        return browser(self.gorm if name == "gorm" else getattr(self.world, name))


def stage(world: World) -> Stage:
    """Clara gets every role that her municipality has: what stops her is that it is another one."""
    give_roles(world.clara, roles_for(MUNICIPALITY))
    token = api_key(world.gladsaxe, "observations")
    invitation = "en invitation fra Gladsaxe"
    made = world.report(world.anna, key="door", text=SECRET, visibility="municipalities")
    version, view = kept_by_anna(world, made)
    with as_role(MIGRATION):
        gorm = founding.member(world.gladsaxe, "Gorm", "gorm@gladsaxe.example", Role.DATA_PROTECTION_OFFICER)
        User.objects.update(password=PASSWORD)
        category = Category.objects.get(partnership=world.partnership, slug="nuisance")
        opened = Invitation.objects.create(
            organisation=world.gladsaxe, email="ny@gladsaxe.example", name="Ny", roles=["street-worker"],
            token_hash=hashlib.sha256(invitation.encode()).digest(), invited_by=world.adam)
        key = Key.objects.get(hash=hashlib.sha256(token.encode()).digest())
        pictured(made)
    annas, measure = phone(world.anna), annas_measure(world, made)
    question, link = annas_question(world, measure)
    return Stage(world, gorm, token, annas, {
        "device_id": str(annas.device_id),
        **adams_files(world), **gladsaxes_desk(world), "measure_id": measure, **adams_conflict(world),
        "observation_id": str(made), "notice_id": annas_notice(world, made),
        "version_id": version,
        "signal_id": a_signal(world),
        "commitment_id": adams_promise(world), "ground_id": a_ground(world),
        **adams_file(world), **adams_sharing(world),
        "person_id": gladsaxes_person(world),
        "briefing_id": adams_briefing(world), "question_id": question,
        "subscription_id": annas_subscription(world), "concern_id": annas_worry(world),
        "view_id": view, "category_id": str(category.id), "invitation_id": str(opened.id),
        "member_id": str(world.anna.id), "key_id": str(key.id), "token": invitation, "uidb36": "abc", "key": "x-y",
        "z": "9", "x": "270", "y": "160"}, link)


def pictured(observation_id: UUID) -> None:
    """A picture of the place, with the report."""
    told = Observation.objects.get(id=observation_id)
    Photo.objects.create(observation=told, partnership_id=told.partnership_id, organisation_id=told.organisation_id,
                         source_kind=told.source_kind, visibility=told.visibility, police_sees=told.police_sees,
                         jpeg=b"jpeg", width=4, height=3, brought=b"hash")


def adams_files(world: World) -> dict[str, str]:
    """An export of Adam's that is ready to be fetched, and a file of his that was looked at."""
    whose = {"organisation_id": world.gladsaxe.id, "partnership_id": world.partnership.id, "member_id": world.adam.id}
    with as_role(MIGRATION):
        export = Export.objects.create(format="csv", scope="picture", asked={"query": ""}, state="ready", rows=0,
                                       file=gzip.compress(b"\xef\xbb\xbf"), **whose)
        upload = Upload.objects.create(name="raekker.csv", profile="lokalnet", file=b"id\n",
                                       totals={"language": "da", "looked": True}, **whose)
    return {"export_id": str(export.id), "upload_id": str(upload.id)}


def annas_measure(world: World, made: UUID) -> str:
    """A measure that she proposed, about her report."""
    here = frame_of(world.actor(world.anna), world.partnership.id)
    content = Content(SECRET, SECRET, "", "", "", visibility="municipalities")
    return str(proposing.propose(here, content, ends_on=today() + timedelta(days=30), observations=[made]))


def adams_conflict(world: World) -> dict[str, str]:
    """One that the police proposed and he opened, with something of everything in it; and a row of the template."""
    there = frame_of(world.actor(world.adam), world.partnership.id)
    tree.add(there, tree.Entered(world.gladsaxe.id, "Vagthavende", "44 77 30 00", None, 1))
    row = tree.template(there)[0]
    area = next(iter(there.areas))
    made = opening.propose(frame_of(world.actor(world.lars), world.partnership.id),
                           opening.Proposed(SECRET, SECRET, (area,)))
    there = frame_of(world.actor(world.adam), world.partnership.id)
    opening.confirm(looking.one(there, made))
    conflict = looking.one(there, made)
    log.add(conflict, SECRET)
    saying.draft(conflict, audience="schools", words=SECRET, builds_on="")
    message = saying.messages(conflict, [])[0]
    saying.agree(looking.one(frame_of(world.actor(world.lars), world.partnership.id), made), message.id, number=1)
    return {"conflict_id": str(made), "row_id": str(row.id), "line_id": str(tree.used(conflict).lines[0].id),
            "entry_id": str(log.entries(conflict)[0].id), "message_id": str(message.id)}


def kept_by_anna(world: World, made: UUID) -> tuple[str, str]:
    """What stood in her report before a correction, and a view of hers: their ids."""
    here = frame_of(world.actor(world.anna), world.partnership.id)
    said = correcting.present(here, made).report()
    correcting.correct(here, made, Report(**(vars(said) | {"category": "vandalism"})), edition=1)
    viewing.save(here, "Min visning", "days=7")
    return str(Version.objects.get(observation_id=made).id), str(viewing.of(here).get().id)


def gladsaxes_desk(world: World) -> dict[str, str]:
    """A telephone and a watch of the organisation, and a neighbourhood, which is an area and nobody's."""
    whose = {"organisation": world.gladsaxe, "partnership": world.partnership, "phone": "44 77 30 00"}
    with as_role(MIGRATION):
        contact = Contact.objects.create(name="Gadeplan", **whose)
        watch = Watch.objects.create(who="Aftenhold", starts_at=now(), ends_at=now() + timedelta(hours=6), **whose)
        inside = Area.objects.get(kind="municipality", name="Gladsaxe")
        area = Area.objects.create(kind="neighbourhood", code="door", name="Høje Gladsaxe", outline=inside.outline,
                                   longitude=inside.longitude, latitude=inside.latitude)
    return {"contact_id": str(contact.id), "watch_id": str(watch.id), "area_id": str(area.id)}


def annas_question(world: World, measure: str) -> tuple[str, str]:
    """A question of hers about her measure, and the token of its link."""
    here = frame_of(world.actor(world.anna), world.partnership.id)
    asked = asking.ask(here, Measure.objects.get(id=measure),
                       Wanted("Kan I låne os hallen?", AnswerKind.BOTH, label="Boldklubben"),
                       ticket=asking.new_ticket(here), link=lambda token: token)
    return str(asked.question.id), asked.url


def annas_notice(world: World, made: UUID) -> str:
    """She was told of something, and it is shown to her."""
    kinds.register(Kind("door", lambda seat, notice: Said(SECRET, "/"), str))
    tell(world.anna.id, partnership_id=world.partnership.id, kind="door", subject=made)
    world.actor(world.anna)
    return str(Notice.objects.get(kind="door").id)


def annas_subscription(world: World) -> str:
    """Something that she follows."""
    here = frame_of(world.actor(world.anna), world.partnership.id)
    return str(subscribing.follow(here, subscribing.Content("Mit", Followed(severity=3))))


def adams_briefing(world: World) -> str:
    """The partnership's of the newest week, which he approved."""
    set_actor(None)
    drafting.draft_missing()
    with as_role(MIGRATION):
        draft = Briefing.objects.get(partnership=world.partnership, municipality=None)
    here = frame_of(world.actor(world.adam), world.partnership.id)
    return str(freezing.approve(here, draft.id, digest=draft.digest).id)


def adams_promise(world: World) -> str:
    """What Gladsaxe promised the others: read by all of them, kept by its coordinator."""
    here = seat_of(world.actor(world.adam), world.partnership.id)
    return str(commitments.promise(here, Promise("Vi svarer alle inden tre dage", today())))


def a_ground(world: World) -> str:
    """Of the law: read by those who share, kept by the data protection officers."""
    installing.install_as_owner(world.partnership)
    with as_role(MIGRATION):
        return str(Ground.objects.get(partnership=world.partnership, code="rpl-115-1-1").id)


def adams_file(world: World) -> dict[str, str]:
    """A file of the person room with a worry that came to it; he is on a visit."""
    with as_role(MIGRATION):
        forums.install(world.gladsaxe)
    made = opened(world, world.adam, who=Identity(SECRET, born=born()))
    told = worry(made, world.anna)
    here = seat_of(world.actor(world.adam), world.partnership.id)
    entering.enter(here, fetching.one(here, made.file_id), Purpose.EARLY_HELP)
    return {"file_id": str(made.file_id), "worry_id": str(told)}


def annas_worry(world: World) -> str:
    """She has sent it, and it waits to be clarified by Adam."""
    here = seat_of(world.actor(world.anna), world.partnership.id)
    born = today().replace(day=1, month=6, year=today().year - 14)
    made = begin(here.actor, Identity(SECRET, "", born), SECRET, concern_id=uuid4())
    worry = Worry(Identity(SECRET, "", born), Words(why=SECRET, facts=SECRET, source=SECRET))
    sending.send(here, made, edition=save(here.actor, made, worry, edition=1))
    return str(made)


def gladsaxes_person(world: World) -> str:
    """Somebody whose data Gladsaxe holds: their log is read by its data protection officer, for a case."""
    with as_role(MIGRATION):
        return str(Person.objects.create(controller=world.gladsaxe, sealed=b"sealed").id)


def a_signal(world: World) -> str:
    """Read by all who work with the picture."""
    return str(signal(world).id)


def address(pattern: str, objects: dict[str, str]) -> str:
    """The pattern with Anna's objects in its places."""
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>", lambda m: objects[m.group(1) or m.group(2)], pattern)
    return "/" + plain.lstrip("^").rstrip("$")


def knock(client: Client, method: str, pattern: str, objects: dict[str, str]) -> Any:
    sent: dict[str, Any] = SENT.get(pattern, ANYTHING) if method == "POST" else {}
    kind = {"content_type": "application/json"} if pattern.startswith("api/") and method == "POST" else {}
    return getattr(client, method.lower())(address(pattern, objects), sent, **kind)


def outcome(answer: Any) -> int | str:
    if answer.status_code in (301, 302) and answer["Location"].startswith(reverse(settings.LOGIN_URL)):
        return LOGIN
    return int(answer.status_code)


def adams_sharing(world: World) -> dict[str, str]:
    """What Berit of Ballerup offered him, a copy that he took of another offer, and what he offered the police."""
    waiting, taken = (offered(world, world.berit, world.gladsaxe, "bl-132", "move", number) for number in ("1", "2"))
    copy = answering.accept(seat_of(world.actor(world.adam), world.partnership.id), taken)
    given = offered(world, world.adam, world.police, "rpl-115-2-ssp", "ssp", "3")
    return {"offer_id": str(waiting), "copy_id": str(copy), "given_id": str(given)}


def offered(world: World, giver: Member, receiver: Organisation, code: str, purpose: str, number: str) -> UUID:
    made = opened(world, giver, number=number, who=Identity(SECRET, born=born()))
    here = seat_of(world.actor(giver), world.partnership.id)
    stay = entering.enter(here, fetching.one(here, made.file_id), Purpose.DISCLOSURE)
    with as_role(MIGRATION):
        ground = Ground.objects.get(partnership=world.partnership, code=code, state="in-force")
    wish = Wish(receiver.id, ground.id, purpose, "between-meetings", ("identity",), f"Fordi {SECRET} flytter nu",
                ("parents",), "", today() + timedelta(days=30))
    return offering.offer(here, person_id=made.person_id, wish=wish, form=uuid4(),
                          snapshot=snapshot(here, stay.file, wish.fields, today=today()))
