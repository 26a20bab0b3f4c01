"""Several processes take rows apart and judge them, while this one stores what they have done.

Judging a row takes longer than the database takes to store it, so a large file is read by helpers. They are forked
before anything is connected, hold nothing but the rules, and never see the database. Each has one chunk in hand; a
helper whose importer is killed finds its pipe closed and ends too.
"""

import gc
import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol, TypeVar

from lokalnet.situation.importing.judging import Judge
from lokalnet.situation.importing.profiles import ImportFailed
from lokalnet.situation.importing.rows import Chunk

MOST = 3
SMALL = 4_000_000  # bytes of files: below, starting helpers takes longer than they save
Done = TypeVar("Done")


class Hands(Protocol):
    def give(self, judge: Judge) -> None:
        """By what rules to judge, from now on."""

    def over(self, task: Callable[[Judge, Chunk], Done], chunks: Iterable[Chunk]) -> Iterator[Done]:
        """What the task makes of each chunk, in their order."""


@contextmanager
def hands(files: Sequence[Path]) -> Iterator[Hands]:
    size = sum(path.stat().st_size for path in files)
    number = min(MOST, (os.cpu_count() or 1) - 1) if size > SMALL and sys.platform == "linux" else 0
    if not number:
        yield Own()
        return
    with _helpers(number) as pipes:
        yield _Helped(pipes)


class Own:
    """Everything in this process: for small files, and where there is no forking."""

    def give(self, judge: Judge) -> None:
        self._judge = judge

    def over(self, task: Callable[[Judge, Chunk], Done], chunks: Iterable[Chunk]) -> Iterator[Done]:
        return (task(self._judge, chunk) for chunk in chunks)


class _Helped:
    def __init__(self, pipes: Sequence[Connection]) -> None:
        self._pipes = pipes

    def give(self, judge: Judge) -> None:
        for pipe in self._pipes:
            pipe.send(judge)

    def over(self, task: Callable[[Judge, Chunk], Done], chunks: Iterable[Chunk]) -> Iterator[Done]:
        free, busy = deque(self._pipes), deque[Connection]()
        for chunk in chunks:
            if free:
                pipe, done = free.popleft(), None
            else:
                pipe = busy.popleft()
                done = _answer(pipe)
            pipe.send((task, chunk))  # before what came is stored, so that nobody waits for that
            busy.append(pipe)
            if done is not None:
                yield done
        yield from map(_answer, busy)


def _answer(pipe: Connection) -> Any:
    try:
        return pipe.recv()
    except EOFError:
        raise ImportFailed("a process that read the rows has ended; what is stored is kept, so run it again") from None


@contextmanager
def _helpers(number: int) -> Iterator[list[Connection]]:
    context, pipes, processes = multiprocessing.get_context("fork"), [], []
    gc.freeze()  # what is there already is shared with the helpers, as long as nobody sweeps over it
    try:
        for _ in range(number):
            here, there = context.Pipe()
            processes.append(context.Process(target=_help, args=(here, there), daemon=True))
            processes[-1].start()
            there.close()
            pipes.append(here)
        yield pipes
    finally:
        for process in processes:
            process.terminate()
            process.join()
        for pipe in pipes:
            pipe.close()
        gc.unfreeze()


def _help(importer: Connection, pipe: Connection) -> None:
    importer.close()  # else the importer's end would outlive it in here
    judge: Judge
    try:
        while True:
            said = pipe.recv()
            if isinstance(said, Judge):
                judge = said
            else:
                task, chunk = said
                pipe.send(task(judge, chunk))
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return
