"""What a scan found, to be read on a terminal: a table, and below it how it was made."""

from lokalnet.analysis.scan.found import Cluster, Found
from lokalnet.analysis.scan.study import Kind, Model

SHOWN, NAMED = 20, 8  # clusters in the table; places of each by name
DAYS_A_YEAR = 365.25


def report(found: Found) -> str:
    settings = found.settings
    model = "Poisson" if settings.model is Model.POISSON else settings.model
    head = (f"{settings.kind.capitalize()} scan, {model} model: {found.cases:,} cases at {found.places:,} "
            f"places, {found.start} to {found.end}")
    return "\n".join([head, "", *_clusters(found), "", *_how(found)]) + "\n"


def _clusters(found: Found) -> list[str]:
    if not found.clusters:
        return ["No window held more cases than expected, and at least two."]
    head = ["", "dates", "radius km", "observed", "expected", "ratio (95 % interval)", "statistic", "p (95 % interval)"]
    ahead, gumbel = found.settings.kind is Kind.PROSPECTIVE, found.settings.gumbel
    head += [*(["p by Gumbel"] if gumbel else []), *(["by chance once in"] if ahead else [])]
    rows = [_row(rank, cluster, ahead=ahead, gumbel=gumbel)
            for rank, cluster in enumerate(found.clusters[:SHOWN], start=1)]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [_line(head, widths)]
    for row, cluster in zip(rows, found.clusters, strict=False):
        where = "all places" if found.settings.kind is Kind.TEMPORAL else _places(cluster)
        lines += [_line(row, widths), " " * (widths[0] + 2) + where]
    if len(found.clusters) > SHOWN:
        rest = f", which has the strongest {len(found.clusters):,}" if found.left_out else ""
        lines.append(f"and {len(found.clusters) - SHOWN + found.left_out:,} weaker ones (--json FILE{rest})")
    return lines


def _row(rank: int, found: Cluster, *, ahead: bool, gumbel: bool) -> list[str]:
    when = f"{found.start} to {found.end}" if found.start != found.end else f"{found.start}"
    return [str(rank), when, f"{found.radius_km:.2f}", f"{found.observed:,}",
            f"{found.expected:,.2f}", f"{found.ratio:.2f} ({found.ratio_low:.2f} to {found.ratio_high:.2f})",
            f"{found.statistic:.4f}", _chance(found),
            *([_share(found.gumbel_p_value)] if gumbel else []),
            *([_recurrence(found, reached=bool(found.p_low))] if ahead else [])]


def _line(cells: list[str], widths: list[int]) -> str:
    return "  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _places(found: Cluster) -> str:
    count, names = len(found.locations), ", ".join(found.locations[:NAMED])
    more = f" and {count - NAMED:,} more" if count > NAMED else ""
    return f"{'1 place' if count == 1 else f'{count:,} places'}: {names}{more}"


def _chance(found: Cluster) -> str:
    if found.p_low is None or found.p_high is None:
        return _share(found.p_value)
    return f"{_share(found.p_value)} ({_share(found.p_low)} to {_share(found.p_high)})"


def _share(p_value: float | None) -> str:
    """Three decimals, or one digit where that would be nothing."""
    if p_value is None:
        return "-"
    return f"{p_value:.3f}" if p_value >= 0.001 or p_value == 0 else f"{p_value:.1g}"


def _recurrence(found: Cluster, *, reached: bool) -> str:
    """At least so long where not one replication reached it."""
    days = found.recurrence_interval_days
    if days is None:
        return "-"
    return ("" if reached else "at least ") + _long(days)


def _long(days: float) -> str:
    if days >= 2 * DAYS_A_YEAR:
        return f"{days / DAYS_A_YEAR:,.1f} years"
    return "1 day" if days < 1.5 else f"{days:,.0f} days"


def _how(found: Found) -> list[str]:
    settings = found.settings
    cut = f", stopped early of {settings.replications:,}" if found.stopped_early else ""
    return [f"Windows: {', '.join(_limits(found))}; {found.windows:,} in each replication. Circles with more cases "
            f"than expected, at least two.{_without_circle(found)}",
            f"Time: {_steps(found)}.",
            f"Chance: {found.replications:,} replications{cut}, seed {settings.seed}. p is how often chance alone "
            "gives as much somewhere; its interval is what so many replications leave open. Weaker clusters are held "
            "against the largest of each replication too: their p is rather too large.",
            "Statistic: the logarithm of the likelihood ratio.",
            "Ratio: observed / expected; its interval takes the expected as known.",
            f"Engine version {found.version}."]


def _steps(found: Found) -> str:
    if found.settings.kind is Kind.SPATIAL:
        return "all at once"
    days, whole = found.settings.step_days, (found.end - found.start).days + 1
    first = whole - days * (found.steps - 1)
    short = f", the first of {first}" if first != days else ""
    return f"{found.steps:,} step{'s' * (found.steps > 1)} of {'a day' if days == 1 else f'{days} days'}{short}"


def _without_circle(found: Found) -> str:
    if not found.without_circle:
        return ""
    places = "1 place" if found.without_circle == 1 else f"{found.without_circle:,} places"
    return f" {places} alone hold more than the share of the cases that is allowed, and no circle begins there."


def _limits(found: Found) -> list[str]:
    settings = found.settings
    of_what = "cases" if settings.model is Model.PERMUTATION else "expected cases"
    space = [*([f"radius up to {settings.max_km:g} km"] if settings.max_km is not None else []),
             f"up to {100 * settings.max_share:g} % of the {of_what}"]
    time = [*([f"up to {settings.max_days} days"] if settings.max_days else []),
            f"up to {100 * settings.max_time_share:g} % of the time (so up to {found.longest_days:,} days)"]
    return [*(space if settings.kind is not Kind.TEMPORAL else ["all places"]),
            *(time if settings.kind is not Kind.SPATIAL else ["all time"])]
