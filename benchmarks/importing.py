"""An import of 1,000,000 rows, against a plain COPY of the very rows that it left into the same, empty tables.

The import is the command as it is called, in a process of its own and on behalf of an organisation. The COPY is by the
superuser, whom no policy binds, from files that are ready, on a second clone of the same database: constraints, foreign
keys and indexes are the same. Sides are taken in turn; `LOKALNET_BENCH_ROWS` makes it smaller.
"""

import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from benchmarks.asking import Case, database, environment
from benchmarks.measuring import family_memory, table, verdict
from lokalnet.project.testbed import Testbed, testbed

ROWS = int(os.environ.get("LOKALNET_BENCH_ROWS", 1_000_000))
MOST, MOST_MEMORY = 2.0, 300
TABLES = ("situation_observation", "situation_observation_exact", "situation_observation_text", "situation_import_row")
COLUMNS = """select string_agg(quote_ident(column_name), ', ' order by ordinal_position) from information_schema.columns
  where table_name = %s and is_generated = 'NEVER'"""
WHO = ("To drenge", "En gruppe unge", "En scooter", "Fire biler", "En hund", "Nogle piger", "Et selskab", "Naboer")
WHAT = ("støjer", "kører for stærkt", "knuser glas", "råber højt", "maler på muren", "tænder bål", "kaster med sten",
        "leger fint", "spiller høj musik", "hænger ud", "skyder fyrværkeri af", "ødelægger bænken")
WHERE = ("ved kiosken", "bag skolen", "på stationen", "i opgang B", "ved søen", "foran biblioteket", "på torvet",
         "i kælderen", "under broen", "ved svømmehallen", "på legepladsen", "i parken", "ved klubben")
PRECISIONS = ("exact", "exact", "exact", "hour", "evening", "week")
VISIBILITIES = ("municipalities", "municipalities", "partnership", "organisation", "public")


def main() -> int:
    with ExitStack() as stack:
        bed = stack.enter_context(testbed())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url, _keys = database(bed, "founded", Case("founded", 0, 1, 365))
        file = _write(folder / "reports.csv", _categories(bed))
        url = bed.clone("imported", "founded")
        taken, most = _import(url, file)
        _save(bed, folder)
        bed.clone("copied", "founded")
        plain = _copy(bed, folder)
    return _print(taken, plain, most)


def _categories(bed: Testbed) -> list[str]:
    with _admin(bed, "founded") as admin:
        return [row[0] for row in admin.execute("select slug from situation_category order by slug")]


def _admin(bed: Testbed, name: str) -> psycopg.Connection:
    return psycopg.connect(host=str(bed.socket), user="postgres", dbname=name)


def _write(path: Path, categories: list[str]) -> Path:
    """In our own format: IDs, times over the last year, points within the bounds, a text in three rows of five."""
    chance, now = random.Random(37), datetime.now(UTC)
    with path.open("w", encoding="utf-8") as out:
        out.write("id,category,lat,lon,occurred_at,precision,text,visibility,police_sees\n")
        for number in range(ROWS):
            at = now - timedelta(minutes=chance.randrange(365 * 24 * 60))
            text = _text(chance, at) if chance.random() < 0.6 else ""
            out.write(f"r{number},{chance.choice(categories)},{chance.uniform(55.61, 55.84):.6f},"
                      f"{chance.uniform(12.21, 12.69):.6f},{at:%Y-%m-%dT%H:%MZ},{chance.choice(PRECISIONS)},"
                      f"{text},{chance.choice(VISIBILITIES)},text\n")
    return path


def _text(chance: random.Random, at: datetime) -> str:
    return f'"{chance.choice(WHO)} {chance.choice(WHAT)} {chance.choice(WHERE)}, set {at:%H.%M}"'


def _import(url: str, file: Path) -> tuple[float, float]:
    """Seconds, and the most memory in MB that the command's processes held together."""
    command = [sys.executable, "-m", "lokalnet.project.commands", "import", "observations", str(file), "--profile",
               "lokalnet", "--organisation", "Gladsaxe Kommune"]
    with environment(LOKALNET_DATABASE_URL=url):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        with _watched(process.pid) as held:
            said = process.communicate()[0]
        seconds = time.perf_counter() - start
    if process.returncode or f"{ROWS:,}" not in said.splitlines()[1]:
        raise RuntimeError(f"not all rows were stored:\n{said}")
    return seconds, max(held) / 1024


@contextmanager
def _watched(pid: int) -> Iterator[list[int]]:
    held, ended = [0], threading.Event()

    def watch() -> None:
        while not ended.wait(0.2):
            held.append(family_memory(pid))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield held
    finally:
        ended.set()
        thread.join()


def _columns(admin: psycopg.Connection, name: str) -> str:
    row = admin.execute(COLUMNS, [name]).fetchone()
    assert row
    return str(row[0])


def _save(bed: Testbed, folder: Path) -> None:
    """The rows that the import left, as files for COPY."""
    with _admin(bed, "imported") as admin:
        for name in TABLES:
            with admin.cursor().copy(f"copy {name} ({_columns(admin, name)}) to stdout (format binary)") as rows, \
                    (folder / name).open("wb") as out:
                out.writelines(rows)


def _copy(bed: Testbed, folder: Path) -> float:
    with _admin(bed, "copied") as admin:
        # The member that imports is made by the import.
        with _admin(bed, "imported") as source, source.cursor().copy("copy access_member to stdout") as rows:
            member = b"".join(rows)
        admin.execute("create temp table come (like access_member)")
        with admin.cursor().copy("copy come from stdin") as copy:
            copy.write(member)
        admin.execute("insert into access_member select * from come on conflict do nothing")
        admin.commit()
        start = time.perf_counter()
        for name in TABLES:
            statement = f"copy {name} ({_columns(admin, name)}) from stdin (format binary)"
            with admin.cursor().copy(statement) as copy, (folder / name).open("rb") as file:
                while block := file.read(1 << 18):
                    copy.write(block)
        admin.commit()
        return time.perf_counter() - start


def _print(taken: float, plain: float, memory: float) -> int:
    print(table(("1 import", "seconds", "rows/s"), [
        [side, f"{seconds:.1f}", f"{ROWS / seconds:,.0f}"] for side, seconds in (("import", taken), ("COPY", plain))]))
    print()
    print(table(("target", "found", "at most", ""), [
        verdict("import / plain COPY of the same rows", taken / plain, MOST),
        verdict("memory of the import, MB", memory, MOST_MEMORY)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
