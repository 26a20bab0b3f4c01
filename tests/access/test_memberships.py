"""Who works for two organisations acts for one at a time."""

from lokalnet.access.models import Member
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from tests.access.people import browser_of
from tests.world import World


def test_one_chooses_for_whom_one_acts(world: World) -> None:
    with as_role(MIGRATION):
        other = Member.objects.create(user_id=world.anna.user_id, organisation=world.ballerup, name="Anna",
                                      roles=[Role.COORDINATOR.value])
    anna = browser_of(world.anna)
    page = anna.get("/medlemskab/")
    assert page.context["actor"].member_id == world.anna.id and b"Ballerup Kommune" in page.content
    assert anna.post("/medlemskab/", {"member": str(other.id)}).status_code == 302
    assert anna.get("/medlemskab/").context["actor"].member_id == other.id


def test_with_one_membership_there_is_nothing_to_choose(world: World) -> None:
    page = browser_of(world.anna).get("/medlemskab/")
    assert page.status_code == 200 and b'name="member"' not in page.content


def test_nobody_acts_as_somebody_else(world: World) -> None:
    anna = browser_of(world.anna)
    for wrong in (str(world.bo.id), "nonsense", ""):
        assert anna.post("/medlemskab/", {"member": wrong}).status_code == 404
    assert anna.get("/medlemskab/").context["actor"].member_id == world.anna.id


def test_without_any_membership_the_page_says_whom_to_ask(world: World) -> None:
    with as_role(MIGRATION):
        Member.objects.filter(pk=world.anna.pk).update(ended_at="2020-01-01T00:00Z")
    anna = browser_of(world.anna)
    assert anna.get("/medlemskab/").status_code == 200
    assert anna.get("/mine-opslag/")["Location"] == "/medlemskab/"
