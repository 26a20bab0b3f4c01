"""What others made of the demonstration's reports: seen too, confirmed, refuted, answered. Seeded, like the year."""

import uuid
from datetime import datetime, timedelta

import numpy as np

from lokalnet.access.models import Member
from lokalnet.foundation.times import now
from lokalnet.project.demonstration.people import BALLERUP, GLADSAXE, HERLEV, VESTEGN
from lokalnet.situation.models import Act, ActKind, Answer, Exact, Observation, Visibility

SEED = 2016
LOOKED_BACK = timedelta(days=61)
REFUTED = {
    "shots": "Det var fyrværkeri bag skolen. Vi fandt resterne.", "threats": "Et skænderi mellem venner. Det er løst.",
    "weapons": "Det var en legetøjspistol.",
}
CONFIRMED = ("Set af to af os på gåturen.", "Driften har været der og set det samme.", "")
ANSWERS = (
    (Answer.SEEN, ""), (Answer.TAKEN, "Gadeplan tager forbi de næste aftener."),
    (Answer.OUTCOME, "Lamperne er skiftet, og stien er lys igen."), (Answer.OUTCOME, "Vi har talt med dem på stedet."),
    (Answer.NO_MORE, "Der er ikke set mere siden, så vi lader den ligge."),
)
WORKS_WITH = (BALLERUP, GLADSAXE, HERLEV)


def fill(members: dict[str, Member]) -> None:
    """After the year's observations are there. In the migration role; what follows from the acts, the database does."""
    random = np.random.default_rng(SEED)
    recent = Exact.objects.filter(reported_at__gte=now() - LOOKED_BACK, partnership_id__in=Observation.objects.values(
        "partnership")).order_by("reported_at", "observation_id")
    known = {row.id: row for row in Observation.objects.filter(
        id__in=[row.observation_id for row in recent]).select_related("category")}
    staff = [member for member in members.values() if member.organisation.name in (*WORKS_WITH, VESTEGN)]
    for row in recent:
        about = known[row.observation_id]
        others = [member for member in staff if member.id != row.reporter_id and _sees(about, member)]
        if others:
            _play(random, row, about, others)


def _sees(about: Observation, member: Member) -> bool:
    if member.organisation.name == VESTEGN:
        return about.visibility in (Visibility.PARTNERSHIP, Visibility.PUBLIC)
    return about.visibility != Visibility.ORGANISATION


def _play(random: np.random.Generator, row: Exact, about: Observation, others: list[Member]) -> None:
    later = row.reported_at + timedelta(hours=float(random.uniform(1, 20)))
    slug, chance = about.category.slug, random.random()
    if chance < .14:
        for place in random.permutation(len(others))[:int(random.integers(1, 4))]:
            _act(about, others[int(place)], ActKind.SEEN_TOO, row.reported_at + timedelta(minutes=20))
    if slug in REFUTED and chance < .6:
        _act(about, others[0], ActKind.REFUTED, later, REFUTED[slug])
    elif chance < .2:
        _act(about, others[int(random.integers(len(others)))], ActKind.CONFIRMED, later,
             CONFIRMED[int(random.integers(len(CONFIRMED)))])
    if row.reported_at < now() - timedelta(days=2) and random.random() < .96:
        coordinator = [member for member in others if "coordinator" in member.roles]
        if coordinator:
            answer, words = ANSWERS[int(random.integers(len(ANSWERS)))]
            _act(about, coordinator[0], ActKind.ANSWERED, later + timedelta(hours=16), words, answer)


def _act(about: Observation, member: Member, kind: ActKind, at: datetime, note: str = "", answer: str = "") -> None:
    if at < now():
        Act(id=uuid.uuid4(), observation_id=about.id, organisation_id=member.organisation_id, member=member, kind=kind,
            note=note, answer=answer, at=at).save(force_insert=True)
