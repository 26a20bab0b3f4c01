"""Random lives of the person room beside the model of who may know what: as many steps as one has patience for.

No measurement of speed: it says how much was tried, and that nothing more than allowed was found, or which step of
which life found it. `python -m benchmarks.isolation [STEPS]` plays fewer.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.measuring import table

STEPS, OF_A_LIFE = 100_000, 100
TEST = "tests/youth/test_isolation.py"


def main(steps: int = STEPS) -> int:
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.jsonl"
        done = subprocess.run(
            [sys.executable, "-m", "pytest", TEST, "-q", "-n", str(os.cpu_count() or 1)],
            env=os.environ | {"LOKALNET_LIVES": str(steps // OF_A_LIFE), "LOKALNET_LIVES_TOLD": str(told)},
            stdout=subprocess.DEVNULL if steps > OF_A_LIFE * 10 else None)
        lives = [json.loads(line) for line in told.read_text().splitlines()] if told.exists() else []
    wanted = steps // OF_A_LIFE
    rows = [(what, f"{sum(life[key] for life in lives):,}") for key, what in (
        ("steps", "steps"), ("texts", "texts opened by who may, in plain SQL with every key"),
        ("pages", "pages asked for"), ("shown", "texts on pages, each for who may"))]
    print(table(("what", "how many"), [*rows, ("lives that showed somebody more or less than they may",
                                               f"{wanted - len(lives):,} of {wanted:,}")]))
    acts = sum((Counter(life["done"]) for life in lives), Counter[str]())
    print()
    print(table(("act", "done"), [(act.replace("_", " "), f"{number:,}") for act, number in acts.most_common()]))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
