"""Words that the guard takes for names and that are places: the areas' names, and what members said is a place."""

from lokalnet.access.acting import Actor
from lokalnet.access.models import Partnership
from lokalnet.situation.models import KnownPlace
from lokalnet.situation.partnerships import Frame

LONGEST_WORD = 60


def places(frame: Frame) -> frozenset[str]:
    """Everything that may stand in a text of this partnership though it looks like a name."""
    said = KnownPlace.objects.filter(partnership=frame.partnership, struck_at=None).values_list("word", flat=True)
    return frozenset(area.name for area in frame.areas.values()) | frozenset(said)


def say(actor: Actor, partnership: Partnership, words: list[str]) -> None:
    """Remember that these are places. The data protection officer sees who said so, and can strike them."""
    KnownPlace.objects.bulk_create(
        [KnownPlace(partnership=partnership, organisation_id=actor.organisation_id, member_id=actor.member_id,
                    word=word[:LONGEST_WORD]) for word in dict.fromkeys(words) if word.strip()], ignore_conflicts=True)
