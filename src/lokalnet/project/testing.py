"""`./run test`: everything that has to hold. What could not be run is said as INCOMPLETE, never passed over."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from lokalnet.project import chromium, real_data, testbed

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Outcome:
    """How one part went: seconds, and counts where it is a test run."""

    name: str
    seconds: float
    ok: bool
    passed: int = 0
    failed: int = 0
    skipped: int = 0


@dataclass
class Run:
    outcomes: list[Outcome] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    started: ExitStack = field(default_factory=ExitStack)
    shared: dict[str, str] = field(default_factory=dict)
    begun: float = field(default_factory=time.monotonic)

    def server(self) -> dict[str, str]:
        """The server of several parts: it is made and migrated once."""
        if not self.shared:
            self.shared["LOKALNET_TESTBED"] = self.started.enter_context(testbed.for_tests("18")).named
        return self.shared


def run(parts: list[str]) -> int:
    """All parts, or those named; paths and options go to pytest as they are."""
    if parts and parts[0] not in PARTS:
        return subprocess.run([sys.executable, "-m", "pytest", *parts], cwd=ROOT).returncode
    found = Run()
    with found.started:
        for name in parts or PARTS:
            print(f"--- {name}", flush=True)
            PARTS[name](found)
    return _close(found)


def _program(name: str, *arguments: str) -> Callable[[Run], None]:
    def part(found: Run) -> None:
        begun = time.monotonic()
        done = subprocess.run([str(Path(sys.executable).parent / name), *arguments], cwd=ROOT, env=_checking())
        found.outcomes.append(Outcome(name, time.monotonic() - begun, done.returncode == 0))

    return part


def _checking() -> dict[str, str]:
    """For tools that import the settings and need no database."""
    return os.environ | {"LOKALNET_DATABASE_URL": "postgresql:///unused", "LOKALNET_LOGIN": "lokalnet_owner",
                         "LOKALNET_HOME": str(ROOT / ".state" / "checks")}


def _documents(found: Run) -> None:
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-m", "lokalnet.project.commands", "docs", "--check"], env=_checking())
    found.outcomes.append(Outcome("docs", time.monotonic() - begun, done.returncode == 0))


def _unit(found: Run) -> None:
    if real_data.folder() is None:
        found.missing.append("the real data beside the checkout is not here: tests marked `shared` were skipped")
    _pytest(found, "unit, database, doors", "tests", "--ignore=tests/browser", *_beside(_workers()),
            environment=found.server())


def _database_15(found: Run) -> None:
    if not Path("/usr/lib/postgresql/15/bin/postgres").exists():
        found.missing.append("PostgreSQL 15 is not installed: the database suite ran on the embedded 18 only")
        return
    _pytest(found, "database on 15", "tests/database", *_beside(_workers()),
            environment={"LOKALNET_TEST_POSTGRES": "15"})


def _browser(found: Run) -> None:
    if chromium.ensure() is None:
        found.missing.append("no Chromium, and it could not be installed: the browser tests were not run")
        if os.environ.get("LOKALNET_REQUIRE_BROWSER"):
            found.outcomes.append(Outcome("browser", 0, ok=False))
        return
    # Each has a service and a browser of its own, and waits for them half of the time.
    _pytest(found, "browser", "tests/browser", *_beside(2), environment=found.server())


def _workers() -> int:
    """One more than there are cores, since some tests wait for processes; not more than four."""
    return min(4, (os.cpu_count() or 2) + 1)


def _beside(workers: int) -> tuple[str, ...]:
    """Files beside each other, in the order in which `tests/conftest.py` has them."""
    return "-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder"


def _pytest(found: Run, name: str, *arguments: str, environment: dict[str, str] | None = None) -> None:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        done = subprocess.run([sys.executable, "-m", "pytest", *arguments, f"--junitxml={report}"], cwd=ROOT,
                              env=os.environ | (environment or {}))
        suite = ElementTree.parse(report).getroot().find("testsuite") if report.exists() else None  # noqa: S314
    counts = suite.attrib if suite is not None else {}
    failed = int(counts.get("failures", 0)) + int(counts.get("errors", 0))
    skipped = int(counts.get("skipped", 0))
    passed = int(counts.get("tests", 0)) - failed - skipped
    found.outcomes.append(Outcome(name, time.monotonic() - begun, done.returncode == 0, passed, failed, skipped))


PARTS: dict[str, Callable[[Run], None]] = {
    "ruff": _program("ruff", "check", "."),
    "mypy": _program("mypy"),
    "imports": _program("lint-imports", "--no-cache"),
    "docs": _documents,
    "unit": _unit,
    "database-15": _database_15,
    "browser": _browser,
}


def _close(found: Run) -> int:
    print()
    for part in found.outcomes:
        counts = f"{part.passed} passed, {part.failed} failed, {part.skipped} skipped" if part.passed or part.failed \
            else ""
        print(f"{'ok  ' if part.ok else 'FAIL'} {part.name:24s} {part.seconds:6.1f} s  {counts}")
    for reason in found.missing:
        print(f"INCOMPLETE: {reason}")
    ok = all(part.ok for part in found.outcomes)
    print(f"{'all parts hold' if ok else 'some parts do not hold'} "
          f"({time.monotonic() - found.begun:.0f} s)")
    passed, failed, skipped = (sum(getattr(part, name) for part in found.outcomes)
                               for name in ("passed", "failed", "skipped"))
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    shutil.rmtree(ROOT / ".state" / "checks", ignore_errors=True)
    return 0 if ok else 1
