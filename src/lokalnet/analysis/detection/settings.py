"""With what a look looks, and what it promises."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LookSettings:
    """`unusual_per_year` and `maybe_per_year` are promises: in a partnership where nothing changes, no more than so
    many signals a year begin with that word. They are shared by `looked_at`, the groups of categories.

    There are `looks_per_year`, one each night; a night's look sees nearly what the one before saw, so that fewer false
    alarms come than that promises (`./run bench detection`). Usual is what was told in `baseline_days`; windows end
    today, go back at most `max_days`, and reach at most `max_km` around a cell. Fewer than `fewest_told` events, or
    less than `fewest_days` of them, are too little to go by. Of what is found, `fewest_reporters` in
    `fewest_organisations` must have told.
    """

    unusual_per_year: float = 2.0
    maybe_per_year: float = 8.0
    looked_at: int = 4
    looks_per_year: float = 365.0
    baseline_days: int = 365
    max_days: int = 28
    max_km: float = 1.0
    fewest_told: int = 30
    fewest_days: int = 56
    fewest_reporters: int = 3
    fewest_organisations: int = 2
    replications: int = 4_999
    stop_after: int = 25


STANDARD = LookSettings()
