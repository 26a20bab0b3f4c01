"""A network between a phone and the service that fails in the ways networks do."""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

# What becomes of a send: the request gets nowhere, its answer does, or neither is harmed.
NOWHERE, ANSWER_LOST, THROUGH = "nowhere", "answer lost", "through"


@dataclass
class Network:
    """`judge` is asked what becomes of each send; everything else passes."""

    url: str
    judge: Callable[[int], str] = lambda number: THROUGH
    fates: list[str] = field(default_factory=list)

    def fate(self, method: str, path: str) -> str:
        if method != "POST" or not path.endswith("/send/"):
            return THROUGH
        self.fates.append(self.judge(len(self.fates)))
        return self.fates[-1]


@contextmanager
def between(service: str) -> Iterator[Network]:
    there = urlsplit(service).netloc

    class Wire(BaseHTTPRequestHandler):
        def carry(self) -> None:
            fate = network.fate(self.command, self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.close_connection = True
            if fate != NOWHERE:
                with closing(http.client.HTTPConnection(there, timeout=30)) as ask:
                    ask.request(self.command, self.path, body, dict(self.headers.items()))
                    answer = ask.getresponse()
                    self.give(answer, answer.read(), lost=fate == ANSWER_LOST)

        def give(self, answer: http.client.HTTPResponse, said: bytes, *, lost: bool) -> None:
            if lost:
                return
            self.send_response_only(answer.status, answer.reason)
            for name, value in answer.getheaders():
                if name.lower() not in ("connection", "transfer-encoding", "content-length"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = do_HEAD = carry

        def log_message(self, *_: object) -> None:
            """Silent."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A browser that goes away in the middle is what this is for."""

    server = Server(("127.0.0.1", 0), Wire)
    server.daemon_threads = True
    network = Network(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()  # looks so often for its end
    yield network
    server.shutdown()
    server.server_close()
