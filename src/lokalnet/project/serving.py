"""Serve: database, web processes and the worker as children of one process that ends what it started."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from lokalnet.project import database, logins, messages


class ServingError(Exception):
    """The service did not come up; the message says what to do."""


def run(*, host: str, port: int, workers: int) -> int:
    """`./run serve`: for an installation. `./run work` runs the jobs beside it."""
    prepare()
    with stopped_by_signals(), database.available(), web(host=host, port=port, workers=workers) as process:
        print(f"Lokalnet: http://{host}:{port}", flush=True)
        return process.wait()


def prepare() -> None:
    """What a server needs that is built, not written: translations and collected static files."""
    messages.compile_all()
    environment = os.environ | {"LOKALNET_LOGIN": logins.OWNER, "DJANGO_SETTINGS_MODULE": "lokalnet.project.settings"}
    subprocess.run([sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity", "0",
                    "--ignore", "scss", "--ignore", "*.map"], env=environment, check=True)


@contextmanager
def web(*, host: str, port: int, workers: int) -> Iterator[subprocess.Popen[bytes]]:
    """uvicorn, answering; stopped on leaving."""
    check_free(host, port)
    command = [sys.executable, "-m", "uvicorn", "lokalnet.project.asgi:application", "--host", host, "--port",
               str(port), "--workers", str(workers), "--log-level", "warning", "--no-server-header",
               "--timeout-graceful-shutdown", "3"]
    if os.environ.get("LOKALNET_TRUSTED_PROXIES"):
        command += ["--proxy-headers"]
    with child(command, {"LOKALNET_LOGIN": logins.APP}) as process:
        wait_until_it_answers(f"http://{host}:{port}/healthz", process)
        yield process


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    with child([sys.executable, "-m", "lokalnet.project.commands", "work"], {}) as process:
        yield process


@contextmanager
def child(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own session, so that a Ctrl-C reaches it once: from us."""
    process = subprocess.Popen(command, env=os.environ | environment, start_new_session=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def check_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise ServingError(f"--port: {host}:{port} is in use ({problem.strerror}); choose another") from None


def wait_until_it_answers(url: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ServingError(f"the web server ended with {process.returncode}; is the port in use?")
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310  (our own address)
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise ServingError(f"{url} does not answer")


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """SIGTERM leaves as Ctrl-C does: through all the `finally`s."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
