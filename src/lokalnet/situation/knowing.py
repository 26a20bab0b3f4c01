"""Words that the guard takes for names and that are places: the areas' names, and what members said is a place.

What a member says counts at once for the text that it is said about, and for nobody else's: it is kept as a proposal,
and counts for everybody when the data protection officer has approved it.
"""

from lokalnet.access.acting import Actor
from lokalnet.access.models import Partnership
from lokalnet.situation import guard
from lokalnet.situation.models import KnownPlace
from lokalnet.situation.partnerships import Frame

LONGEST_WORD = 60


def places(frame: Frame) -> frozenset[str]:
    """Everything that may stand in a text of this partnership though it looks like a name."""
    approved = KnownPlace.objects.filter(partnership=frame.partnership, struck_at=None, approved_at__isnull=False)
    return frozenset(area.name for area in frame.areas.values()) | frozenset(approved.values_list("word", flat=True))


def propose(actor: Actor, frame: Frame, words: list[str], *, text: str) -> None:
    """Keep for the data protection officer what was said to be a place, if it stands in the text as it was stored."""
    wanted = _taken_for_names(text, places(frame)) & frozenset(words) if words else frozenset()
    _keep(actor, frame.partnership, [word for word in dict.fromkeys(words) if word in wanted])


def _taken_for_names(text: str, known: frozenset[str]) -> frozenset[str]:
    return frozenset(text[found.start:found.end] for found in guard.find(text, places=known)
                     if found.kind == guard.Kind.NAME and found.end - found.start <= LONGEST_WORD)


def _keep(actor: Actor, partnership: Partnership, words: list[str]) -> None:
    KnownPlace.objects.bulk_create(
        [KnownPlace(partnership=partnership, organisation_id=actor.organisation_id, member_id=actor.member_id,
                    word=word) for word in words], ignore_conflicts=True)
