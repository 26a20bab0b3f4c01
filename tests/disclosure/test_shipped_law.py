"""A file of grounds that says too little, or too much, is refused with the ground, the field and the rule."""

from pathlib import Path

import pytest
from django.utils.translation import override

from lokalnet.disclosure.shipped import FILE, BadLaw, danish_law, read

GOOD = """
[[ground]]
code = "x-1"
version = 1
paragraph = "§ 1"
title_da = "Et"
title_en = "One"
text_da = "Ordlyd"
gives = ["police"]
receives = ["municipality"]
purposes = ["ssp"]
bars = []
regime = ""
fields = ["identity"]
source = "her"
valid_from = 2024-01-01
verified = true
"""
BAD = [
    ("", "at least one [[ground]] is needed"),
    ("[[ground", "law.toml: Expected ']]'"),
    (GOOD.replace('code = "x-1"', 'code = ""'), "ground 1 ().code: This must be filled in."),
    (GOOD.replace('source = "her"\n', ""), "ground 1.source: is needed, as str"),
    (GOOD.replace("version = 1", "version = true"), "ground 1.version: must be int"),
    (GOOD.replace('["police"]', "[1]"), "ground 1.gives: must be a list of words"),
    (GOOD.replace('["police"]', '["housing"]'), "ground 1 (x-1).gives: »housing« cannot be part of a ground."),
    (GOOD.replace('["municipality"]', '["association"]'), "(x-1).receives: »association« cannot be part"),
    (GOOD.replace('["ssp"]', '["investigation"]'), "(x-1).purposes: »investigation« cannot be part"),
    (GOOD.replace('["identity"]', '["ethnicity"]'), "(x-1).fields: »ethnicity« cannot be part"),
    (GOOD.replace('["identity"]', "[]"), "(x-1).fields: Choose at least one."),
    (GOOD.replace('regime = ""', 'regime = "other"'), "(x-1).regime: »other« cannot be part"),
    (GOOD + "age_from = 18\nage_to = 12\n", "(x-1).age_to: The highest age cannot be below the lowest."),
    (GOOD + "valid_to = 2023-12-31\n", "(x-1).valid_to: It cannot end before it begins."),
    (GOOD + "score = 500\n", "ground 1.score: is not known"),
    (GOOD + GOOD, "x-1: stands twice"),
]


@pytest.mark.parametrize(("text", "words"), BAD)
def test_a_bad_file_names_what_is_wrong(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "law.toml"
    file.write_text(text, encoding="utf-8")
    with override("en"), pytest.raises(BadLaw) as problem:
        read(file)
    assert words in str(problem.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadLaw, match=r"nothing\.toml"):
        read(tmp_path / "nothing.toml")


def test_a_good_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "law.toml"
    file.write_text(GOOD, encoding="utf-8")
    assert [ground.code for ground in read(file)] == ["x-1"]


def test_the_shipped_file_is_read_whole() -> None:
    assert len(danish_law()) == FILE.read_text(encoding="utf-8").count("[[ground]]") == 16


def test_a_title_is_in_the_readers_language() -> None:
    ground = danish_law()[0]
    with override("da"):
        assert ground.title == "SSP: politiet videregiver"
    with override("en"):
        assert ground.title == "SSP: the police give"
