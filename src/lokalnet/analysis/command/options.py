"""Options that several commands have. Nothing heavy is imported, so that --help is quick.

A mistake in the options ends with 2 before anything is read; one in the data is BadInput.
"""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from lokalnet.analysis.command import fields

Group = argparse._ActionsContainer
Value = TypeVar("Value")


def add_files(parser: argparse.ArgumentParser) -> Group:
    return parser.add_argument_group("files (those read are CSV with a heading)")


def add_read(files: Group, option: str, columns: str, *, required: bool = True) -> None:
    files.add_argument(option, type=Path, required=required, metavar="CSV", help=columns)


def add_written(files: Group, option: str, what: str) -> None:
    files.add_argument(option, type=Path, metavar="FILE", help=f"write {what}")


def add_chance(parser: argparse.ArgumentParser, *, least: int) -> Group:
    """`least` replications are asked for."""
    chance = parser.add_argument_group("chance")
    add = chance.add_argument
    add("--replications", type=read_by(fields.whole_number_between(least, 999_999)), default=999, metavar="N",
        help="default %(default)s")
    add("--seed", type=read_by(fields.whole_number_between(0, 2**63 - 1)), default=1, metavar="N",
        help="default %(default)s")
    add_threads(chance)
    return chance


def add_threads(group: Group) -> None:
    group.add_argument("--threads", type=read_by(fields.positive), default=os.cpu_count() or 1, metavar="N",
                       help="default: as many as there are cores; the answer does not depend on it")


def read_by(reader: Callable[[str], Value]) -> Callable[[str], Value]:
    """argparse tells the words of its own exception only."""
    def read(text: str) -> Value:
        try:
            return reader(text)
        except ValueError as problem:
            raise argparse.ArgumentTypeError(str(problem)) from None

    return read
