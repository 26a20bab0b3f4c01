"""A real installation begins with a file, not with a demonstration."""

from pathlib import Path

import pytest

from lokalnet.access import founding_file
from lokalnet.access.founding_file import BadFoundation
from lokalnet.access.models import Member, Organisation
from lokalnet.foundation.roles import MIGRATION, as_role

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "example-partnership.toml"


def test_the_example_founds_a_partnership_with_an_administrator_in_each_organisation(db) -> None:
    made = founding_file.found(EXAMPLE)
    founding_file.found(EXAMPLE)
    with as_role(MIGRATION):
        organisations = Organisation.objects.filter(parties__partnership=made)
        assert organisations.count() == 3
        assert Member.objects.filter(organisation__in=organisations, roles=["administrator"]).count() == 3


@pytest.mark.parametrize(("said", "field"), [
    ("", "partnership"),
    ('[partnership]\nslug = "x"\nname = "X"\nvalid_from = 2027-01-01\nbounds = [1]', "partnership.bounds"),
    ('[partnership]\nslug = "x"\nname = "X"\nvalid_from = 2027-01-01\nbounds = [1, 2, 3, 4]\n[[organisation]]\n'
     'name = "Y"\nkind = "bank"', "organisation 1.kind"),
])
def test_a_file_that_says_too_little_is_refused_by_field(db, tmp_path, said, field) -> None:
    file = tmp_path / "founding.toml"
    file.write_text(said)
    with pytest.raises(BadFoundation, match=field):
        founding_file.found(file)
