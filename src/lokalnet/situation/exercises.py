"""Exercises: a partnership of its own with the same parties, for some days. What is entered there lies elsewhere, so
nothing of it can be counted with what is real, and nothing real can be shown there."""

from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from lokalnet.access.acting import NotAllowed
from lokalnet.access.models import Partnership
from lokalnet.situation import acting
from lokalnet.situation.models import Category
from lokalnet.situation.partnerships import Frame

SHORTEST, LONGEST = 1, 14
LONGEST_NAME = 80


class AlreadyRunning(ValueError):
    """One exercise at a time; the message says so."""

    def __init__(self) -> None:
        super().__init__(_("An exercise is running already. End it first."))


def base_of(frame: Frame) -> Partnership:
    """The real partnership: the frame's own, or the one that its exercise is made of."""
    original = frame.partnership.exercise_of_id
    return next((each for each in frame.mine if each.id == original), frame.partnership)


def running(frame: Frame, base: Partnership) -> Partnership | None:
    """The partnership's exercise, if there is one at present."""
    return next((each for each in frame.mine if each.exercise_of_id == base.id), None)


def begin(frame: Frame, base: Partnership, *, name: str, days: int) -> UUID:
    """An exercise with the parties and the categories of `base`, from today. Raises BadReport for its name,
    AlreadyRunning, and NotAllowed where the database says no (access/sql/exercises.sql).
    """
    acting.check_words(frame, name, field="name")
    if running(frame, base):
        raise AlreadyRunning
    with connection.cursor() as cursor:
        cursor.execute("select begin_exercise(%s, %s, %s)", [base.id, _("Exercise: %(name)s") % {"name": name}, days])
        made: UUID | None = cursor.fetchone()[0]
    if made is None:
        raise NotAllowed("the database lets this actor begin no exercise of this partnership")
    _copy_categories(base, made)
    return made


def end(exercise: Partnership) -> bool:
    """From now on; retention removes what was entered. False when it was over already."""
    with connection.cursor() as cursor:
        cursor.execute("select end_exercise(%s)", [exercise.id])
        done: bool = cursor.fetchone()[0]
    return done


def _copy_categories(base: Partnership, made: UUID) -> None:
    """As they are there: names, symbols, severity, group, guidance. Two who begin at once meet in the same exercise."""
    there = set(Category.objects.filter(partnership_id=made).values_list("slug", flat=True))
    Category.objects.bulk_create([
        Category(partnership_id=made, slug=row.slug, name_da=row.name_da, name_en=row.name_en, icon=row.icon,
                 severity=row.severity, theme=row.theme, guidance_da=row.guidance_da, guidance_en=row.guidance_en,
                 position=row.position, active=row.active, takes_photos=row.takes_photos)
        for row in Category.objects.filter(partnership=base) if row.slug not in there])
