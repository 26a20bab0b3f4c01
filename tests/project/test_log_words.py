"""Every kind of entry in the log has words: whoever reads their own acts reads no code (design 3.9)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import lokalnet
from lokalnet.access import wording

SOURCE = Path(lokalnet.__file__).parent
MODULES = {path: ast.parse(path.read_text()) for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts}
WRITES = ("record", "entry")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def written(tree: ast.Module) -> Iterator[ast.expr]:
    """The second argument of `events.record(actor, kind)` and `events.entry(actor, kind, ...)`."""
    for call in calls(tree):
        if (isinstance(call.func, ast.Attribute) and call.func.attr in WRITES and len(call.args) > 1
                and getattr(call.func.value, "id", "") in ("events", "log")):
            yield call.args[1]


def things(function: str) -> set[str]:
    """What is entered, read or left by this function: `visiting.enter(..., thing="file")`, anywhere."""
    return {thing for tree in MODULES.values() for call in calls(tree) if name_of(call) == function
            for keyword in call.keywords if keyword.arg == "thing" for thing in values(keyword.value, tree)}


def around(expression: ast.expr, tree: ast.Module) -> str:
    """The function that the expression stands in."""
    return next(node.name for node in ast.walk(tree) if isinstance(node, FUNCTIONS)
                and any(inner is expression for inner in ast.walk(node)))


def values(expression: ast.expr, tree: ast.Module) -> set[str]:
    """What the expression can say. Raises LookupError where that cannot be read off the code."""
    match expression:
        case ast.Constant(value=str(said)):
            return {said}
        case ast.IfExp(body=one, orelse=other):
            return values(one, tree) | values(other, tree)
        case ast.Name(id="thing"):
            return things(around(expression, tree))
        case ast.Name(id=name):
            return constants(name, tree) or passed(name, tree)
        case ast.FormattedValue(value=inner):
            return values(inner, tree)
        case ast.JoinedStr(values=parts):
            found = {""}
            for part in parts:
                found = {before + after for before in found for after in values(part, tree)}
            return found
    raise LookupError(ast.unparse(expression))


def constants(name: str, tree: ast.Module) -> set[str]:
    """What the module sets the name to, alone or in a row with others."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for targets in node.targets:
                pairs = ([(targets, node.value)] if not isinstance(targets, ast.Tuple) or not isinstance(
                    node.value, ast.Tuple) else zip(targets.elts, node.value.elts, strict=True))
                found |= {str(value.value) for target, value in pairs
                          if getattr(target, "id", "") == name and isinstance(value, ast.Constant)}
    return found


def passed(name: str, tree: ast.Module) -> set[str]:
    """What a function of the module is told as this parameter, wherever in the module it is called."""
    found: set[str] = set()
    for function in (node for node in ast.walk(tree) if isinstance(node, FUNCTIONS)):
        names = [each.arg for each in function.args.args]
        for call in calls(tree):
            if name in names and name_of(call) == function.name:
                told = [keyword.value for keyword in call.keywords if keyword.arg == name]
                told += call.args[names.index(name):names.index(name) + 1]
                for each in told:
                    found |= values(each, tree)
    if not found:
        raise LookupError(name)
    return found


def kinds(folders: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for path, tree in MODULES.items():
        where = path.relative_to(SOURCE)
        if where.parts[0] in folders:
            for expression in written(tree):
                yield from ((str(where), kind) for kind in values(expression, tree))


@pytest.mark.parametrize("folder", ["persons", "disclosure", "youth"])
def test_every_entry_of_the_person_room_has_words(folder: str) -> None:
    worded = dict(wording.kinds())
    assert sorted({pair for pair in kinds((folder,)) if pair[1] not in worded}) == []


def test_what_is_said_with_one_literal_has_words_everywhere() -> None:
    worded = dict(wording.kinds())
    literal = {expression.value for tree in MODULES.values() for expression in written(tree)
               if isinstance(expression, ast.Constant)}
    assert len(literal) > 50 and sorted(str(kind) for kind in literal if kind not in worded) == []


def test_the_kinds_are_found_that_the_services_put_together() -> None:
    """Else the tests above would look at nothing."""
    found = {kind for _, kind in kinds(("persons", "disclosure"))}
    assert {"override.opened", "concern.read", "ground.approved"} <= found
