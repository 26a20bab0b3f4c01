"""What the rules find in the own organisation's log of reading, under the officer's own policies."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncDate

from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.persons.models import Override, Visit
from lokalnet.youth.oversight import rules
from lokalnet.youth.oversight.cases import midnight
from lokalnet.youth.oversight.rules import Day, Entry, Finding, Rule

SATURDAY = 6


def between(organisation_id: UUID, since: date, until: date) -> list[Finding]:
    """Of the days from `since` to `until`, both included, the newest first."""
    found = [*_overrides(organisation_id, since, until), *_visits(organisation_id, since, min(until, _yesterday()))]
    return sorted(found, key=lambda each: (each.day, str(each.id)), reverse=True)


def _overrides(organisation_id: UUID, since: date, until: date) -> Iterator[Finding]:
    rows = Override.objects.filter(controller_id=organisation_id,
                                   opened_at__gte=midnight(since - rules.WITHIN), opened_at__lt=_end(until))
    opened = [(_entry(row.id, row.member_id, row.person_id, row.opened_at), row.wrong) for row in rows]
    yield from rules.each_alone(Rule.EMERGENCY, (entry for entry, wrong in opened
                                                 if not wrong and _day(entry.at) >= since), _day)
    yield from _of_period(rules.often(Rule.OFTEN, (entry for entry, _ in opened), _day), since)


def _visits(organisation_id: UUID, since: date, until: date) -> Iterator[Finding]:
    every = Visit.objects.filter(controller_id=organisation_id, entered_at__lt=_end(until))
    visits = every.filter(entered_at__gte=midnight(since))
    yield from _many(every, since, until)
    yield from rules.by_day(Rule.HOURS, _entries(visits.annotate(
        hour=ExtractHour("entered_at", tzinfo=COPENHAGEN), weekday=ExtractIsoWeekDay("entered_at", tzinfo=COPENHAGEN),
    ).filter(Q(hour__lt=rules.MORNING) | Q(hour__gte=rules.EVENING) | Q(weekday__gte=SATURDAY))), _day)
    yield from rules.by_day(Rule.SHORT, _entries(_short(visits)), _day)
    wrong = every.filter(entered_at__gte=midnight(since - rules.WITHIN), wrong=True)
    yield from _of_period(rules.often(Rule.WRONG, _entries(wrong), _day), since)


def _many(every: QuerySet[Visit], since: date, until: date) -> Iterator[Finding]:
    counted = every.filter(entered_at__gte=midnight(since - rules.USUAL)).annotate(
        day=TruncDate("entered_at", tzinfo=COPENHAGEN)).values_list("member_id", "day").annotate(
        number=Count("person_id", distinct=True))
    for day in rules.many([Day(*row) for row in counted], since=since, until=until + timedelta(days=1)):
        there = every.filter(member_id=day.member_id, entered_at__gte=midnight(day.day), entered_at__lt=_end(day.day))
        yield from rules.by_day(Rule.MANY, _entries(there), _day)


def _short(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Who changes the purpose of a visit leaves and enters again: that is none."""
    again = Visit.objects.filter(member_id=OuterRef("member_id"), person_id=OuterRef("person_id"),
                                 entered_at__gte=OuterRef("left_at"),
                                 entered_at__lt=OuterRef("left_at") + rules.SHORT).exclude(id=OuterRef("id"))
    return visits.filter(wrong=False, left_at__lt=F("entered_at") + rules.SHORT).exclude(Exists(again))


def _of_period(found: Iterator[Finding], since: date) -> Iterator[Finding]:
    """What began earlier is told of when it went on."""
    return (each for each in found if each.day >= since)


def _entries(visits: QuerySet[Visit]) -> list[Entry]:
    return [_entry(*row) for row in visits.order_by("entered_at", "id").values_list(
        "id", "member_id", "person_id", "entered_at")]


def _entry(entry_id: UUID, member_id: UUID, person_id: UUID, at: datetime) -> Entry:
    return Entry(entry_id, member_id, person_id, at)


def _day(moment: datetime) -> date:
    return moment.astimezone(COPENHAGEN).date()


def _end(day: date) -> datetime:
    return midnight(day + timedelta(days=1))


def _yesterday() -> date:
    return _day(now()) - timedelta(days=1)
