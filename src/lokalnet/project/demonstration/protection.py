"""The data protection officer's desk in the demonstration: some months judged, the last one begun, and nothing old.

Whatever retention would have taken is taken at the end, so that the year looks as an installation's looks.
"""

import uuid
from datetime import UTC, date, datetime, timedelta

from lokalnet.access.models import Member, Partnership
from lokalnet.access.rights import Role
from lokalnet.foundation.times import now
from lokalnet.situation.models import Act, ActKind, Exact, KnownPlace, Sample, Text
from lokalnet.situation.protection import retention, sampling

# For each month that was judged, newest first: how many of its texts, and at which places the slips stood.
JUDGED = ((7, ()), (20, (4,)), (20, ()), (20, (11, 16)), (20, ()))
# Said so many days ago, and approved or not.
WORDS = (("Café Rosa", 3, False), ("Magleparken", 20, False), ("Storm P", 41, True), ("Kaptajn Bluffs Minde", 66, True))


def fill(partnership: Partnership, members: dict[str, Member]) -> None:
    """After the year's observations are there. In the migration role."""
    officers = [each for each in members.values() if Role.DATA_PROTECTION_OFFICER in each.roles]
    for officer in officers:
        for month, (number, slips) in zip(sampling.months(), JUDGED, strict=False):
            _judge(partnership, officer, month, number, slips)
    _say(partnership, next(each for each in members.values() if Role.COORDINATOR in each.roles), officers[0])
    retention.let_go(now())


def _judge(partnership: Partnership, officer: Member, month: date, number: int, slips: tuple[int, ...]) -> None:
    """Twenty of the month's texts, `number` of them judged; the text of a slip is gone."""
    start = datetime(month.year, month.month, 1, tzinfo=UTC)
    reported = Exact.objects.filter(partnership_id=partnership.id, organisation_id=officer.organisation_id,
                                    reported_at__gte=start, reported_at__lt=start + timedelta(days=28))
    drawn = list(Text.objects.filter(observation_id__in=reported.values("observation_id")).order_by(
        "observation_id").values_list("observation_id", flat=True)[:sampling.SIZE])
    judged_at = start + timedelta(days=35)
    for place, observation in enumerate(drawn):
        verdict = "" if place >= number else Sample.Verdict.SLIP if place in slips else Sample.Verdict.FINE
        Sample(organisation_id=officer.organisation_id, month=month, observation_id=observation, verdict=verdict,
               judged_at=min(judged_at, now()) if verdict else None).save(force_insert=True)
        if verdict == Sample.Verdict.SLIP:  # what follows from the act, the database does
            Act(id=uuid.uuid4(), observation_id=observation, organisation_id=officer.organisation_id, member=officer,
                kind=ActKind.RECOGNISED, at=judged_at, detail={"sample": True}).save(force_insert=True)


def _say(partnership: Partnership, member: Member, officer: Member) -> None:
    for word, days, approved in WORDS:
        said_at = now() - timedelta(days=days)
        KnownPlace(partnership=partnership, organisation_id=member.organisation_id, member=member, word=word,
                   said_at=said_at, approved_at=said_at + timedelta(days=1) if approved else None,
                   approved_by=officer if approved else None).save(force_insert=True)
