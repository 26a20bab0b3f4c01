"""What is unusual in the demonstration: more than usual was told in a few places, and the real look finds it.

Three that are over were said what they turned out to be, and of one a measure was made; one goes on.
"""

import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from lokalnet.access.models import Member, Partnership
from lokalnet.foundation.times import now
from lokalnet.notices.models import Notice
from lokalnet.project import logins
from lokalnet.project.demonstration import year
from lokalnet.project.demonstration.places import NEIGHBOURHOODS
from lokalnet.project.demonstration.year import Rows
from lokalnet.situation.models import (
    Category,
    Measure,
    Signal,
    SignalAudience,
    SignalMeasure,
    SignalState,
    SignalVerdict,
    Theme,
    TurnedOut,
    Visibility,
)

SEED = 2017
JONAS, SOFIE, EMIL = "koordinator@ballerup.example", "gadeplan@ballerup.example", "ssp@ballerup.example"
RASMUS, MARIA, HENRIK = "lokalbetjent@politi.example", "nattevagt@politi.example", "leder@politi.example"
AMALIE, TOBIAS, POUL = "gadeplan@gladsaxe.example", "ssp@gladsaxe.example", "vaert@boligforening.example"
IDA = "analytiker@ballerup.example"
AFTER = (4, 16)  # days: it fades, and is over
WHOLE = SignalAudience.PARTNERSHIP


@dataclass(frozen=True)
class Verdict:
    who: str
    turned_out: TurnedOut
    words: str


@dataclass(frozen=True)
class Burst:
    """From `began` days ago, for so many `days`, `number` reports by these in turn."""

    theme: Theme
    category: str
    place: str
    began: int
    days: int
    number: int
    tellers: tuple[str, ...]
    verdicts: tuple[Verdict, ...] = ()
    measure: str = ""  # its title


BURSTS = (
    Burst(Theme.DAMAGE, "vandalism", "Bagsværd Torv", 181, 6, 26, (AMALIE, RASMUS, TOBIAS, MARIA), (
        Verdict(HENRIK, TurnedOut.REAL, "Ruderne ved torvet blev smadret flere nætter i træk. Det holdt op, da lyset "
                "kom."),), "Lys og liv på Bagsværd Torv"),
    Burst(Theme.UNREST, "nuisance", "Høje Gladsaxe", 97, 4, 24, (AMALIE, RASMUS, TOBIAS, MARIA), (
        Verdict(HENRIK, TurnedOut.KNOWN_EVENT, "Byfesten. Der var mange mennesker, og det var ventet."),
        Verdict(JONAS, TurnedOut.KNOWN_EVENT, "Byfest med musik til kl. 24. Faldt til ro mandag."))),
    Burst(Theme.DRUGS, "drug-dealing", "Grantoften", 58, 5, 20, (SOFIE, EMIL, RASMUS, MARIA), (
        Verdict(IDA, TurnedOut.ARTEFACT, "Vi gik selv ekstra eftermiddage der den uge og skrev alt ned. Vi så ikke "
                "mere pr. gang, end vi plejer."),)),
    Burst(Theme.DRUGS, "drug-dealing", "Hede-Magleparken", 3, 4, 24, (SOFIE, POUL, EMIL, MARIA, JONAS)),
)


def make(partnership: Partnership, categories: dict[str, Category], members: dict[str, Member]) -> Rows:
    """Their reports, shared with the police."""
    random, rows = np.random.default_rng(SEED), Rows([], [], [])
    zone = ZoneInfo(partnership.timezone)
    for burst in BURSTS:
        _, x, y, width, height, _ = NEIGHBOURHOODS[burst.place]
        for each in range(burst.number):
            point = (round(float(random.normal(x, width * .12)), 6), round(float(random.normal(y, height * .12)), 6))
            moment = _afternoon(burst.began - each * burst.days // burst.number, zone, minutes=each * 5)
            year.add(rows, random, partnership, categories[burst.category],
                     members[burst.tellers[each % len(burst.tellers)]], point, moment)
    for shared in (rows.observations, rows.exacts, rows.texts):
        for row in shared:
            row.visibility = Visibility.PARTNERSHIP
    return rows


def _afternoon(back: int, zone: ZoneInfo, *, minutes: int = 0) -> datetime:
    """So many days ago at half past three, before the evening's rounds; an hour ago where that is still to come."""
    local = now().astimezone(zone).replace(hour=15, minute=30, second=0, microsecond=0) - timedelta(days=back)
    return min(local + timedelta(minutes=minutes), now() - timedelta(hours=1))


def detect() -> None:
    """In a process of its own, as the login that detects in an installation."""
    subprocess.run([sys.executable, "-c", "from lokalnet.project.commands import set_up; "
                    f"set_up('{logins.PLACE}'); from lokalnet.project.demonstration import signals; signals.look()"],
                   check=True)


def look() -> None:
    """On a few days while each went on and after it was over; and at everything today."""
    from lokalnet.situation.signals import looking

    here = next(each for each in Partnership.objects.raw("select * from partnerships_at_work()")
                if each.slug == "vestegnen")
    zone = ZoneInfo(here.timezone)
    wanted = [(_afternoon(burst.began - day, zone, minutes=400), ((WHOLE, burst.theme),)) for burst in BURSTS[:-1]
              for day in (burst.days // 2, burst.days - 1, *(burst.days + after for after in AFTER))]
    for at, groups in [*sorted(wanted), (now(), looking.EVERYTHING)]:
        looking.look_at(here, at=at, groups=groups)


def judge(partnership: Partnership) -> None:
    """In the migration role: what was said of them, and what was made of one. Nobody is told of what is long over."""
    members = {member.user.email: member for member in Member.objects.select_related("user").filter(user__isnull=False)
               if member.user}
    for burst in BURSTS:
        over = Signal.objects.filter(partnership=partnership, theme=burst.theme, state=SignalState.CLOSED,
                                     area__name=burst.place, goes_on_as=None)
        for signal in over:
            for verdict in burst.verdicts:
                who = members[verdict.who]
                SignalVerdict(signal=signal, turned_out=verdict.turned_out, words=verdict.words, member=who,
                              organisation_id=who.organisation_id, at=signal.opened_at + timedelta(days=9)).save(
                                  force_insert=True)
            for measure in Measure.objects.filter(partnership=partnership, title=burst.measure):
                SignalMeasure(signal=signal, measure=measure, member=members[AMALIE], at=measure.made_at).save(
                    force_insert=True)
        Notice.objects.filter(kind="signal", subject__in=over.values("id")).delete()
