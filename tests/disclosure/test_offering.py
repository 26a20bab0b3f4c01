"""The gate offers only recipients that the law lets this giver share with, and presets that leave thinking alone."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from lokalnet.disclosure.checking import LONGEST
from lokalnet.disclosure.eligible import grounds_for, receivers
from lokalnet.disclosure.presets import PRESETS, Filled, Preset, fill, offered
from lokalnet.disclosure.shipped import danish_law
from tests.disclosure.wanting import TODAY

IN_USE = [each for each in danish_law() if each.usable(TODAY, confirmed=False)]


@pytest.mark.parametrize(("giver", "purpose", "kinds"), [
    ("police", "ssp", ("municipality", "institution")),
    ("police", "psp", ("municipality", "institution", "psychiatry")),
    ("police", "ksp", ("municipality", "institution", "prison-service")),
    ("police", "move", ()),
    ("municipality", "ssp", ("municipality", "police", "institution")),
    ("municipality", "move", ("municipality",)),
    ("institution", "ssp", ("municipality", "police")),
    ("prison-service", "ssp", ()),
    ("housing", "ssp", ()),
    ("association", "ssp", ()),
])
def test_the_recipients_offered_by_giver_and_purpose(giver: str, purpose: str, kinds: tuple[str, ...]) -> None:
    assert receivers(giver, purpose, IN_USE) == kinds


def test_an_unconfirmed_ground_is_of_no_use() -> None:
    exchange = next(each for each in danish_law() if not each.verified)
    assert exchange not in IN_USE
    assert exchange.usable(TODAY, confirmed=True)


def test_nor_is_one_that_has_ended() -> None:
    over = [replace(each, valid_to=TODAY - timedelta(days=1)) for each in danish_law()]
    assert not any(each.usable(TODAY, confirmed=True) for each in over)


def test_one_ground_is_left_to_choose_in_the_plain_case() -> None:
    assert [ground.code for ground in grounds_for("police", "municipality", "ssp", IN_USE)] == ["rpl-115-1-1"]


def test_a_preset_fills_five_things_and_never_why_what_or_who_was_told() -> None:
    assert {field.name for field in fields(Filled)} == {"purpose", "stage", "ground", "receiver_kind", "expires_on"}


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.slug)
def test_what_a_preset_fills_is_what_the_gate_would_take(preset: Preset) -> None:
    assert preset.ways
    for way in preset.ways:
        filled = fill(preset, way.giver_kind, today=TODAY, grounds=IN_USE)
        assert filled is not None and filled.ground.code == way.ground
        assert way.receiver_kind in receivers(way.giver_kind, filled.purpose, IN_USE)
        assert TODAY < filled.expires_on <= TODAY + LONGEST


def test_a_giver_is_offered_its_own_presets() -> None:
    def slugs(giver: str) -> list[str]:
        return [preset.slug for preset, _ in offered(giver, today=TODAY, grounds=IN_USE)]
    assert slugs("municipality") == ["overleveringsmoede", "netvaerksmoede", "flytning"]
    assert slugs("police") == ["overleveringsmoede", "netvaerksmoede"]
    assert slugs("institution") == ["netvaerksmoede"]
    assert slugs("housing") == []


def test_a_preset_whose_ground_is_not_in_use_is_not_offered() -> None:
    without = [ground for ground in IN_USE if ground.code != "bl-132"]
    assert "flytning" not in [preset.slug for preset, _ in offered("municipality", today=TODAY, grounds=without)]
