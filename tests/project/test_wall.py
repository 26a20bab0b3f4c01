"""The wall between the rooms, and the layers: what a module may import at all.

import-linter cannot name modules that do not exist yet, so the wall is also walked here: nothing of the place room
imports the identity vault or the disclosures, by any spelling, from the first day that these exist.
"""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "lokalnet"
PLACE_ROOM = ("situation", "places", "analysis", "community", "partnership")
PERSON_ROOM = ("lokalnet.disclosure", "lokalnet.persons")


def imports_of(source: str, module: str) -> Iterator[str]:
    """Every module that a source names in an import, absolute or relative, at the top or inside a function."""
    package = module.rpartition(".")[0]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*start, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in (
                "import_module", "__import__", "import_string", "get_model"):
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))


def modules_below(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)


def behind_the_wall(name: str) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in PERSON_ROOM)


@pytest.mark.parametrize("capability", PLACE_ROOM)
def test_the_place_room_imports_neither_the_vault_nor_disclosures(capability: str) -> None:
    folder = PACKAGE / capability
    if capability in ("situation", "places", "partnership"):
        assert modules_below(folder)
    crossing = {(module_name(path), name) for path in modules_below(folder)
                for name in imports_of(path.read_text(), module_name(path)) if behind_the_wall(name)}
    assert crossing == set()


@pytest.mark.parametrize("source", [
    "import lokalnet.persons", "import lokalnet.persons.vault as v", "from lokalnet import persons",
    "from lokalnet.disclosure import gate", "from ..persons import vault", "from .. import disclosure",
    "def f():\n    from lokalnet.persons.models import Person",
    "import importlib\nimportlib.import_module('lokalnet.persons')"])
def test_the_walk_sees_every_spelling(source: str) -> None:
    assert any(behind_the_wall(name) for name in imports_of(source, "lokalnet.situation.views"))


@pytest.mark.parametrize("source", ["import lokalnet.personsearch", "from lokalnet.access import models",
                                    "from . import persons"])
def test_the_walk_sees_nothing_where_nothing_is(source: str) -> None:
    assert not any(behind_the_wall(name) for name in imports_of(source, "lokalnet.situation.views"))


def test_once_the_rooms_exist_a_contract_of_import_linter_names_them() -> None:
    """A contract over modules that are not there cannot be written; from the first one on it has to be."""
    there = {room for room in PERSON_ROOM if (PACKAGE / room.rpartition(".")[2]).exists()}
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    walls = [contract for contract in contracts if contract["type"] == "forbidden"]
    forbidden = {name for wall in walls for name in wall["forbidden_modules"]}
    assert forbidden >= there
    for wall in walls:
        if there & set(wall["forbidden_modules"]):
            assert set(wall["source_modules"]) >= {f"lokalnet.{name}" for name in PLACE_ROOM
                                                   if (PACKAGE / name).exists()}
            assert not wall.get("allow_indirect_imports") and not wall.get("ignore_imports")


def test_every_folder_stands_in_a_layer_and_imports_go_down_only() -> None:
    """import-linter's contracts hold, run as its own command."""
    done = subprocess.run([str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=ROOT,
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout
