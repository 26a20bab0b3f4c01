"""Who stands in for whom in the demonstration, and one who is away: the leader of the local police, for a few days."""

from datetime import timedelta

from lokalnet.access.models import Member
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.notices.models import Preferences
from lokalnet.project.demonstration.measures import HENRIK, JONAS

STAND_INS = {JONAS: "analytiker@ballerup.example", HENRIK: "lokalbetjent@politi.example"}


def fill(members: dict[str, Member]) -> None:
    """Once, in the migration role."""
    for absent, stand_in in STAND_INS.items():
        Member.objects.filter(id=members[absent].id).update(stand_in=members[stand_in])
    today = now().astimezone(COPENHAGEN).date()
    Preferences.objects.get_or_create(member=members[HENRIK], defaults={
        "away_from": today + timedelta(days=5), "away_until": today + timedelta(days=12), "quiet_weekends": True})
