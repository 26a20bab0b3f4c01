"""In an exercise there are no persons: nothing on a page leads to the person room, and it is not there."""

from uuid import uuid4

import pytest
from django.urls import reverse

from lokalnet.access.models import Partnership, Party
from lokalnet.foundation.roles import MIGRATION, as_role
from tests.access.people import browser_of
from tests.days import today
from tests.youth.people import Room

pytestmark = pytest.mark.django_db
ROUTES = ("concern_start", "own_concerns", "triage", "files", "shared", "grounds", "oversight")


@pytest.fixture
def exercise(room: Room) -> str:
    with as_role(MIGRATION):
        made = room.world.partnership
        base = made.id
        made = Partnership.objects.get(id=base)
        made.id, made.slug, made.name, made.exercise_of_id = uuid4(), "oevelse-prøve".replace("ø", "oe"), "Øvelse", base
        made.save(force_insert=True)
        Party.objects.create(partnership=made, organisation=room.world.gladsaxe, valid_from=today())
    return made.slug


@pytest.mark.parametrize("who", ["tove", "sanne", "karl", "gorm"])
def test_no_page_of_an_exercise_leads_to_the_person_room(room: Room, exercise: str, who: str) -> None:
    client = browser_of(getattr(room, who))
    page = client.get(reverse("my_day"), {"partnership": exercise}).content.decode()
    real = client.get(reverse("my_day")).content.decode()
    led = {route for route in ROUTES if f'href="{reverse(route)}' in real}
    assert led and not [route for route in ROUTES if f'href="{reverse(route)}' in page]
    for route in led:
        assert client.get(reverse(route), {"partnership": exercise}).status_code == 404
