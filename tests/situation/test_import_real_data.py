"""The import of 36 months of real reports: every row is accounted for, whatever the order and however often."""

import pytest

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.models import Observation, Part
from tests.situation.importers import london, run, shared

pytestmark = [pytest.mark.shared, pytest.mark.django_db]


def test_all_rows_of_36_months_are_accounted_for(tmp_path) -> None:
    here = london()
    files = sorted(shared("police_uk").glob("*.csv"))
    assert len(files) == 36
    first = run(files, tmp_path)
    assert first.figures == {"rows read": 19_518, "stored": 18_539, "updated": 0, "unchanged": 0, "rejected": 979,
                             "no-coordinates": 914, "id-twice": 65}
    with as_role(MIGRATION):
        assert Observation.objects.filter(partnership=here, part=Part.WEEK).count() == 18_539
    again = run(files[::-1], tmp_path)
    assert (again["stored"], again["updated"], again["unchanged"], again["rejected"]) == (0, 0, 18_539, 979)
