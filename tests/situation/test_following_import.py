"""An import of ten thousand rows is one notice, and of a stopped one what was stored is told."""

import csv
from datetime import UTC, datetime, timedelta

import pytest

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.notices.models import Notice
from lokalnet.places.models import Area
from lokalnet.situation.importing import running
from tests.situation import importers
from tests.situation.following import AROUND, follows, notices, run, said, told
from tests.world import GRANTOFTEN, World

X, Y = GRANTOFTEN
HEADER = ["id", "category", "lat", "lon", "occurred_at", "visibility"]
MINE = {"profile": "lokalnet", "organisation": "Gladsaxe Kommune"}


def a_file(path, number, *, visibility="partnership"):  # type: ignore[no-untyped-def]
    at = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *(
            (f"r{n}", "nuisance", Y + n % 100 / 5000, X + n % 70 / 1000, at, visibility) for n in range(number))])
    return path


def test_ten_thousand_rows_are_one_notice(world: World, tmp_path) -> None:  # type: ignore[no-untyped-def]
    with as_role(MIGRATION):
        ballerup = Area.objects.get(name="Ballerup")
    for member in (world.berit, world.bo):
        follows(world, member, areas=(ballerup.id,))
    drawn = follows(world, world.berit, name="Tegnet", outline=AROUND)
    importers.run([a_file(tmp_path / "many.csv", 10_000)], tmp_path, **MINE)
    run()
    assert {each.happened for each in notices(world.berit)} == {1} and len(notices(world.berit)) == 2
    assert [each.title for each in (said(world, world.bo, one) for one in notices(world.bo)) if each] == [
        "More than 1000 new reports: »Det nye«"]
    small, = (each for each in notices(world.berit) if each.subject == drawn)
    words = said(world, world.berit, small)
    assert words and 0 < words.number < 10_000


def test_rows_that_are_not_shared_are_not_told(world: World, tmp_path) -> None:  # type: ignore[no-untyped-def]
    for member in (world.berit, world.adam):
        follows(world, member)
    importers.run([a_file(tmp_path / "own.csv", 20, visibility="organisation")], tmp_path, **MINE)
    run()
    assert (notices(world.berit), told(world, world.adam)) == ([], [20])


def test_the_same_file_again_and_changed_rows_are_no_news(world: World, tmp_path) -> None:  # type: ignore[no-untyped-def]
    follows(world, world.berit)
    file = a_file(tmp_path / "rows.csv", 20)
    importers.run([file], tmp_path, **MINE)
    run()
    with as_role(MIGRATION):
        Notice.objects.update(opened_at=datetime.now(UTC))
    importers.run([file], tmp_path, **MINE)
    file.write_text(file.read_text().replace("nuisance", "vandalism"))
    importers.run([file], tmp_path, **MINE)
    run()
    assert len(notices(world.berit)) == 1


def test_of_a_run_that_stops_the_batches_that_were_stored_are_told(world: World, tmp_path,  # type: ignore[no-untyped-def]
                                                                   monkeypatch) -> None:
    follows(world, world.berit)
    monkeypatch.setattr(running, "BATCH", 8)

    def stops(totals) -> None:  # type: ignore[no-untyped-def]
        if totals.stored == 16:
            raise KeyboardInterrupt

    monkeypatch.setattr(running.Totals, "progress", stops)
    monkeypatch.setattr(running.import_files, "__kwdefaults__",
                        running.import_files.__kwdefaults__ | {"progress": stops})
    with pytest.raises(KeyboardInterrupt):
        importers.run([a_file(tmp_path / "rows.csv", 30)], tmp_path, **MINE)
    run()
    assert told(world, world.berit) == [16]
