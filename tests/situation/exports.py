"""Asking for files and reading them, as the tests of exports do."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from openpyxl import load_workbook

from lokalnet.access import founding
from lokalnet.access.models import Member, Organisation
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.exporting import asking, making
from lokalnet.situation.exporting.formats import unpacked
from lokalnet.situation.exporting.rows import columns
from lokalnet.situation.models import Act, Export
from lokalnet.situation.partnerships import Frame, frame_of
from tests.world import World


def frame(world: World, member: Member) -> Frame:
    return frame_of(world.actor(member), world.partnership.id)


def colleague(of: Organisation, name: str, *roles: Role) -> Member:
    with as_role(MIGRATION):
        return founding.member(of, name, f"{name.lower()}@mere.example", *roles)


def asked(world: World, member: Member, *, form: str = "csv", query: str = "") -> UUID:
    return asking.ask(frame(world, member), form=form, query=query).id


def as_stored(export_id: UUID) -> Export:
    with as_role(MIGRATION):
        return Export.objects.get(id=export_id)


def made(world: World, member: Member, *, form: str = "csv", query: str = "") -> Export:
    """Asked for by the member, and made by the job."""
    export_id = asked(world, member, form=form, query=query)
    making.make(str(export_id))
    return as_stored(export_id)


def content(export: Export) -> bytes:
    assert export.state == "ready", export.state
    return unpacked(bytes(export.file or b""))


def csv_rows(export: Export) -> list[dict[str, str]]:
    """By the columns' keys, whatever the language of their titles."""
    _head, *rows = csv.reader(io.StringIO(content(export).decode("utf-8-sig")),
                              delimiter=";" if export.language == "da" else ",")
    return [dict(zip([column.key for column in columns()], row, strict=True)) for row in rows]


def sheets(export: Export) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(content(export)))
    return {page.title: list(page.iter_rows(values_only=True)) for page in book.worksheets}


def features(export: Export) -> Iterator[tuple[str, list[float], dict[str, Any]]]:
    for each in json.loads(content(export))["features"]:
        yield each["id"], each["geometry"]["coordinates"], each["properties"]


def somebody_is_recognised(world: World, member: Member, observation_id: UUID) -> None:
    """The member presses the button."""
    actor = world.actor(member)
    Act(observation_id=observation_id, organisation_id=actor.organisation_id, member_id=actor.member_id,
        kind="recognised").save(force_insert=True)
