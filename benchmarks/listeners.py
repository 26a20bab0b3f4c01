"""Many open streams: `python -m benchmarks.listeners PORT PATH NUMBER SESSION ...`.

Prints `ready` when all are open, and after a line on its input the arrivals: for each stream, in nanoseconds of the
machine's monotonic clock, when each `changed` event came.
"""

import asyncio
import json
import sys
import time

import uvloop

AT_ONCE = 20


class Listener(asyncio.Protocol):
    def __init__(self, request: bytes) -> None:
        self.request = request
        self.open = asyncio.get_running_loop().create_future()
        self.arrivals: list[int] = []
        self.last = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        now = time.monotonic_ns()
        self.last = data
        if not self.open.done():
            if b"event: open" in data:
                self.open.set_result(None)
            elif b" 200 " not in data:
                self.open.set_exception(RuntimeError(data[:200].decode()))
        elif b"event: changed" in data:
            self.arrivals.append(now)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.open.done():
            self.open.set_exception(RuntimeError("the stream was closed"))


async def main(port: int, path: str, number: int, sessions: list[str]) -> None:
    loop = asyncio.get_running_loop()
    gate = asyncio.Semaphore(AT_ONCE)

    async def listen(place: int) -> Listener:
        request = (f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n"
                   f"Cookie: lokalnet={sessions[place % len(sessions)]}\r\n\r\n").encode()
        async with gate:
            _, listener = await loop.create_connection(lambda: Listener(request), "127.0.0.1", port)
            await listener.open
        return listener

    listeners = await asyncio.gather(*(listen(place) for place in range(number)))
    print("ready", flush=True)
    await loop.run_in_executor(None, sys.stdin.readline)
    print(json.dumps({"arrivals": [one.arrivals for one in listeners], "last": listeners[0].last.decode()}), flush=True)


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4:]))
