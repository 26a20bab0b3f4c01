"""The areas that observations are told by."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from lokalnet.foundation.ordering import danish
from lokalnet.places.models import Area

router = Router(tags=["places"])


class AreaOut(Schema):
    id: UUID
    kind: str
    code: str
    name: str
    longitude: float
    latitude: float


@router.get("/areas", response=list[AreaOut], summary="Municipalities, parishes and neighbourhoods")
def areas(request: HttpRequest) -> Any:
    return Area.objects.defer("outline").order_by("kind", danish("name"))
