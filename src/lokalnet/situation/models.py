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
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lokalnet.access.models import Member, Organisation, Partnership
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
    position = models.PositiveSmallIntegerField(_("Position"))
    active = models.BooleanField(_("In use"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "slug"], name="category_once_per_partnership"),
            models.CheckConstraint(condition=Q(severity__in=[0, 1, 2, 3]), name="category_severity_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_da

    @property
    def guidance(self) -> str:
        return self.guidance_en if (get_language() or "").startswith("en") else self.guidance_da


def _known(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


class Observation(models.Model):
    """What everybody who gets the report may know of it. No exact time of any kind, and a random id."""

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
    period_start = models.DateTimeField()
    part = models.CharField(max_length=10, choices=Part)

    class Meta:
        indexes = [models.Index(fields=["partnership", "-period_start"], name="observation_by_time")]
        constraints = [
            _known("visibility", Visibility, "observation_visibility_known"),
            _known("police_sees", PoliceSees, "observation_police_sees_known"),
            _known("part", Part, "observation_part_known"),
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
    """Where and when it was, by whom it was reported. `occurred_at` is no finer than `precision` says."""

    longitude = models.FloatField()
    latitude = models.FloatField()
    areas = ArrayField(models.UUIDField(), default=list)
    occurred_at = models.DateTimeField()
    precision = models.CharField(max_length=10, choices=Precision)
    reporter = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(default=now)

    class Meta:
        db_table = "situation_observation_exact"
        constraints = [_known("precision", Precision, "exact_precision_known")]


class Text(Audience):
    text = models.TextField()

    class Meta:
        db_table = "situation_observation_text"


class Receipt(models.Model):
    """That a member's report with this key was received: a retry changes nothing, another body is refused."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    body_hash = models.BinaryField()
    observation_id = models.UUIDField()
    received_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="receipt_once_per_member_and_key")]


class ImportRow(models.Model):
    """Which row of which source became which observation, so that an import can be run again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    profile = models.CharField(max_length=40)
    key = models.BinaryField()
    content = models.BinaryField()
    observation_id = models.UUIDField()

    class Meta:
        db_table = "situation_import_row"
        constraints = [models.UniqueConstraint(fields=["organisation", "partnership", "profile", "key"],
                                               name="import_row_once")]


class Change(models.Model):
    """News of the picture, numbered after commit (sql/live.sql). Ids only."""

    class Kind(models.TextChoices):
        REPORTED = "reported"
        IMPORTED = "imported"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.BigIntegerField(null=True, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    partnership_id = models.UUIDField()
    organisation_id = models.UUIDField()
    observation_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(number__isnull=True), name="change_unnumbered")]
