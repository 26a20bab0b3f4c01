"""A file, for whoever may know that there is one; everybody else gets the same 404 as for one that does not exist."""

from uuid import UUID

from django.http import Http404

from lokalnet.access.seats import Seat
from lokalnet.youth.models import File

# The id is compared as text, after the policy: so the database goes through the persons whom the actor may know, and
# never looks the id up. That takes as long for a file of others as for none at all (engineering 24).
BY_ID = "select * from youth_file where id::text = %s"


def one(seat: Seat, file_id: UUID) -> File:
    """Raises Http404."""
    found = next(iter(File.objects.raw(BY_ID, [str(file_id)])), None)
    if found is None:
        raise Http404
    return found


def by_number(seat: Seat, number: str) -> File | None:
    """Among those that the actor may know. A number is the own organisation's: others have the same."""
    return File.objects.filter(number=number.strip(), controller_id=seat.actor.organisation_id).first()
