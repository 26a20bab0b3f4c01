"""What was shared from a file, on the file's page; and the way back to the file from a page about what was shared."""

from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat, address
from lokalnet.disclosure.gate import looking
from lokalnet.disclosure.models import OfferSource
from lokalnet.youth.models import File


def of_file(request: HttpRequest, seat: Seat, file_id: UUID) -> SafeString:
    """One line each: with whom, what, until when. And the way in, for who may share."""
    if not seat.actor.may(Purpose.DISCLOSURE, Fields.OFFERS):
        return SafeString("")
    file = File.objects.get(id=file_id)
    return render_to_string("youth/file_shared.html", {
        "frame": seat, "shared": looking.of_person(seat, file.person_id), "share": address(seat, "share", file_id)},
        request)


def of_sharing(request: HttpRequest, seat: Seat, offer_id: UUID) -> SafeString:
    source = OfferSource.objects.filter(offer_id=offer_id).first()
    file = File.objects.filter(person_id=source.person_id).first() if source else None
    if file is None:
        return SafeString("")
    return render_to_string("youth/sharing_file.html", {"file": file, "url": address(seat, "file", file.id)}, request)
