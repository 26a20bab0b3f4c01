"""Observations, in three tables, because three things are shared apart.

`Observation` holds what everybody who gets the report may know: category, a cell of the fixed grid, a part of a day.
`Exact` holds point, time and reporter; `Text` holds what was written. Each has its own row policy, and all three ask
the same function in the database, `observation_level` (sql/observations.sql). The columns that the function reads are
repeated in each table and held equal by a foreign key over all of them.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lokalnet.access.models import Member, Organisation, Partnership
from lokalnet.foundation.languages import reader_language
from lokalnet.foundation.times import now


class Visibility(models.TextChoices):
    ORGANISATION = "organisation", _("Only us")
    MUNICIPALITIES = "municipalities", _("The municipalities")
    PARTNERSHIP = "partnership", _("Also the police")
    PUBLIC = "public", _("Counted in public figures")


class PoliceSees(models.TextChoices):
    """How much of a municipal report the police get, when they get it at all."""

    AREA = "area", _("Only category, place within 250 m and part of the day")
    TEXT = "text", _("The text too; place within 250 m and part of the day")
    EXACT = "exact", _("Everything, with exact place and time")


class Precision(models.TextChoices):
    EXACT = "exact", _("Exact time")
    HOUR = "hour", _("Within the hour")
    EVENING = "evening", _("Part of the day")
    WEEK = "week", _("Some time that week")


class Part(models.TextChoices):
    """The part of the day that a coarse time gives: six hours, or a whole week."""

    NIGHT = "night", _("night")
    MORNING = "morning", _("morning")
    AFTERNOON = "afternoon", _("afternoon")
    EVENING = "evening", _("evening")
    WEEK = "week", _("week")


class Severity(models.IntegerChoices):
    GOOD = 0, _("Going well")
    LOW = 1, _("Low")
    MEDIUM = 2, _("Medium")
    HIGH = 3, _("High")


class Standing(models.TextChoices):
    """Whether somebody else than the reporter has looked into it."""

    UNCONFIRMED = "unconfirmed", _("Unconfirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUTED = "refuted", _("Refuted")


class State(models.TextChoices):
    LIVE = "live", _("In the picture")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Put together with another")


class Theme(models.TextChoices):
    """The group of categories that is looked at together for what is unusual (signals/). Only `LOOKED_AT` are."""

    UNREST = "unrest", _("Noise and unrest")
    DAMAGE = "damage", _("Damage")
    DRUGS = "drugs", _("Drug dealing")
    VIOLENCE = "violence", _("Threats and violence")
    GOOD = "good", _("Going well")
    NONE = "none", _("Not looked at")


LOOKED_AT = (Theme.UNREST, Theme.DAMAGE, Theme.DRUGS, Theme.VIOLENCE)


class Category(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="categories")
    slug = models.SlugField(max_length=40)
    name_da = models.CharField(_("Name in Danish"), max_length=60)
    name_en = models.CharField(_("Name in English"), max_length=60)
    guidance_da = models.CharField(_("Guidance in Danish"), max_length=200, blank=True)
    guidance_en = models.CharField(_("Guidance in English"), max_length=200, blank=True)
    icon = models.CharField(_("Icon"), max_length=20)
    severity = models.SmallIntegerField(_("Severity"), choices=Severity)
    theme = models.CharField(_("Group"), max_length=20, choices=Theme, default=Theme.NONE, db_default=Theme.NONE,
                             help_text=_("Categories of one group are looked at together for what is unusual."))
    position = models.PositiveSmallIntegerField(_("Position"))
    takes_photos = models.BooleanField(_("Pictures may be sent"), default=False, db_default=False, help_text=_(
        "Only for damage, lighting and places: never where the report is about what people do."))
    active = models.BooleanField(_("In use"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "slug"], name="category_once_per_partnership"),
            models.CheckConstraint(condition=Q(severity__in=[0, 1, 2, 3]), name="category_severity_known"),
            models.CheckConstraint(condition=Q(theme__in=Theme.values), name="category_theme_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if reader_language() == "en" else self.name_da

    @property
    def guidance(self) -> str:
        return self.guidance_en if reader_language() == "en" else self.guidance_da


def known(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


class Observation(models.Model):
    """What everybody who gets the report may know of it. No exact time of any kind, and a random id.

    `named_area` is there where the sender named an area and no point: the place is then the area's middle, and `areas`
    are those that hold all of it. `standing`, `state`, `merged_into` and `reporters` follow from the acts about it
    (sql/consequences.sql). `edition` goes up with each correction, so that two who correct at once notice each other.
    The defaults stand in the database too, because an import inserts by SQL.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    source_kind = models.CharField(max_length=20)
    visibility = models.CharField(max_length=20, choices=Visibility)
    police_sees = models.CharField(max_length=10, choices=PoliceSees, default=PoliceSees.TEXT)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    cell_x = models.IntegerField()
    cell_y = models.IntegerField()
    longitude = models.FloatField()
    latitude = models.FloatField()
    areas = ArrayField(models.UUIDField(), default=list)
    named_area = models.UUIDField(null=True)
    period_start = models.DateTimeField()
    part = models.CharField(max_length=10, choices=Part)
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.UNCONFIRMED,
                                db_default=Standing.UNCONFIRMED)
    state = models.CharField(max_length=10, choices=State, default=State.LIVE, db_default=State.LIVE)
    merged_into = models.ForeignKey("self", models.DO_NOTHING, null=True, related_name="merged", db_constraint=False)
    reporters = models.PositiveSmallIntegerField(default=1, db_default=1)
    text_removed = models.BooleanField(default=False, db_default=False)
    edition = models.PositiveSmallIntegerField(default=1, db_default=1)

    class Meta:
        indexes = [models.Index(fields=["partnership", "-period_start"], name="observation_by_time"),
                   models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False),
                                name="observation_merged")]
        constraints = [
            known("visibility", Visibility, "observation_visibility_known"),
            known("police_sees", PoliceSees, "observation_police_sees_known"),
            known("part", Part, "observation_part_known"),
            known("standing", Standing, "observation_standing_known"),
            known("state", State, "observation_state_known"),
            models.CheckConstraint(condition=Q(state=State.MERGED, merged_into__isnull=False)
                                   | (~Q(state=State.MERGED) & Q(merged_into__isnull=True)),
                                   name="observation_merged_into_one"),
            models.UniqueConstraint(
                fields=["id", "partnership", "organisation", "source_kind", "visibility", "police_sees"],
                name="observation_audience"),
        ]


