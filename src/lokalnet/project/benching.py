"""`./run bench`: the measurements in `benchmarks/`, each as ratios within one run. They are no tests and never gate."""

import os
import platform
import subprocess
import sys
import time
from pathlib import Path

from lokalnet.foundation.home import home
from lokalnet.project.cluster import choose_engine, version_of

ROOT = Path(__file__).resolve().parents[3]
PARTS = {"page": "the page of the picture at 10,000 and 1,000,000 observations",
         "live": "one event to 500 open streams",
         "import": "1,000,000 rows from a file",
         "map": "the points of a month in three municipalities",
         "search": "full-text search at 1,000,000 observations",
         "measures": "the list of measures and my day at 100 and 100,000 measures",
         "file": "the page of a file at 100 and 100,000 files",
         "briefing": "the week's briefings drafted from a year of 100,000 observations",
         "scan": "the space-time scan on the reference workloads, 999 replications",
         "trend": "Farrington Flexible for 200 series of 104 weeks",
         "points": "Knox and density",
         "local": "Gi* and local Moran against esda",
         "growth": "how the cost of a scan grows",
         "calibration": "whether the scan's p-values mean what they say",
         "isolation": "who gets to know what of persons, in 100,000 steps of random lives",
         "detection": "whether what is unusual is seen, at the same number of false alarms"}
MODULES = {"import": "importing", "map": "map_data", "search": "searching"}  # where the file has another name


class BenchError(Exception):
    """There is no such measurement, or one did not come to an end."""


def run(parts: list[str]) -> int:
    """The parts asked for, or all of them; prints Markdown that can go into docs/performance.md."""
    if unknown := sorted(set(parts) - set(PARTS)):
        raise BenchError(f"no part {', '.join(unknown)}; there are: {', '.join(PARTS)}")
    print(machine(), flush=True)
    for part in parts or PARTS:
        print(f"\n## {part}: {PARTS[part]}\n", flush=True)
        began = time.monotonic()
        command = [sys.executable, "-m", f"benchmarks.{MODULES.get(part, part)}"]
        if subprocess.run(command, cwd=ROOT, env=_environment()).returncode:
            raise BenchError(f"{part}: the measurement broke off; what it said stands above")
        print(f"\n({time.monotonic() - began:.0f} s)", flush=True)
    return 0


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}


def machine() -> str:
    """What was measured on; the load says whether it was busy with other things too."""
    postgres = version_of(choose_engine(home(), "18"))
    return (f"{os.cpu_count()} cores ({_processor()}), {platform.system()} {platform.release()}, "
            f"Python {platform.python_version()}, PostgreSQL {postgres}, load before it {os.getloadavg()[0]:.1f}")


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
                platform.machine())
