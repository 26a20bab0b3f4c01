"""A double click really at the same time: two connections, real transactions, one measure and one decision."""

import os
import threading
import uuid
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.models import Briefing, BriefingDecision, Measure
from tests.database.test_log_tampering import django_in
from tests.situation.meetings import approved, measure
from tests.world import World, build

NAME = f"decision_race_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
AT_ONCE = 4


@pytest.fixture
def met(bed, django_db_blocker) -> Iterator[tuple[World, Briefing]]:
    bed.clone(NAME)
    with django_db_blocker.unblock(), django_in(NAME):
        world = build()
        with transaction.atomic():
            briefing = approved(world)
        yield world, briefing
    bed.drop(NAME)


def test_clicks_at_once_make_one_measure(met: tuple[World, Briefing]) -> None:
    world, briefing = met
    key, together, problems = uuid.uuid4(), threading.Barrier(AT_ONCE), []

    def click() -> None:
        try:
            together.wait()
            with transaction.atomic():
                measure(world, briefing, key=key)
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with as_role(MIGRATION):
        assert (Measure.objects.count(), BriefingDecision.objects.count()) == (1, 1)
