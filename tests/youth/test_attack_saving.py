"""What a page's script sends is words, or it is refused like a form with mistakes: no error, and nothing kept."""

import json

import pytest
from django.urls import reverse

from tests.access.people import browser_of
from tests.youth.concerns import begun
from tests.youth.people import Room

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("said", [
    {"notified_on": 7}, {"born": 20260101}, {"name": ["Emil"]}, {"edition": {"a": 1}}, {"acute": 1}, [1], "x", None, 3])
def test_what_is_no_word_is_no_error(room: Room, said: object) -> None:
    concern_id = begun(room, room.tove)
    answer = browser_of(room.tove).post(reverse("concern_save", args=[concern_id]), json.dumps(said),
                                        content_type="application/json")
    assert answer.status_code in (200, 409, 422)
