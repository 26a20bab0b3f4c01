"""No organisation gets to know more than was shared with it, and none gets less: any world, every way in.

Hypothesis invents organisations, partnerships (some of them over), members and reports. `knows` below is written from
the design's words (sections 2 and 5), not from the SQL; whatever list, map, page, API, count, live feed or plain SQL
says is compared with it.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from lokalnet.access import founding
from lokalnet.access.acting import Actor, actor_of, set_actor
from lokalnet.access.models import Member, Organisation, Partnership, Party
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation import categories
from lokalnet.situation.models import Category, Change, Exact, Observation, Text
from tests.days import today
from tests.doors.people import api_key, browser, keyed
from tests.situation import map_answer
from tests.world import GRANTOFTEN, VESTEGNEN

PAST, LONG_AGO, TODAY = date(2021, 1, 1), date(2020, 1, 1), today()
ROLES = {
    "municipality": [Role.STREET_WORKER, Role.SSP_CONSULTANT, Role.COORDINATOR, Role.ANALYST, Role.LEADER,
                     Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER],
    "police": [Role.LOCAL_OFFICER, Role.COORDINATOR, Role.ANALYST, Role.LEADER, Role.ADMINISTRATOR],
    "housing": [Role.CARETAKER, Role.ADMINISTRATOR],
    "association": [Role.ASSOCIATION_CONTACT, Role.DATA_PROTECTION_OFFICER],
}
# Roles that make no sense in the kind of organisation give nothing there.
ODD = [Role.LOCAL_OFFICER, Role.CARETAKER, Role.STREET_WORKER]
FULL_PICTURE = {"municipality": {"street-worker", "ssp-consultant", "coordinator", "analyst", "leader", "system"},
                "police": {"local-officer", "coordinator", "analyst", "leader"}}
# A system of the police gets the police's own: no police API over municipal reports (design 3.3).
OWN_ONLY = {"police": {"system"}, "housing": {"caretaker", "system"}, "association": {"association-contact", "system"}}


# --- the invented world -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SaidReport:
    partnership: int
    organisation: int
    visibility: str
    police_sees: str
    text: bool


@dataclass(frozen=True)
class Reader:
    organisation: int
    roles: tuple[str, ...]
    ended: bool = False
    scopes: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Plan:
    kinds: tuple[str, ...]
    over: tuple[bool, ...]
    parties: dict[tuple[int, int], bool]  # (partnership, organisation) -> is the party's own period over?
    readers: tuple[Reader, ...]
    reports: tuple[SaidReport, ...]

    def current(self, organisation: int) -> set[int]:
        """Partnerships that the organisation is in today."""
        return {p for (p, o), gone in self.parties.items() if o == organisation and not gone and not self.over[p]}


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    # Weighted, so that most worlds have somebody to share with and something to hide: two organisations at least that
    # read partners' reports, most of them parties, most parties running.
    kinds = (draw(st.sampled_from(["municipality", "municipality", "housing"])), draw(st.sampled_from(
        ["police", "police", "municipality"])), *draw(st.lists(st.sampled_from(sorted(ROLES)), max_size=2)))
    over = tuple(draw(st.lists(st.sampled_from([False, False, False, True]), min_size=1, max_size=3)))
    pairs = [(p, o) for p in range(len(over)) for o in range(len(kinds))]
    state = st.sampled_from(["running"] * 4 + ["ended", "absent"])
    parties = {pair: drawn == "ended" for pair in pairs if (drawn := draw(state)) != "absent"} or {pairs[0]: False}
    readers: list[Reader] = []
    for number, kind in enumerate(kinds):
        usual = ROLES[kind] if draw(st.integers(0, 3)) else ODD
        roles = draw(st.lists(st.sampled_from(usual), min_size=1, max_size=2, unique=True))
        readers.append(Reader(number, tuple(role.value for role in roles), draw(st.integers(0, 9)) == 0))
    keyed_organisation = draw(st.integers(0, len(kinds) - 1))
    scope = draw(st.sampled_from(["observations", "observations:read", "observations:write"]))
    readers.append(Reader(keyed_organisation, ("system",), scopes=(scope,)))
    reports = tuple(draw(st.lists(st.builds(
        lambda pair, visibility, police_sees, text: SaidReport(*pair, visibility, police_sees, text),
        st.sampled_from(sorted(parties)), st.sampled_from(["organisation", "municipalities", "partnership", "public"]),
        st.sampled_from(["area", "text", "exact"]), st.sampled_from([True, True, False])), min_size=3, max_size=6)))
    return Plan(kinds, over, parties, tuple(readers), reports)


# --- the model: the design's words ---------------------------------------------------------------------------------


LETTERS = str.maketrans("0123456789", "ghijklmnop")


def words_of(observation_id: object) -> str:
    """A text of its own for each observation, without digits: ten in a row could be taken for a CPR number."""
    return f"hemmelig {observation_id}".translate(LETTERS)


def sees_partners(plan: Plan, reader: Reader) -> bool:
    """Police and municipalities work with the shared picture; housing and associations send and see their own."""
    if reader.scopes == ("observations:write",):
        return False
    return bool(FULL_PICTURE.get(plan.kinds[reader.organisation], set()) & set(reader.roles))


def sees_own(plan: Plan, reader: Reader) -> bool:
    kind = plan.kinds[reader.organisation]
    return bool((FULL_PICTURE.get(kind, set()) | OWN_ONLY.get(kind, set())) & set(reader.roles))


def knows(plan: Plan, reader: Reader, said: SaidReport) -> str:
    """'exact', 'text', 'area', or '' for nothing: what this reader may know of the report."""
    if reader.ended:
        return ""
    if said.organisation == reader.organisation:  # an organisation's own file is its own, whatever it is party of
        return "exact" if sees_own(plan, reader) else ""
    if not sees_partners(plan, reader) or said.partnership not in plan.current(reader.organisation):
        return ""
    if plan.kinds[reader.organisation] == "municipality":
        return "" if said.visibility == "organisation" else "exact"
    if said.visibility not in ("partnership", "public"):
        return ""
    return "exact" if plan.kinds[said.organisation] == "police" else said.police_sees


# --- made real -----------------------------------------------------------------------------------------------------


@dataclass
class Made:
    organisations: list[Organisation] = field(default_factory=list)
    partnerships: list[Partnership] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    tokens: dict[int, str] = field(default_factory=dict)
    reports: list[UUID] = field(default_factory=list)


@contextmanager
def built(plan: Plan) -> Iterator[Made]:
    """The plan in the database, gone again afterwards."""
    with transaction.atomic():
        with as_role(MIGRATION):
            made = _build(plan)
        with connection.cursor() as cursor:
            cursor.execute("select number_changes()")
        yield made
        transaction.set_rollback(True)


def _build(plan: Plan) -> Made:
    made = Made()
    for number, kind in enumerate(plan.kinds):
        made.organisations.append(founding.organisation(f"Organisation {number}", kind))
    for number, over in enumerate(plan.over):
        partnership = founding.partnership(f"p{number}", f"Partnerskab {number}", bounds=VESTEGNEN,
                                           valid_from=LONG_AGO)
        if over:
            Partnership.objects.filter(id=partnership.id).update(valid_to=PAST)
        categories.install(partnership)
        made.partnerships.append(partnership)
    for (partnership_number, organisation_number), gone in plan.parties.items():
        # The last day counts: a party that ends today is one until midnight.
        Party.objects.create(partnership=made.partnerships[partnership_number],
                             organisation=made.organisations[organisation_number], valid_from=LONG_AGO,
                             valid_to=PAST if gone else None)
    for number, reader in enumerate(plan.readers):
        of = made.organisations[reader.organisation]
        if reader.scopes is None:
            member = founding.member(of, f"Member {number}", f"m{number}@x.example")
            Member.objects.filter(id=member.id).update(
                roles=list(reader.roles), ended_at=datetime.now(UTC) - timedelta(days=1) if reader.ended else None)
            made.members.append(member)
        else:
            made.tokens[number] = api_key(of, *reader.scopes)
            made.members.append(Member.objects.get(key__isnull=False))
    for said in plan.reports:
        made.reports.append(_tell(plan, made, said))
    return made


def _tell(plan: Plan, made: Made, said: SaidReport) -> UUID:
    partnership, organisation = made.partnerships[said.partnership], made.organisations[said.organisation]
    reporter = founding.system(organisation, "reporter")
    when = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    audience = {"partnership_id": partnership.id, "organisation_id": organisation.id, "source_kind": organisation.kind,
                "visibility": said.visibility, "police_sees": said.police_sees}
    made_id = uuid.uuid4()
    Observation.objects.create(
        id=made_id, category=Category.objects.get(partnership=partnership, slug="nuisance"), cell_x=1, cell_y=1,
        longitude=12.5, latitude=55.7, period_start=when - timedelta(minutes=5), part="evening", **audience)
    Exact.objects.create(observation_id=made_id, longitude=GRANTOFTEN[0], latitude=GRANTOFTEN[1], occurred_at=when,
                         precision="exact", reporter=reporter, **audience)
    if said.text:
        Text.objects.create(observation_id=made_id, text=words_of(made_id), **audience)
    Change.objects.create(kind="reported", partnership_id=partnership.id, organisation_id=organisation.id,
                          observation_id=made_id)
    return made_id


# --- the comparison ------------------------------------------------------------------------------------------------


# Chance alone meets the rarer combinations seldom: here each choice of a sender meets each kind of reader once.
EVERY_CHOICE = Plan(
    kinds=("municipality", "municipality", "police", "police", "housing", "association"), over=(False, True),
    parties={(0, n): False for n in range(6)} | {(1, n): False for n in range(3)},
    readers=(*(Reader(n, (ROLES[kind][0].value,)) for n, kind in enumerate(
        ["municipality", "municipality", "police", "police", "housing", "association"])),
        Reader(1, ("administrator",)), Reader(2, ("street-worker",)), Reader(1, ("leader",), ended=True),
        Reader(2, ("system",), scopes=("observations:read",))),
    reports=(*(SaidReport(0, 0, visibility, police_sees, text) for visibility in
               ("organisation", "municipalities", "partnership", "public")
               for police_sees in ("area", "text", "exact") for text in (True, False)),
             *(SaidReport(0, n, visibility, "area", True) for n in (2, 4, 5) for visibility in
               ("organisation", "municipalities", "partnership")),
             SaidReport(1, 0, "public", "exact", True), SaidReport(1, 2, "public", "exact", True)))


@example(plan=EVERY_CHOICE)
@settings(max_examples=60, deadline=None, database=None, phases=[Phase.explicit, Phase.generate, Phase.shrink],
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(plan=plans())
@pytest.mark.django_db
def test_everybody_gets_what_was_shared_and_nothing_else(plan: Plan) -> None:
    with built(plan) as made:
        for number, reader in enumerate(plan.readers):
            expected = {made.reports[i]: level for i, said in enumerate(plan.reports)
                        if (level := knows(plan, reader, said))}
            actor = actor_of(made.members[number].id)
            assert (actor is None) == reader.ended
            _plain_sql_agrees(plan, made, actor, expected)
            if actor is None:
                continue
            _live_agrees(plan, made, reader, actor, expected)
            if reader.scopes is None:
                _pages_agree(plan, made, number, reader, expected)
            else:
                _api_agrees(plan, made, number, reader, expected)


def _plain_sql_agrees(plan: Plan, made: Made, actor: Actor | None, expected: dict[UUID, str]) -> None:
    """Three tables, each with its own policy: the coarse row, the text, the exact place and time."""
    texts = {made.reports[i] for i, said in enumerate(plan.reports) if said.text}
    set_actor(actor)
    assert set(Observation.objects.values_list("id", flat=True)) == set(expected)
    assert set(Exact.objects.values_list("observation_id", flat=True)) == {
        one for one, level in expected.items() if level == "exact"}
    assert set(Text.objects.values_list("observation_id", flat=True)) == {
        one for one, level in expected.items() if level in ("exact", "text")} & texts
    assert Observation.objects.count() == len(expected)
    set_actor(None)
    assert not Observation.objects.exists() and not Exact.objects.exists() and not Text.objects.exists()


def _live_agrees(plan: Plan, made: Made, reader: Reader, actor: Actor, expected: dict[UUID, str]) -> None:
    current = {made.partnerships[p].id for p in plan.current(reader.organisation)}
    where = {made.reports[i]: made.partnerships[said.partnership].id for i, said in enumerate(plan.reports)}
    set_actor(actor)
    with connection.cursor() as cursor:
        cursor.execute("select partnership_id, observation_id from changes_for_actor(0, 1000000)")
        caught_up = set(cursor.fetchall())
        cursor.execute("select partnership_id, observation_id from change_audience(0, 1000000) "
                       "where organisation_id = %s", [actor.organisation_id])
        told = set(cursor.fetchall())
    set_actor(None)
    assert caught_up == {(where[one], one) for one in expected if where[one] in current}
    assert {partnership for partnership, _ in told} <= current
    if sees_partners(plan, reader):  # only they may listen; the audience is told for an organisation as a whole
        assert told == caught_up


def _pages_agree(plan: Plan, made: Made, number: int, reader: Reader, expected: dict[UUID, str]) -> None:
    client = browser(made.members[number])
    may_look = sees_partners(plan, reader) or sees_own(plan, reader)
    current = plan.current(reader.organisation)
    for p, partnership in enumerate(made.partnerships):
        address = {"partnership": partnership.slug}
        here = {one: level for i, one in enumerate(made.reports)
                if plan.reports[i].partnership == p and (level := expected.get(one))}
        listed, drawn = client.get("/overblik/", address), client.get("/overblik/kort.json", address)
        if p not in current:
            assert (listed.status_code, drawn.status_code) == (404, 404)
            continue
        if not may_look:
            assert (listed.status_code, drawn.status_code) == (403, 403)
            continue
        assert {card.id for card in listed.context["cards"]} == set(here)
        assert listed.context["count"] == len(here)
        assert {card.id for card in listed.context["cards"] if card.coarse} == {
            one for one, level in here.items() if level != "exact"}
        points = {UUID(id_): point for id_, point in map_answer.points(drawn.json()).items()}
        assert set(points) == set(here)
        for one, level in here.items():
            exact = (points[one].longitude, points[one].latitude) == pytest.approx(GRANTOFTEN, abs=1e-5)
            assert exact == (level == "exact") == (not points[one].coarse)
        for i, one in enumerate(made.reports):
            if plan.reports[i].partnership != p:
                continue
            page = client.get(f"/haendelse/{one}/", address)
            assert page.status_code == (200 if one in here else 404)
            text_told = words_of(one).encode() in page.content
            assert text_told == (plan.reports[i].text and here.get(one) in ("text", "exact"))


def _api_agrees(plan: Plan, made: Made, number: int, reader: Reader, expected: dict[UUID, str]) -> None:
    client = keyed(made.tokens[number])
    current = plan.current(reader.organisation)
    for p, partnership in enumerate(made.partnerships):
        here = {one: level for i, one in enumerate(made.reports)
                if plan.reports[i].partnership == p and (level := expected.get(one))}
        answer = client.get("/api/v1/observations", {"partnership": partnership.slug})
        if p not in current:
            assert answer.status_code == 404
            continue
        assert answer.status_code == 200, answer.content
        got = {UUID(row["id"]): row["properties"] for row in answer.json()["features"]}
        assert set(got) == set(here)
        for one, level in here.items():
            said = plan.reports[made.reports.index(one)]
            assert (got[one]["occurred_at"] is not None) == (level == "exact") == (not got[one]["coarse"])
            assert bool(got[one]["text"]) == (said.text and level in ("text", "exact"))
