"""`./run trend`: which weeks of which series were unusual."""

import argparse
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lokalnet.analysis import VERSION
from lokalnet.analysis.command import fields, options, writing
from lokalnet.analysis.command.options import read_by
from lokalnet.analysis.results import BadInput, to_json

if TYPE_CHECKING:
    from lokalnet.analysis.command.series_file import WeeklySeries
    from lokalnet.analysis.series.judging import Judged, Settings

TEXT = "find weeks with more cases than the weeks before lead one to expect"
WEEKS = 52  # judged, unless --from says otherwise
ROWS = 50  # alarms printed; the JSON file has all
METHODS = ("farrington-flexible", "farrington", "cusum", "glr", "ears")


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("trend", help=TEXT, description=TEXT)
    files = options.add_files(parser)
    options.add_read(files, "--series", "series,date,count, or date and a column for each series; the date is the "
                     "Monday of the week, and a week that is missing within a series counts as 0")
    options.add_written(files, "--json", "what was found, with its settings")
    parser.add_argument("--method", choices=METHODS, default=METHODS[0], help="farrington-flexible and farrington "
                        "compare with earlier years, cusum and glr look for a lasting rise, ears compares with the "
                        "seven weeks before; default %(default)s")
    add = parser.add_argument_group("limits").add_argument
    add("--from", dest="first", type=read_by(fields.day), metavar="DAY", help=f"first to judge; default: the last "
        f"{WEEKS} weeks")
    add("--to", dest="last", type=read_by(fields.day), metavar="DAY", help="last to judge; default: the last week")
    add("--b", type=read_by(fields.positive), metavar="YEARS", help="earlier years to compare with (farrington); "
        "default 5")
    add("--w", type=read_by(fields.whole_number_between(0, 25)), metavar="WEEKS", help="to compare with on either side "
        "of the same week (farrington); default 3")
    add("--alpha", type=read_by(fields.part), metavar="SHARE", help="chance of a false alarm in a week; default 0.05, "
        "ears 0.001")
    options.add_threads(parser)
    parser.set_defaults(command=partial(run, parser))


def run(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> int:
    """What can be wrong is said before anything is computed. Raises BadInput."""
    if arguments.first and arguments.last and arguments.first > arguments.last:
        parser.error(f"--from {arguments.first} is after --to {arguments.last}")
    writing.must_be_writable(arguments, read=("series",))

    from lokalnet.analysis.command.series_file import read_series
    from lokalnet.analysis.series import judging

    try:
        settings = judging.settings_for(arguments.method, b=arguments.b, w=arguments.w, alpha=arguments.alpha)
    except BadInput as mistake:
        parser.error(str(mistake))
    read = read_series(arguments.series)
    first, last = _period(arguments, read.mondays)
    spans = [judging.Span(name, int(begin), row[begin:end]) for name, begin, end, row
             in zip(read.names, read.begins, read.ends, read.counts, strict=True)]
    _reach(spans, arguments.method, judging.weeks_needed(settings), settings)
    judged = judging.judge(spans, read.mondays, settings, first=first, last=last, threads=arguments.threads)
    if not any(one.dates for one in judged):
        raise BadInput(f"--from, --to: no series has enough weeks before {read.mondays[last]} for {arguments.method}, "
                       f"which needs {judging.weeks_needed(settings)} up to the week it judges")
    if arguments.json:
        _write(arguments.json, judged, settings, arguments.method, (read.mondays[first], read.mondays[last]))
    _print(read, judged, arguments.method)
    return 0


def _period(arguments: argparse.Namespace, mondays: list[date]) -> tuple[int, int]:
    """Indices of the first and the last week to judge."""
    last = _week("--to", arguments.last, mondays) if arguments.last else len(mondays) - 1
    return _week("--from", arguments.first, mondays) if arguments.first else max(0, last - WEEKS + 1), last


def _week(option: str, day: date, mondays: list[date]) -> int:
    """The week in which the day lies."""
    week = (day - mondays[0]).days // 7
    if not 0 <= week < len(mondays):
        raise BadInput(f"{option}: {day} lies outside the file, which has {mondays[0]} to {mondays[-1]}")
    return week


def _reach(spans: list[Any], method: str, needed: int, settings: "Settings") -> None:
    """Refuse where no series is long enough, and say what would do."""
    longest = max(len(span.counts) for span in spans)
    if longest < needed:
        years = getattr(settings, "years", None)
        advice = f"Fewer years (--b {years - 1}), or --method ears" if years and years > 1 else "Another --method"
        raise BadInput(f"{method} needs {needed} weeks up to the one it judges, and the longest series has {longest}. "
                       f"{advice} may do.")


def _print(read: "WeeklySeries", judged: list["Judged"], method: str) -> None:
    if read.filled:
        print(f"{read.filled} weeks are not in the file, within the span of their series; they count as 0.")
    short = [one.name for one in judged if not one.dates]
    if short:
        print(f"Not judged, with too few weeks or none in the period: {', '.join(short[:10])}"
              + (f" and {len(short) - 10} more" if len(short) > 10 else ""))
    alarms = _alarms(judged)
    if alarms:
        wide = max(6, *(len(str(row["series"])) for row in alarms[:ROWS]))
        print(f"{'series':<{wide}}  week of     cases  expected  upper limit  score")
        for row in alarms[:ROWS]:
            print(f"{row['series']:<{wide}}  {row['date']}  {row['observed']:5.0f}  {row['expected']:8.2f}  "
                  f"{row['upper']:11.2f}  {row['score']:5.2f}")
        if len(alarms) > ROWS:
            print(f"and {len(alarms) - ROWS} more; --json writes them all")
    weeks = sum(len(one.dates) for one in judged)
    days = [day for one in judged for day in one.dates]
    with_alarm = len({row["series"] for row in alarms})
    print(f"{len(alarms)} alarms in {with_alarm} of {len(judged) - len(short)} series; {weeks} weeks judged by "
          f"{method}, {min(days)} to {max(days)}.")


def _alarms(judged: list["Judged"]) -> list[dict[str, Any]]:
    """Latest first, and in a week those furthest past their limit."""
    rows: list[dict[str, Any]] = [
        {"series": one.name, "date": one.dates[i], "observed": int(one.observed[i]), "expected": float(one.expected[i]),
         "upper": float(one.upper[i]), "score": float(one.score[i])}
        for one in judged for i in one.alarm.nonzero()[0]]
    return sorted(rows, key=lambda row: (row["date"], row["score"], row["series"]), reverse=True)


def _write(path: Path, judged: list["Judged"], settings: "Settings", method: str, period: tuple[date, date]) -> None:
    chosen = {"method": method, "from": period[0], "to": period[1], **asdict(settings)}
    document = {"alarms": _alarms(judged), "series": judged, "settings": chosen, "version": VERSION}
    writing.write(path, to_json(document))
