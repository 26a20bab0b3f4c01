"""The least that could tell 500 sockets: `python -m benchmarks.bare PORT CHANNEL FILE CONNINFO`.

One process, the same event loop as the service has, woken by the same NOTIFY, writing the same bytes to every socket.
No rights, no numbers, no queues: what the service takes longer than this is the price of those.
"""

import asyncio
import sys
from pathlib import Path

import psycopg
import uvloop

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"


def chunk(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(body), body)


class Socket(asyncio.Protocol):
    all_of_them: set[asyncio.Transport] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.transport.write(HEAD + chunk(b"event: open\ndata: {}\n\n"))
        self.all_of_them.add(self.transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self.all_of_them.discard(self.transport)


async def main(port: int, channel: str, file: str, conninfo: str) -> None:
    event = chunk(Path(file).read_bytes())
    await asyncio.get_running_loop().create_server(Socket, "127.0.0.1", port)
    async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as ear:
        await ear.execute(f"listen {channel}")
        print("ready", flush=True)
        async for _ in ear.notifies():
            for socket in Socket.all_of_them:
                socket.write(event)


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), *sys.argv[2:]))
