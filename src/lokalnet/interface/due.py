"""What is due for a member: each capability registers its own list, and "my day" merges them (nothing is stored)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any


class Part(Enum):
    """Where on the day's page a task stands."""

    WAITING = "waiting"  # somebody waits for the reader's answer
    MINE = "mine"  # the reader has taken it on
    NEW = "new"  # it happened in the reader's areas


@dataclass(frozen=True)
class Task:
    """One thing to do, in words for the reader. `until` is its last day, and None where there is none."""

    part: Part
    title: str
    url: str
    until: date | None = None
    about: str = ""  # one quiet line: the area, the organisation, why it is here


DueFor = Callable[[Any], Iterable[Task]]  # takes the frame: a partnership and the actor in it

_lists: list[DueFor] = []


def register(due_for: DueFor) -> None:
    if due_for not in _lists:
        _lists.append(due_for)


def for_frame(frame: Any) -> list[Task]:
    """Everything that is due, the earliest last day first, what has none at the end."""
    tasks = [task for due_for in _lists for task in due_for(frame)]
    return sorted(tasks, key=lambda task: (task.until is None, task.until or date.max, task.title))
