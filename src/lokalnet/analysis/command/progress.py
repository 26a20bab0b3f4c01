"""How far a computation is, on stderr: at once on a terminal, elsewhere only where it takes long."""

import sys
import time
from typing import TextIO

PATIENCE = 2.0  # seconds without a word where nobody may be watching
PAUSE_ON_TERMINAL, PAUSE_ELSEWHERE = 0.1, 10.0


class Progress:
    """Called with (made, asked for); at its end the line is taken away: what comes next is the answer."""

    def __init__(self, what: str, stream: TextIO | None = None) -> None:
        self.what, self.stream = what, stream or sys.stderr
        self.terminal = self.stream.isatty()
        self.next = time.monotonic() + (0 if self.terminal else PATIENCE)
        self.said = 0

    def __enter__(self) -> "Progress":
        return self

    def __call__(self, made: int, total: int) -> None:
        now = time.monotonic()
        if now < self.next:
            return
        self.next = now + (PAUSE_ON_TERMINAL if self.terminal else PAUSE_ELSEWHERE)
        text = f"{made:,} of {total:,} {self.what}"
        self.stream.write(f"\r{text}" if self.terminal else f"{text}\n")
        self.stream.flush()
        self.said = len(text)

    def __exit__(self, *_: object) -> None:
        if self.terminal and self.said:
            self.stream.write("\r" + " " * self.said + "\r")
            self.stream.flush()
