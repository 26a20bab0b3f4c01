"""A text is removed in the very moment in which a file with it is made: two connections, real transactions."""

import os
import threading
import time
from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
from django.db import transaction

from lokalnet.situation.exporting import making
from tests.database.test_log_tampering import django_in
from tests.situation.exports import as_stored, asked, content
from tests.world import World, build

NAME = f"export_race_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
SECRET = "Uro ved elefanthuset"


@pytest.fixture
def filled(bed, django_db_blocker) -> Iterator[tuple[World, UUID, UUID]]:
    """A world, a report in it, and an export that waits: all committed."""
    bed.clone(NAME)
    with django_db_blocker.unblock(), django_in(NAME):
        world = build()
        with transaction.atomic():
            observation = world.report(world.anna, key="1", text=SECRET)
        with transaction.atomic():
            export_id = asked(world, world.berit)
        yield world, observation, export_id
    bed.drop(NAME)


def test_a_removal_that_came_first_is_waited_for_and_seen(filled, bed) -> None:
    _world, observation, export_id = filled
    tried = []
    with psycopg.connect(host=str(bed.socket), user="postgres", dbname=NAME) as remover:
        remover.execute("select remove_text(%s)", [observation])
        ends = threading.Thread(target=commit_when_waited_for, args=(bed, remover, tried))
        ends.start()
        making.make(str(export_id))
        ends.join()
    assert tried == ["the job waited"]
    assert SECRET not in content(as_stored(export_id)).decode()
    assert as_stored(export_id).observation_ids == []


def commit_when_waited_for(bed, remover: psycopg.Connection, tried: list[str]) -> None:
    with psycopg.connect(host=str(bed.socket), user="postgres", dbname=NAME, autocommit=True) as looker:
        for _ in range(200):
            waits = looker.execute("select count(*) from pg_locks where locktype = 'advisory' and not granted "
                                   "and objid = %s", [making.TEXTS]).fetchone()
            if waits == (1,):
                tried.append("the job waited")
                break
            time.sleep(0.05)
    remover.commit()


def test_a_removal_that_comes_while_the_file_is_stored_takes_it_along(filled, bed, monkeypatch) -> None:
    _world, observation, export_id = filled
    removed = threading.Event()

    def remove() -> None:
        with psycopg.connect(host=str(bed.socket), user="postgres", dbname=NAME) as remover:
            remover.execute("select remove_text(%s)", [observation])
        removed.set()

    thread = threading.Thread(target=remove)
    hold = making._hold_texts

    def hold_and_let_somebody_press(ids) -> None:
        hold(ids)
        thread.start()
        assert not removed.wait(0.3), "the removal did not wait for the lock"

    monkeypatch.setattr(making, "_hold_texts", hold_and_let_somebody_press)
    making.make(str(export_id))
    thread.join()
    export = as_stored(export_id)
    assert (export.state, export.file, export.observation_ids) == ("removed", None, [])
