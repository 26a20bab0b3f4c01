"""When something by the clock was last due."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lokalnet.foundation.schedule import last_daily, last_weekly
from lokalnet.foundation.times import COPENHAGEN

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(("monday", "utc"), [
    ("2026-03-23", "05:00"), ("2026-03-30", "04:00"),  # clocks go forward on the 29th
    ("2026-10-19", "04:00"), ("2026-10-26", "05:00")])  # and back on the 25th
def test_monday_at_six_is_six_on_the_wall_across_both_changes(monday: str, utc: str) -> None:
    due = datetime.fromisoformat(f"{monday}T{utc}:00+00:00")
    assert last_weekly(due, hour=6) == due
    assert last_weekly(due - timedelta(seconds=1), hour=6) < due - timedelta(days=6)
    assert last_weekly(due + timedelta(days=6, hours=22), hour=6) == due


@given(MOMENTS, st.integers(0, 23))
def test_it_is_never_later_than_now_and_never_skips_a_day(at: datetime, hour: int) -> None:
    due = last_daily(at, hour=hour)
    assert due <= at < due + timedelta(hours=25)
    shown = due.astimezone(COPENHAGEN)
    assert (shown.hour, shown.minute) in ((hour, 0), (hour + 1, 0))  # an hour that is left out is the next one


@given(MOMENTS)
def test_a_week_begins_on_a_monday(at: datetime) -> None:
    due = last_weekly(at, hour=6)
    assert due <= at < due + timedelta(days=7, hours=1)
    assert (due.astimezone(COPENHAGEN).weekday(), due.astimezone(COPENHAGEN).hour) == (0, 6)
