"""What is no longer needed goes, by rules that stand in one list: `./run retention`, each night.

Ages are counted from when something happened, not from when it was reported. Each batch is a transaction of its own:
a run that is stopped is finished by the next one, and a second run finds nothing. `--dry-run` asks the same conditions.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from lokalnet.access.letting_go import Line, note, table
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.situation.protection import coarsening
from lokalnet.situation.protection.coarsening import BATCH, Found

RECEIPTS_KEPT, NEWS_KEPT, WATCHES_KEPT, EXERCISES_KEPT, WORDS_KEPT, DEVICES_KEPT, QUESTIONS_KEPT = (
    timedelta(days=days) for days in (90, 30, 30, 7, 60, 90, 90))
QUIET_WEEKS_KEPT = timedelta(days=3 * 365)  # with the years that are compared
ASSESSMENTS_KEPT = 5  # years after the quarter
LOOKS_KEPT = timedelta(days=400)  # a year of them, to tell what was promised from what came
SIGNALS_KEPT = timedelta(days=5 * 365 + 2)  # as long as the measures that were made of them
BRIEFINGS_KEPT = 10  # years after the week: figures and ids, no texts
MEASURES_KEPT = timedelta(days=5 * 365 + 2)  # five years, whichever of them are leap years
PHONES_KEPT = timedelta(days=30)
NOTICES_KEPT, UNOPENED_KEPT, MAILS_KEPT = (timedelta(days=days) for days in (90, 365, 90))


@dataclass(frozen=True)
class Rule:
    """What goes when: rows `t` of a table, of which `due` holds; `age` is what the oldest is told by."""

    what: str
    why: str
    table: str
    due: str
    age: str
    key: str = "id"
    beside: str = ""
    change: str = ""  # what becomes of such a row, where it does not go
    first: tuple[str, ...] = ()  # in the same transaction


HAPPENED = "join situation_observation_exact e on e.observation_id = t.observation_id"
OVER = "p.exercise_of_id is not null and p.valid_to < %(exercises)s"
MEASURE_OVER = "m.state in ('done', 'dropped', 'ended')"
HOLDS = """exists (select from situation_observation_text x
                   join situation_observation_exact e on e.observation_id = x.observation_id
                   where x.observation_id = any(t.observation_ids) and e.occurred_at < %(texts)s)"""
# An export is stored under this lock (sql/consequences.sql); one that was stored since the exports went, goes with its
# texts.
EXPORTS_TOO = ("select pg_advisory_xact_lock(4100221)", f"delete from situation_export t where {HOLDS}")  # noqa: S608


def rules() -> tuple[Rule, ...]:
    """In this order: what is counted by its observation goes before the observation does."""
    over = f"{EXERCISES_KEPT.days} days after the exercise"
    text = f"{settings.LOKALNET_TEXTS_KEPT_DAYS} days after it happened"
    return (
        Rule("exports", "past their date, or with a text that goes", "situation_export",
             f"t.expires_at <= %(now)s or {HOLDS}", "t.asked_at"),
        Rule("uploads", "past their date", "situation_upload", "t.expires_at <= %(now)s", "t.asked_at"),
        Rule("texts", text, "situation_observation_text", "e.occurred_at < %(texts)s", "e.occurred_at",
             key="observation_id", beside=HAPPENED, first=EXPORTS_TOO),
        Rule("pictures", f"{settings.LOKALNET_POINTS_EXACT_DAYS} days after it happened", "situation_photo",
             "e.occurred_at < %(points)s", "e.occurred_at", key="observation_id", beside=HAPPENED),
        Rule("notes on acts", text, "situation_act", "e.occurred_at < %(texts)s and t.note <> ''", "e.occurred_at",
             beside=HAPPENED, change="note = ''"),
        Rule("former contents", f"{_versions_kept()} days after it happened", "situation_version",
             "o.period_start < %(versions)s", "o.period_start",
             beside="join situation_observation o on o.id = t.observation_id"),
        Rule("receipts", f"after {RECEIPTS_KEPT.days} days, and with an exercise", "situation_receipt",
             f"""t.received_at < %(receipts)s or exists (
                   select from situation_observation o join access_partnership p on p.id = o.partnership_id
                   where o.id = t.observation_id and {OVER})""", "t.received_at"),
        Rule("paired phones", f"{DEVICES_KEPT.days} days after they were revoked or ran out", "access_device",
             "least(coalesce(t.revoked_at, 'infinity'), t.expires_at) < %(devices)s", "t.paired_at"),
        Rule("quiet weeks", f"after {QUIET_WEEKS_KEPT.days} days, and with an exercise", "situation_quiet_week",
             f"t.week < %(quiet)s or {OVER}", "t.week",
             beside="join access_partnership p on p.id = t.partnership_id"),
        Rule("news", f"after {NEWS_KEPT.days} days, but never the newest", "situation_change",
             "t.noted_on < %(news)s and t.number < (select max(number) from situation_change)", "t.noted_on"),
        Rule("watches", f"{WATCHES_KEPT.days} days after they ended", "situation_watch", "t.ends_at < %(watches)s",
             "t.ends_at"),
        Rule("words said to be places", f"{WORDS_KEPT.days} days after they were said, unless they are approved",
             "situation_known_place", "(t.approved_at is null or t.struck_at is not null) and t.said_at < %(words)s",
             "t.said_at"),
        Rule("questions by a link", f"{QUESTIONS_KEPT.days} days after they were answered or closed",
             "situation_question", "coalesce(t.answered_at, t.withdrawn_at, t.expires_at) < %(questions)s",
             "t.asked_at"),
        *(Rule(what, over, table, OVER, "p.valid_to", beside="join access_partnership p on p.id = t.partnership_id")
          for what, table in (("views of exercises", "situation_savedview"),
                              ("what was followed in exercises", "situation_subscription"),
                              ("places said in exercises", "situation_known_place"),
                              ("imported rows of exercises", "situation_import_row"),
                              ("commitments of exercises", "partnership_commitment"),
                              ("contact trees of exercises", "situation_tree_row"))),
        *_of_notices(),
        *_of_measures(over),
        *_of_assessments(over),
        *_of_briefings(over),
        *_of_signals(over),
        Rule("reports of exercises", over, "situation_observation", OVER,
             "t.period_start", beside="join access_partnership p on p.id = t.partnership_id"),
    )


def _of_measures(over: str) -> tuple[Rule, ...]:
    """What was said on the way goes with the texts of reports. What was agreed and what came of it is told to those who
    come later: five years, as long as the figures that show whether it helped go back.
    """
    return (
        Rule("words on steps of measures", f"{settings.LOKALNET_TEXTS_KEPT_DAYS} days after the measure was over",
             "situation_step", f"t.note <> '' and {MEASURE_OVER} and m.changed_at < %(texts)s", "m.changed_at",
             beside="join situation_measure m on m.id = t.measure_id", change="note = ''"),
        Rule("telephones in used contact trees", f"{PHONES_KEPT.days} days after the conflict was over",
             "situation_tree_row", f"t.phone <> '' and {MEASURE_OVER} and m.changed_at < %(phones)s", "m.changed_at",
             beside="join situation_measure m on m.id = t.measure_id", change="phone = ''"),
        *(Rule(what, f"{settings.LOKALNET_TEXTS_KEPT_DAYS} days after the conflict was over", table,
               f"{MEASURE_OVER} and m.changed_at < %(texts)s", "m.changed_at",
               beside="join situation_measure m on m.id = t.measure_id")
          for what, table in (("messages of conflicts", "situation_conflict_message"),
                              ("log entries of conflicts", "situation_conflict_entry"),
                              ("reviews of conflicts", "situation_conflict_review"))),
        Rule("measures", "5 years after they were over", "situation_measure",
             f"t.{MEASURE_OVER[2:]} and t.changed_at < %(measures)s", "t.changed_at"),
        Rule("measures of exercises", over, "situation_measure", OVER, "p.valid_to",
             beside="join access_partnership p on p.id = t.partnership_id"),
    )


def _of_notices() -> tuple[Rule, ...]:
    """That somebody was told of something; what it was is not in them."""
    return (
        Rule("notices", f"{NOTICES_KEPT.days} days after they were opened, {UNOPENED_KEPT.days} if never, and with an "
             "exercise", "notices_notice",
             f"t.opened_at < %(notices)s or t.changed_at < %(unopened)s or {OVER}", "t.made_at",
             beside="join access_partnership p on p.id = t.partnership_id"),
        Rule("mails with notices", f"after {MAILS_KEPT.days} days", "notices_message", "t.made_at < %(mails)s",
             "t.made_at"),
    )


def _of_assessments(over: str) -> tuple[Rule, ...]:
    """What was said at first goes with, and before, what was said last."""
    why = f"{ASSESSMENTS_KEPT} years after the quarter"
    old = f"a.quarter + interval '3 months' <= %(today)s::date - interval '{ASSESSMENTS_KEPT} years'"
    kept, last, party = (
        "join situation_assessment a on a.id = t.assessment_id", "join situation_assessment a on a.id = t.id",
        "join access_partnership p on p.id = a.partnership_id")
    return (
        Rule("former words of assessments", why, "situation_assessment_version", old, "a.quarter", beside=kept),
        Rule("assessments", why, "situation_assessment", old, "a.quarter", beside=last),
        Rule("former words of exercises", over, "situation_assessment_version", OVER, "p.valid_to",
             beside=f"{kept} {party}"),
        Rule("assessments of exercises", over, "situation_assessment", OVER, "p.valid_to", beside=f"{last} {party}"),
    )


def _of_briefings(over: str) -> tuple[Rule, ...]:
    """Words go with the texts of the reports that they were about; figures stay for those who look back."""
    week, party = ("join situation_briefing b on b.id = t.briefing_id",
                   "join access_partnership p on p.id = t.partnership_id")
    said = f"b.week + {settings.LOKALNET_TEXTS_KEPT_DAYS} < %(today)s::date"
    why = f"{settings.LOKALNET_TEXTS_KEPT_DAYS} days after the week"
    return (
        Rule("words in briefings", why, "situation_briefing_words", said, "b.week", beside=week),
        Rule("words of decisions on briefings", why, "situation_briefing_decision", f"t.words <> '' and {said}",
             "b.week", beside=week, change="words = ''"),
        Rule("briefings", f"{BRIEFINGS_KEPT} years after the week", "situation_briefing",
             f"t.week <= %(today)s::date - interval '{BRIEFINGS_KEPT} years'", "t.week"),
        Rule("briefings of exercises", over, "situation_briefing", OVER, "p.valid_to", beside=party),
    )


def _of_signals(over: str) -> tuple[Rule, ...]:
    """Cells, days and figures stay as long as measures do; words as long as texts. One that goes on has no end yet."""
    party = "join access_partnership p on p.id = t.partnership_id"
    return (
        Rule("words on what signals turned out to be", f"{settings.LOKALNET_TEXTS_KEPT_DAYS} days after they were said",
             "situation_signal_verdict", "t.words <> '' and t.at < %(texts)s", "t.at", change="words = ''"),
        Rule("looks for signals", f"after {LOOKS_KEPT.days} days", "situation_look", "t.day < %(looks)s", "t.day"),
        Rule("signals", "5 years after they were over", "situation_signal", "t.closed_at < %(signals)s", "t.closed_at"),
        Rule("answers to when to stop", "5 years after they were given", "situation_stop_question",
             "t.at < %(signals)s", "t.at"),
        *(Rule(what, over, table, OVER, "p.valid_to", beside=party)
          for what, table in (("looks in exercises", "situation_look"), ("signals of exercises", "situation_signal"),
                              ("answers to when to stop in exercises", "situation_stop_question"))),
    )


def run(*, dry_run: bool, at: datetime | None = None) -> int:
    """Print what will go, or let it go and print that. For the login that removes; `at` is the time to count from."""
    moment = at or now()
    lines = foresee(moment) if dry_run else let_go(moment)
    if not dry_run:
        note(lines)
    print(table(lines, "goes" if dry_run else "gone"))
    if dry_run:
        print("(dry run: nothing was changed)")
    return 0


def foresee(at: datetime) -> list[Line]:
    """What `let_go` would do at this time."""
    return [_points(coarsening.due(_before(at)["points"])), *(_foreseen(rule, at) for rule in rules())]


def let_go(at: datetime) -> list[Line]:
    """Everything that the rules name, in batches."""
    return [_points(coarsening.coarsen(_before(at)["points"])), *(_gone(rule, at) for rule in rules())]


def _before(at: datetime) -> dict[str, Any]:
    """The moments that the conditions are asked with."""
    today = at.astimezone(COPENHAGEN).date()
    return {
        "now": at, "points": at - timedelta(days=settings.LOKALNET_POINTS_EXACT_DAYS),
        "texts": at - timedelta(days=settings.LOKALNET_TEXTS_KEPT_DAYS),
        "versions": at - timedelta(days=_versions_kept()), "receipts": at - RECEIPTS_KEPT,
        "devices": at - DEVICES_KEPT, "quiet": today - QUIET_WEEKS_KEPT,
        "news": today - NEWS_KEPT, "watches": at - WATCHES_KEPT, "words": at - WORDS_KEPT,
        "measures": at - MEASURES_KEPT, "questions": at - QUESTIONS_KEPT, "phones": at - PHONES_KEPT,
        "notices": at - NOTICES_KEPT, "unopened": at - UNOPENED_KEPT, "mails": at - MAILS_KEPT,
        "looks": today - LOOKS_KEPT, "signals": at - SIGNALS_KEPT,
        "exercises": today - EXERCISES_KEPT, "today": today}


def _versions_kept() -> int:
    """A former content holds a point and a text: the stricter of the two rules."""
    return min(settings.LOKALNET_POINTS_EXACT_DAYS, settings.LOKALNET_TEXTS_KEPT_DAYS)


def _points(found: Found) -> Line:
    return Line("exact points", f"{settings.LOKALNET_POINTS_EXACT_DAYS} days after it happened: "
                f"{settings.LOKALNET_COARSE_METRES} m cell", found.number, found.oldest)


def _foreseen(rule: Rule, at: datetime) -> Line:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*), min({rule.age}) from {rule.table} t {rule.beside} where {rule.due}",  # noqa: S608
                       _before(at))
        return Line(rule.what, rule.why, *cursor.fetchone())


def _gone(rule: Rule, at: datetime) -> Line:
    batches = list(_batches(rule, at))
    return Line(rule.what, rule.why, sum(number for number, _ in batches), min(
        (age for _, age in batches if age), default=None))


def _batches(rule: Rule, at: datetime) -> Iterator[tuple[int, date | datetime | None]]:
    # Our own words only, from the list above; what is compared with comes as values.
    act = f"update {rule.table} set {rule.change}" if rule.change else f"delete from {rule.table}"  # noqa: S608
    statement = (f"with due as (select t.{rule.key} as key, {rule.age} as age from {rule.table} t {rule.beside} "  # noqa: S608
                 f"where {rule.due} limit {BATCH}), "
                 f"gone as ({act} where {rule.key} in (select key from due) returning 1) "
                 "select (select count(*) from gone), (select min(age) from due)")
    number = 1
    while number:
        with transaction.atomic(), connection.cursor() as cursor:
            for before in rule.first:
                cursor.execute(before, _before(at))
            cursor.execute(statement, _before(at))
            number, oldest = cursor.fetchone()
        yield number, oldest if number else None