class Audience(models.Model):
    """The columns that decide who reads a row; the foreign key over all of them is made in SQL."""

    observation = models.OneToOneField(Observation, models.DO_NOTHING, primary_key=True, db_constraint=False,
                                       related_name="%(class)s")
    partnership_id = models.UUIDField()
    organisation_id = models.UUIDField()
    source_kind = models.CharField(max_length=20)
    visibility = models.CharField(max_length=20)
    police_sees = models.CharField(max_length=10)

    class Meta:
        abstract = True


class Exact(Audience):
    """Where and when it was, by whom it was reported. `occurred_at` is no finer than `precision` says.

    `under_measure` and `planned_presence` say what the reporter's organisation was doing there then (flagging.py). They
    stand here and never on the coarse row: "reported while somebody was out from 20 to 21" tells the hour, and who gets
    a report coarsely is not to know it.
    """

    longitude = models.FloatField()
    latitude = models.FloatField()
    areas = ArrayField(models.UUIDField(), default=list)
    occurred_at = models.DateTimeField()
    precision = models.CharField(max_length=10, choices=Precision)
    coarsened = models.BooleanField(default=False, db_default=False)  # by retention: the point is a 100 m cell's
    reporter = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(default=now)
    under_measure = models.ForeignKey("situation.Measure", models.SET_NULL, null=True, related_name="+", db_index=False)
    planned_presence = models.BooleanField(default=False, db_default=False)
    answered_at = models.DateTimeField(null=True)  # by the newest answer's act (sql/waiting.sql)

    class Meta:
        db_table = "situation_observation_exact"
        indexes = [models.Index(fields=["under_measure"], condition=Q(under_measure__isnull=False),
                                name="exact_under_measure"),
                   models.Index(fields=["organisation_id", "reported_at"], condition=Q(answered_at__isnull=True),
                                name="exact_waiting"),
                   models.Index(fields=["reporter", "answered_at"], condition=Q(answered_at__isnull=False),
                                name="exact_answered")]
        constraints = [known("precision", Precision, "exact_precision_known")]


class Text(Audience):
    text = models.TextField()

    class Meta:
        db_table = "situation_observation_text"


class Photo(Audience):
    """A picture of a place, as we encoded it. Read by whoever gets the report exactly: a picture shows where it was."""

    jpeg = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    brought = models.BinaryField()  # keyed hash of what was sent, so that the same sent again is known
    added_at = models.DateTimeField(default=now)

    class Meta:
        db_table = "situation_photo"
        constraints = [models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="photo_has_size")]
