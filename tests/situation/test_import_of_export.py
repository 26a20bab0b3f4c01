"""What Lokalnet writes it can read: an export, in either language, becomes reports of another partnership."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from lokalnet.access import founding
from lokalnet.access.models import Partnership
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places.models import Area
from lokalnet.situation import categories, reporting
from lokalnet.situation.exporting.rows import columns
from lokalnet.situation.importing import browser, own, profiles, receiving
from lokalnet.situation.importing import template as templates
from lokalnet.situation.models import Category, Exact, Observation, Text, Upload
from lokalnet.situation.partnerships import frame_of
from lokalnet.situation.reporting import Report
from tests.access.people import browser_of
from tests.situation.exports import content, frame, made
from tests.situation.importers import run
from tests.world import VESTEGNEN, World

pytestmark = pytest.mark.django_db
LONG_AGO = datetime.now(ZoneInfo("Europe/Copenhagen")).replace(hour=21, minute=37, second=0, microsecond=0) - timedelta(
    days=3)
EVERYTHING = "days=90"


@pytest.fixture
def other(world: World) -> Partnership:
    """A second partnership of Gladsaxe's."""
    with as_role(MIGRATION):
        found = founding.partnership("nord", "Nordpartnerskabet", bounds=VESTEGNEN, valid_from=date(2020, 1, 1))
        founding.join(found, world.gladsaxe)
        categories.install(found)
    return found


@pytest.fixture
def told(world: World) -> World:
    """Reports of each kind of time, audience and text, one of them with a point that retention coarsened."""
    world.report(world.anna, key="1", category="vandalism", text="=Rude; knust, \"igen\"\nved skolen",
                 occurred_at=LONG_AGO, visibility="partnership", police_sees="exact")
    world.report(world.anna, key="2", precision="hour", occurred_at=LONG_AGO, longitude=12.51, latitude=55.71,
                 visibility="organisation")
    world.report(world.anna, key="3", category="shots", precision="evening", occurred_at=LONG_AGO, text="Brag",
                 visibility="public", police_sees="area")
    world.report(world.anna, key="4", precision="week", occurred_at=LONG_AGO)
    old = world.report(world.anna, key="5", occurred_at=LONG_AGO, longitude=12.400001, latitude=55.700001)
    with as_role(MIGRATION):
        Exact.objects.filter(observation_id=old).update(coarsened=True)
    return world


def test_a_named_area_stays_one(world: World, other: Partnership) -> None:
    with as_role(MIGRATION):
        area = Area.objects.get(code="0159")
    named = Report(category="nuisance", longitude=area.longitude, latitude=area.latitude, occurred_at=LONG_AGO,
                   named_area=area.id)
    reporting.report(world.actor(world.anna), world.partnership, named, key="area")
    file = exported(world, "da", "csv")
    with as_role(MIGRATION):
        kept = Exact.objects.get()
    pointed = file.replace(f"{kept.longitude:.6f}"[:6].replace(".", ",").encode(), b"12,471")
    assert pointed != file
    imported(world, other, pointed)
    with as_role(MIGRATION):
        here, there = Observation.objects.order_by("partnership__slug")
        assert here.named_area == there.named_area == area.id and here.areas == there.areas
        assert all(row.coarsened and row.areas == here.areas for row in Exact.objects.all())
        assert len(set(Exact.objects.values_list("longitude", "latitude"))) == 1


def kept(partnership: Partnership) -> set[tuple[Any, ...]]:
    """What is stored of each report, seen past the policies; points to a tenth of a metre."""
    with as_role(MIGRATION):
        texts = dict(Text.objects.values_list("observation_id", "text"))
        exact = {row.observation_id: row for row in Exact.objects.filter(partnership_id=partnership.id)}
        return {(row.category.slug, row.visibility, row.period_start, row.part, row.cell_x, row.cell_y,
                 round(exact[row.id].longitude, 6), round(exact[row.id].latitude, 6), exact[row.id].occurred_at,
                 exact[row.id].precision, exact[row.id].coarsened, texts.get(row.id, ""))
                for row in Observation.objects.filter(partnership=partnership).select_related("category")}


def imported(world: World, into: Partnership, file: bytes) -> Upload:
    upload = browser.bring(frame_of(world.actor(world.adam), into.id), name="udtraek.csv", content=file, profile="")
    assert upload.profile == "lokalnet-export"
    browser.look(str(upload.id))
    browser.start(world.actor(world.adam), upload.id)
    browser.run(str(upload.id))
    with as_role(MIGRATION):
        return Upload.objects.get(id=upload.id)


def exported(world: World, language: str, form: str) -> bytes:
    with override(language):
        return content(made(world, world.adam, form=form, query=EVERYTHING))


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_becomes_the_same_reports_elsewhere(told, other, language, form) -> None:
    done = imported(told, other, exported(told, language, form))
    assert (done.state, done.totals["now"]["stored"], done.totals["now"]["rejected"]) == ("done", 5, {})
    assert kept(other) == kept(told.partnership)
    assert sum(row[10] for row in kept(other)) == 1


