"""Fill an empty database with the demonstration, and say in a few lines what is in it."""

from collections import Counter
from datetime import date, timedelta

from django.contrib.auth.hashers import check_password, make_password

from lokalnet.access import founding
from lokalnet.access.models import Member, Organisation, Partnership, User
from lokalnet.access.rights import LAWFUL
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.places.points import Bounds
from lokalnet.project.demonstration import (
    absences,
    aftermath,
    assessments,
    briefings,
    conflicts,
    directory,
    effects,
    following,
    law,
    measures,
    people,
    places,
    presence,
    promises,
    protection,
    signals,
    year,
)
from lokalnet.situation import categories
from lokalnet.situation.models import Category, Exact, Observation, Text
from lokalnet.youth import forums

SLUG = "vestegnen"


def fill(password: str) -> None:
    """Make what is missing; what was entered since stays."""
    with as_role(MIGRATION):
        new = not Partnership.objects.filter(slug=SLUG).exists()
        if new:
            _found()
        here = Partnership.objects.get(slug=SLUG)
        organisations = {each.name: each for each in Organisation.objects.all()}
        directory.fill(here, organisations)
        law.fill(here)
        for each in organisations.values():
            if each.kind in LAWFUL:
                forums.install(each)
        assessments.fill(here, organisations)
        presence.fill(here, organisations)
        if new:
            presence.flag(here)
        conflicts.fill(here)
        briefings.fill(here)
        if new:
            following.fill(here)
        _set_password(password)
    if new:
        signals.detect()
        with as_role(MIGRATION):
            signals.judge(here)


def _found() -> None:
    here = founding.partnership(
        SLUG, "Vestegnens lokalnetværk", bounds=Bounds(12.25, 55.685, 12.55, 55.795), valid_from=date(2013, 9, 1),
        purpose="Færre unge i bander og trygge boligområder i Ballerup, Herlev og Gladsaxe.")
    london = founding.partnership("london", "City of London (test)", bounds=Bounds(-0.25, 51.45, 0.60, 51.60),
                                  valid_from=date(2014, 1, 1), projection=27700, timezone="Europe/London")
    made = {name: founding.organisation(name, kind, shown_as=shown)
            for name, (kind, shown) in people.ORGANISATIONS.items()}
    founding.join(here, *(made[name] for name in made if name not in (people.NEIGHBOUR, people.LONDON)))
    founding.join(london, made[people.LONDON])
    for partnership in (here, london):
        categories.install(partnership)
    places.install()
    members = {person.email: founding.member(made[person.organisation], person.name, person.email, *person.roles,
                                             title=person.title) for person in people.PEOPLE}
    for email, (_, known) in year.REPORTERS.items():
        members[email].areas.set(Area.objects.filter(name__in=known))
    _observe(here, members)
    aftermath.fill(members)
    protection.fill(here, members)
    measures.fill(here, members)
    promises.fill(here, members)
    absences.fill(members)


def _observe(partnership: Partnership, members: dict[str, Member]) -> None:
    known = {row.slug: row for row in Category.objects.filter(partnership=partnership)}
    for rows in (year.make(partnership, known, members), signals.make(partnership, known, members),
                 effects.make(partnership, known, members)):
        Observation.objects.bulk_create(rows.observations, batch_size=1000)
        Exact.objects.bulk_create(rows.exacts, batch_size=1000)
        Text.objects.bulk_create(rows.texts, batch_size=1000)


def _set_password(password: str) -> None:
    users = User.objects.filter(email__in=[person.email for person in people.PEOPLE])
    first = users.first()
    if first and not check_password(password, first.password):
        users.update(password=make_password(password))


def describe(password: str) -> None:
    """The last week in a few lines, and who can log in."""
    with as_role(MIGRATION):
        week = Observation.objects.filter(partnership__slug=SLUG, period_start__gte=now() - timedelta(days=7))
        counts = Counter(week.values_list("category__name_da", flat=True))
    print(f"\nDen seneste uge i Vestegnens lokalnetværk: {sum(counts.values())} hændelser")
    for name, number in counts.most_common(5):
        print(f"  {number:4d}  {name}")
    print(f"\n{'Log ind som':34s} {'Rolle':28s} Organisation")
    for person in people.PEOPLE:
        print(f"  {person.email:32s} {person.title:28s} {person.organisation}")
    print("\nPersonrummet: begynd som laerer@gladsaxe, så ssp@gladsaxe, raadgiver@ballerup og dpo@ballerup.")
    print(f"\nAdgangskode for alle: {password}\nTo-faktor-login er slået fra i demonstrationen. Stop med Ctrl-C.\n",
          flush=True)
