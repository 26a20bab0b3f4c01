"""Coordinators say which group a category belongs to: those of one group are looked at together."""

import pytest

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.models import Category
from tests.access.people import browser_of
from tests.world import World

pytestmark = pytest.mark.django_db
MOPEDS = {"name_da": "Knallerter", "name_en": "Mopeds", "icon": "bag", "severity": "1", "theme": "unrest",
          "position": "20", "active": "on"}


def theme(slug: str) -> str | None:
    with as_role(MIGRATION):
        return Category.objects.filter(partnership__slug="test", slug=slug).values_list("theme", flat=True).first()


def test_a_category_gets_the_group_that_was_chosen(world: World) -> None:
    assert browser_of(world.berit).post("/kategorier/ny/", MOPEDS).status_code == 302
    assert theme("mopeds") == "unrest"


def test_it_can_be_changed(world: World) -> None:
    with as_role(MIGRATION):
        about = Category.objects.get(partnership=world.partnership, slug="other")
    said = MOPEDS | {"name_da": about.name_da, "name_en": about.name_en, "theme": "damage", "icon": about.icon}
    assert browser_of(world.berit).post(f"/kategorier/{about.id}/", said).status_code == 302
    assert theme("other") == "damage"


@pytest.mark.parametrize(("severity", "group"), [("0", "unrest"), ("0", "none"), ("2", "good")])
def test_what_goes_well_is_never_in_a_group_with_what_does_not(world: World, severity: str, group: str) -> None:
    """The error stands at the group, and what was typed stays."""
    client = browser_of(world.berit)
    client.cookies["django_language"] = "en"
    answer = client.post("/kategorier/ny/", MOPEDS | {"severity": severity, "theme": group})
    page = answer.content.decode()
    assert answer.status_code == 422 and theme("mopeds") is None
    assert "What goes well has a group of its own" in page and 'value="Mopeds"' in page


def test_without_a_group_it_is_not_taken(world: World) -> None:
    said = {name: value for name, value in MOPEDS.items() if name != "theme"}
    assert browser_of(world.berit).post("/kategorier/ny/", said).status_code == 422
    assert theme("mopeds") is None
