"""Two answer through the same link at the same time: two connections, real transactions, one answer."""

import os
import threading
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from lokalnet.situation.models import Question, Step
from lokalnet.situation.questions import links
from lokalnet.situation.questions.asking import Asked
from tests.database.test_log_tampering import django_in
from tests.situation.questions import ask
from tests.world import build

NAME = f"link_race_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
AT_ONCE = 6


@pytest.fixture
def asked(bed, django_db_blocker) -> Iterator[Asked]:
    bed.clone(NAME)
    with django_db_blocker.unblock(), django_in(NAME):
        world = build()
        with transaction.atomic():
            made = ask(world)
        yield made
    bed.drop(NAME)


def test_of_several_at_once_one_wins_and_the_others_are_told(asked: Asked) -> None:
    token, together, told = asked.url.split("/")[-2], threading.Barrier(AT_ONCE), []

    def answer(number: int) -> None:
        try:
            links.opened(token)  # each has the page open
            together.wait()
            with transaction.atomic():
                links.answer(token, "yes", f"svar nummer {number}")
            told.append("taken")
        except links.LinkClosed:
            told.append("answered already" if links.just_answered(token) else "closed")
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["answered already"] * (AT_ONCE - 1) + ["taken"]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local role lokalnet_migration")
        assert Step.objects.filter(kind="answered").count() == 1
        assert Question.objects.get().words.startswith("svar nummer")
