"""Who may give to whom, for what, by each paragraph: the cases that a lawyer would ask about."""

import pytest

from lokalnet.disclosure.shipped import danish_law
from tests.disclosure.wanting import refused

ANYTHING = ("identity",)
COVERED = [
    ("rpl-115-1-1", "police", "municipality", "ssp", 14),
    ("rpl-115-1-1", "police", "municipality", "ssp", 24),  # § 115 asks for no age: SSP+ as well
    ("rpl-115-1-2", "police", "municipality", "psp", 31),
    ("rpl-115-1-2", "police", "psychiatry", "psp", 17),
    ("rpl-115-1-3-a", "police", "prison-service", "ksp", 22),
    ("rpl-115-1-3-a", "police", "municipality", "ksp", 22),
    ("rpl-115-1-3-b", "police", "municipality", "ksp", 17),
    ("rpl-115-1-3-c", "police", "prison-service", "ksp", 19),
    ("rpl-115-2-ssp", "municipality", "police", "ssp", 13),
    ("rpl-115-2-ssp", "municipality", "municipality", "ssp", 13),
    ("rpl-115-2-psp", "psychiatry", "municipality", "psp", 16),
    ("rpl-115-2-ksp", "prison-service", "municipality", "ksp", 23),
    ("rpl-115-3-ssp-to", "municipality", "institution", "ssp", 15),
    ("rpl-115-3-ssp-from", "institution", "municipality", "ssp", 15),
    ("rpl-115-3-ksp-to", "prison-service", "institution", "ksp", 20),
    ("bl-132", "municipality", "municipality", "move", 17),
]
NOT_COVERED = [
    ("rpl-115-1-1", "police", "prison-service", "ssp", 14, ("receiver", "receiver-not-covered")),
    ("rpl-115-1-1", "police", "psychiatry", "ssp", 14, ("receiver", "receiver-not-covered")),
    ("rpl-115-1-1", "municipality", "municipality", "ssp", 14, ("ground", "giver-not-covered")),
    ("rpl-115-1-1", "police", "municipality", "psp", 14, ("purpose", "purpose-not-covered")),
    ("rpl-115-1-2", "police", "prison-service", "psp", 22, ("receiver", "receiver-not-covered")),
    ("rpl-115-1-3-a", "police", "psychiatry", "ksp", 22, ("receiver", "receiver-not-covered")),
    ("rpl-115-1-3-b", "police", "municipality", "ksp", 18, ("age", "age-not-covered")),
    ("rpl-115-2-ssp", "psychiatry", "police", "ssp", 14, ("ground", "giver-not-covered")),
    ("rpl-115-2-ssp", "police", "municipality", "ssp", 14, ("ground", "giver-not-covered")),
    ("rpl-115-2-psp", "prison-service", "police", "psp", 22, ("ground", "giver-not-covered")),
    ("rpl-115-2-ksp", "municipality", "psychiatry", "ksp", 22, ("receiver", "receiver-not-covered")),
    # Stk. 3 lets authorities and institutions exchange, not institutions among themselves, nor authorities.
    ("rpl-115-3-ssp-to", "institution", "institution", "ssp", 14, ("ground", "giver-not-covered")),
    ("rpl-115-3-ssp-from", "institution", "institution", "ssp", 14, ("receiver", "receiver-not-covered")),
    ("rpl-115-3-ssp-to", "police", "municipality", "ssp", 14, ("receiver", "receiver-not-covered")),
    ("bl-132", "municipality", "municipality", "move", 18, ("age", "age-not-covered")),
    ("bl-132", "municipality", "municipality", "ssp", 14, ("purpose", "purpose-not-covered")),
    ("bl-132", "police", "municipality", "move", 14, ("ground", "giver-not-covered")),
]


@pytest.mark.parametrize(("code", "giver", "receiver", "purpose", "age"), COVERED)
def test_a_paragraph_covers_what_it_says(code: str, giver: str, receiver: str, purpose: str, age: int) -> None:
    assert not refused(code, giver_kind=giver, receiver_kind=receiver, purpose=purpose, age=age, fields=ANYTHING)


@pytest.mark.parametrize(("code", "giver", "receiver", "purpose", "age", "why"), NOT_COVERED)
def test_and_nothing_beside_it(code: str, giver: str, receiver: str, purpose: str, age: int,
                               why: tuple[str, str]) -> None:
    assert refused(code, giver_kind=giver, receiver_kind=receiver, purpose=purpose, age=age, fields=ANYTHING) == {why}


def test_every_ground_of_section_115_bars_investigation() -> None:
    of_115 = [ground for ground in danish_law() if ground.code.startswith("rpl-115-")]
    assert len(of_115) == 14
    assert all(ground.bars == ("investigation",) for ground in of_115)


def test_the_exchange_whose_paragraph_was_not_found_waits_for_a_confirmation_in_writing() -> None:
    said = {"giver_kind": "municipality", "fields": ANYTHING}
    assert refused("bl-exchange", **said) == {("ground", "ground-unconfirmed")}
    assert not refused("bl-exchange", confirmed=True, **said)


def test_it_is_the_only_shipped_ground_that_was_not_read_in_a_source() -> None:
    assert [ground.code for ground in danish_law() if not ground.verified] == ["bl-exchange"]
    assert all(ground.source for ground in danish_law())


def test_consent_is_no_ground() -> None:
    assert not any("samtykke" in (ground.title_da + ground.text_da).lower() for ground in danish_law())
