"""One LISTEN per process, fanned out to server-sent event streams.

The hub knows numbers, ids and organisations, never content: a browser that hears of a change asks for its page again
and gets what it may see. Numbers are given after commit (situation/sql/live.sql), so "everything after n" has no
gaps; after a lost database connection the hub asks for what it missed before it goes on.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from uuid import UUID
from weakref import WeakSet

import psycopg

CHANNEL, ACCESS_CHANNEL = "lokalnet_live", "lokalnet_access"
HEARTBEAT = 20.0
CHECK = 5.0
LONGEST = 15 * 60.0  # a stream has no next request: it ends, and the browser comes back with its rights checked anew
BACKLOG = 1000

logger = logging.getLogger("lokalnet.live")


@dataclass(frozen=True)
class News:
    """One numbered change and the organisations that it concerns, as one encoded event."""

    number: int
    audience: frozenset[tuple[UUID, UUID]]  # (partnership, organisation)
    event: bytes


@dataclass(eq=False)
class Stream:
    """One open stream.

    `at_once` writes an event if nothing stands in its way, and says whether it did. So one event to many streams is
    one loop, and a task wakes only for the stream whose reader is slow. Order holds: what has been queued and not
    sent (`behind`) goes first.
    """

    member: UUID
    session: str
    listens_to: frozenset[tuple[UUID, UUID]]
    after: int = 0
    queue: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(BACKLOG))
    at_once: Callable[[bytes], bool] | None = None
    behind: int = 0

    def offer(self, news: News) -> None:
        if news.number <= self.after or self.listens_to.isdisjoint(news.audience):
            return
        self.after = news.number
        self.put(news.event)

    def put(self, event: bytes | None) -> None:
        if event is not None and not self.behind and self.at_once and self.at_once(event):
            return
        self.behind += 1
        try:
            self.queue.put_nowait(event)
        except asyncio.QueueFull:  # a reader that does not read: let it come back and catch up
            while not self.queue.empty():
                self.queue.get_nowait()
            self.queue.put_nowait(None)


Fetch = Callable[[psycopg.AsyncConnection, int], Awaitable[list[News]]]
Newest = Callable[[psycopg.AsyncConnection], Awaitable[int]]


_hubs: WeakSet["Hub"] = WeakSet()


def open_here() -> int | None:
    """How many streams this process holds open; None in a process that serves none."""
    return sum(hub.size for hub in _hubs) if _hubs else None


class Hub:
    """`fetch(connection, after)` gives the news after a number; `newest` the latest number."""

    def __init__(self, conninfo: str, fetch: Fetch, newest: Newest) -> None:
        self._conninfo, self._fetch, self._newest = conninfo, fetch, newest
        self._streams: set[Stream] = set()
        self._task: asyncio.Task[None] | None = None
        self._seen: int | None = None
        self.connected = asyncio.Event()
        _hubs.add(self)

    @property
    def size(self) -> int:
        return len(self._streams)

    def start(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        for stream in list(self._streams):
            stream.put(None)

    async def _run(self) -> None:
        while True:
            try:
                await self._listen()
            except (psycopg.Error, OSError) as problem:
                self.connected.clear()
                logger.warning("live: the database is away (%s); trying again", type(problem).__name__)
                await asyncio.sleep(0.5)

    async def _listen(self) -> None:
        """Two connections: one only listens, so that no notice is lost while a query runs on the other."""
        async with (await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True) as ear,
                    await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True) as mouth):
            await ear.execute(f"listen {CHANNEL}")
            await ear.execute(f"listen {ACCESS_CHANNEL}")
            if self._seen is None:
                self._seen = await self._newest(mouth)
            await self._catch_up(mouth)
            self.connected.set()
            while True:
                async for notice in ear.notifies(timeout=CHECK):
                    if notice.channel == ACCESS_CHANNEL:
                        self.close_for(notice.payload)
                    else:
                        await self._catch_up(mouth)
                # Closes the gap between a commit and a process that died before numbering it.
                await self._catch_up(mouth)

    async def _catch_up(self, connection: psycopg.AsyncConnection) -> None:
        assert self._seen is not None
        for news in await self._fetch(connection, self._seen):
            self._seen = max(self._seen, news.number)
            for stream in list(self._streams):
                stream.offer(news)

    def close_for(self, who: str) -> None:
        """End the streams of a member or session whose rights changed."""
        for stream in list(self._streams):
            if who in (str(stream.member), stream.session):
                stream.put(None)

    def join(self, stream: Stream) -> None:
        self._streams.add(stream)

    def leave(self, stream: Stream) -> None:
        self._streams.discard(stream)

    async def events(self, stream: Stream) -> AsyncIterator[bytes]:
        """The stream's events and a heartbeat, until its rights or its time end."""
        until = asyncio.get_running_loop().time() + LONGEST
        while (left := until - asyncio.get_running_loop().time()) > 0:
            try:
                event = await asyncio.wait_for(stream.queue.get(), min(HEARTBEAT, left))
            except TimeoutError:
                yield b": still here\n\n"
                continue
            if event is None:
                return
            yield event
            stream.behind -= 1  # it has been sent
