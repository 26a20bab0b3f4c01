"""Where an organisation takes files up: three, four or five fora, by its own names and in its own order.

The order is that of a list on the screen; it is no scale, and nothing is computed from it.
"""

from collections.abc import Sequence
from uuid import uuid4

from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.models import Organisation
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.foundation.asking import answer
from lokalnet.foundation.rules import BrokenRule
from lokalnet.youth.models import Forum

FEWEST, MOST = 3, 5
# As the work is arranged in most Danish municipalities; each organisation gives them the names that it uses.
DEFAULT = ("Netværksmøde om den unge", "SSP-lokaludvalget", "SSP-koordinationsgruppen")


def install(organisation: Organisation) -> None:
    """The default ones, for an organisation that has none. In the migration role: at founding, and in the demo."""
    if not Forum.objects.filter(controller=organisation).exists():
        Forum.objects.bulk_create([Forum(id=uuid4(), controller=organisation, position=position, name=name)
                                   for position, name in enumerate(DEFAULT, 1)])


def of_organisation(seat: Seat) -> list[Forum]:
    return list(Forum.objects.filter(controller_id=seat.actor.organisation_id).order_by("position"))


def names(seat: Seat) -> Sequence[str]:
    """As they are called; the default ones, to begin with, where none are named yet."""
    return [each.name for each in of_organisation(seat)] or DEFAULT


def name(seat: Seat, wanted: Sequence[str]) -> None:
    """All of them at once. What was decided before keeps the name that it had. Raises NotAllowed, BrokenRule."""
    decision = seat.actor.require(Purpose.TRIAGE, Fields.FILE_DECISIONS)
    said = [" ".join(each.split()) for each in wanted]
    while said and not said[-1]:
        said.pop()
    if not FEWEST <= len(said) <= MOST or not all(said):
        raise BrokenRule(f"name_{_first_empty(said)}", _("Name three, four or five of them, from the first on."))
    if len({each.casefold() for each in said}) < len(said):
        raise BrokenRule("name_1", _("Two of them have the same name."))
    if said == [each.name for each in of_organisation(seat)]:
        return
    if not answer("select name_fora(%s, %s)", [uuid4() for _each in said], said):
        raise BrokenRule(f"name_{len(said) + 1}", _("Files are taken up there, so it cannot be left out. Give it "
                                                     "another name, or have the files taken up elsewhere first."))
    events.record(seat.actor, "fora.named", decision=decision, purpose=Purpose.TRIAGE, subject_kind="organisation",
                  subject=seat.actor.organisation_id, number=len(said))


def _first_empty(said: Sequence[str]) -> int:
    return next((place for place, each in enumerate(said, 1) if not each), len(said) + 1)
