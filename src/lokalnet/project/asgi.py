"""The application as a server runs it: Django, and beside it the live streams.

A live stream is authorised by an ordinary Django view, in an ordinary transaction, with all that stands before a
view; its answer carries what the stream listens to in headers that never leave this process. The stream itself is
then served here without a thread, a transaction or a database connection of its own (engineering 12, 36).
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from uuid import UUID

from lokalnet.project import logins

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lokalnet.project.settings")
os.environ.setdefault("LOKALNET_LOGIN", logins.APP)

from django.core.asgi import get_asgi_application
from psycopg.conninfo import make_conninfo

from lokalnet.foundation.live import Hub, Stream
from lokalnet.project import database

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Any], Coroutine[Any, Any, None]]

django = get_asgi_application()

from lokalnet.situation import live  # noqa: E402  (needs Django set up)

hub = Hub(make_conninfo("", **database.parameters(logins.APP)), live.news_after, live.newest_number)
PRIVATE = (b"x-stream-member", b"x-stream-session", b"x-stream-after", b"x-stream-listens")


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http" and _wants_events(scope):
        await _stream(scope, receive, send)
    elif scope["type"] == "http":
        await django(scope, receive, send)


def _wants_events(scope: Scope) -> bool:
    return any(name == b"accept" and b"text/event-stream" in value for name, value in scope["headers"])


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            hub.start()
            await send({"type": "lifespan.startup.complete"})
        else:
            await hub.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Join the hub first and ask Django second, so that nothing falls between catching up and listening."""
    hub.start()
    stream = Stream(member=UUID(int=0), session="", listens_to=frozenset(), after=1 << 62)
    pending: list[Any] = []
    stream.offer = pending.append  # type: ignore[assignment, method-assign]  # held back until Django has answered
    hub.join(stream)
    try:
        answer = await _ask_django(scope, receive)
        if answer is None:
            return
        start, body = answer
        start["headers"] = [(name.lower(), value) for name, value in start["headers"]]
        headers = dict(start["headers"])
        if b"x-stream-listens" not in headers:
            await send(start)
            await send({"type": "http.response.body", "body": body})
            return
        del stream.offer
        stream.member = UUID(headers[b"x-stream-member"].decode())
        stream.session = headers[b"x-stream-session"].decode()
        stream.after = int(headers[b"x-stream-after"])
        stream.listens_to = frozenset(
            (UUID(partnership), UUID(organisation)) for partnership, _, organisation in
            (pair.partition("/") for pair in headers[b"x-stream-listens"].decode().split()))
        for news in pending:
            stream.offer(news)
        start["headers"] = [(name, value) for name, value in start["headers"]
                            if name not in PRIVATE and name != b"content-length"]
        await send(start)
        await send({"type": "http.response.body", "body": body, "more_body": True})
        await _pump(stream, receive, send)
    finally:
        hub.leave(stream)


async def _ask_django(scope: Scope, receive: Receive) -> tuple[Message, bytes] | None:
    """None when the client went away before there was an answer."""
    answer: list[Message] = []

    async def keep(message: Any) -> None:
        answer.append(message)

    await django(scope, receive, keep)
    return (answer[0], b"".join(message.get("body", b"") for message in answer[1:])) if answer else None


def _at_once(send: Send) -> Callable[[bytes], bool]:
    """Send without a task. uvicorn writes before it waits for anything, unless the reader does not read."""

    def written(event: bytes) -> bool:
        sending = send({"type": "http.response.body", "body": event, "more_body": True})
        try:
            sending.send(None)
        except StopIteration:
            return True
        sending.close()
        return False

    return written


async def _pump(stream: Stream, receive: Receive, send: Send) -> None:
    async def gone() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    async def serve() -> None:
        async for event in hub.events(stream):
            await send({"type": "http.response.body", "body": event, "more_body": True})
        stream.at_once = None
        await send({"type": "http.response.body", "body": b""})

    stream.at_once = _at_once(send)
    tasks = [asyncio.create_task(gone()), asyncio.create_task(serve())]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stream.at_once = None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