def test_it_does_not_matter_in_which_language_its_reader_works(told, other) -> None:
    file = exported(told, "da", "csv")
    with override("en"):
        assert imported(told, other, file).totals["now"]["stored"] == 5


def test_the_same_export_twice_changes_nothing(told, other) -> None:
    imported(told, other, exported(told, "da", "csv"))
    for form in ("csv", "xlsx"):
        again = imported(told, other, exported(told, "en", form)).totals["now"]
        assert (again["stored"], again["updated"], again["unchanged"]) == (0, 0, 5)


def test_a_report_that_is_still_here_is_known_by_its_reference(told) -> None:
    before = kept(told.partnership)
    done = imported(told, told.partnership, exported(told, "da", "csv")).totals["now"]
    assert (done["stored"], done["updated"], done["unchanged"]) == (0, 0, 5)
    assert kept(told.partnership) == before


def test_the_command_reads_it_too(told, other, tmp_path) -> None:
    for language in ("da", "en"):
        file = tmp_path / f"{language}.csv"
        file.write_bytes(exported(told, language, "csv"))
        done = run([file], tmp_path, profile="lokalnet-export", organisation="Gladsaxe Kommune", partnership="nord")
        assert done["rows read"] == 5 == done["stored"] + done["unchanged"]


def test_a_place_that_somebody_shared_coarsely_is_not_ours(told, other) -> None:
    file = exported(told, "da", "csv").decode().replace("inden for 100 m", "inden for 250 m").encode()
    now = imported(told, other, file).totals["now"]
    assert (now["stored"], now["rejected"]) == (4, {"coarse": 1})


def test_categories_and_audiences_are_known_by_either_name(told) -> None:
    with as_role(MIGRATION):
        rows = list(Category.objects.filter(partnership=told.partnership))
    words = own.words(rows, ())
    for row in rows:
        assert {words.categories[own.fold(name)] for name in (row.slug, row.name_da, f" {row.name_en.upper()} ")} == {
            row.slug}
    assert words.visibility["kommunerne"] == words.visibility["the municipalities."] == ("municipalities", "text")


def test_no_heading_means_two_things() -> None:
    for language in ("da", "en"):
        with override(language):
            assert len({column.title for column in columns()}) == len(columns())
            assert own.titles() == {column.key: column.title for column in columns()}
    assert set(own.headings().values()) == {column.key for column in columns()}


def test_each_profile_is_known_by_its_headings() -> None:
    for name in profiles.known():
        head = ",".join(receiving.required(profiles.load(name)))
        assert receiving.recognised(f"{head}\n".encode()) == name
        assert all(profiles.load(name).titles[language] for language in ("da", "en"))


def template_rows(file: bytes, form: str) -> Iterator[list[Any]]:
    if form == "csv":
        yield from csv.reader(io.StringIO(file.decode("utf-8-sig")), delimiter=";")
    else:
        yield from map(list, load_workbook(io.BytesIO(file)).worksheets[0].iter_rows(values_only=True))


@pytest.mark.parametrize("form", templates.FORMS)
def test_the_template_is_read_and_its_example_refused(world, form) -> None:
    answer = browser_of(world.adam).get("/indlaes/", {"template": form})
    assert answer["Content-Disposition"] == f'attachment; filename="lokalnet-skabelon.{form}"'
    head, example = template_rows(answer.content, form)
    assert head[:3] == ["Reference", "Kategori", "Fra tidspunkt"] and own.fold(example[0]) in own.examples()
    done = imported(world, world.partnership, answer.content)
    assert (done.totals["now"]["stored"], done.totals["now"]["rejected"]) == (0, {"example": 1})


def test_a_filled_template_is_taken(world) -> None:
    file = ("Kategori;Fra tidspunkt;Længdegrad;Breddegrad;Hvem kan se det?;Tekst\r\n"
            "Hærværk;31-03-2026 21:45;12,3633;55,7311;Kommunerne;Knust rude\r\n"
            "hærværk;2026-03-30 20:10;12.3633;55.7311;;\r\n"
            "Noget andet end vi har;2026-03-30 20:10;12.3633;55.7311;;\r\n"
            "Hærværk;2026-03-30 20:10;12.3633;55.7311;Alle;\r\n").encode()
    done = imported(world, world.partnership, file)
    assert (done.totals["now"]["stored"], done.totals["now"]["rejected"]) == (
        2, {"bad-visibility": 1, "unknown-category": 1})
    said = str(done.totals["rules"])
    assert "Hærværk" in said and "Kommunerne" in said and "Hvem kan se det?" in said


def test_who_may_not_import_gets_no_template(world) -> None:
    assert browser_of(world.viggo).get("/indlaes/", {"template": "csv"}).status_code == 403
    assert frame(world, world.adam).actor.organisation_name == "Gladsaxe Kommune"
