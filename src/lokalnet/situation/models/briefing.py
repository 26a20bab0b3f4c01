"""The week's briefing: figures that are frozen when it is approved, and what was written and decided about them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lokalnet.access.models import Member, Organisation, Partnership, identifier
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.situation.models.measures import LONGEST_WORDS, Measure
from lokalnet.situation.models.observations import known

LONGEST_DECISION = 500


class BriefingState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    APPROVED = "approved", _("Approved")
    REPLACED = "replaced", _("Replaced by a newer edition")


class DecisionKind(models.TextChoices):
    MEASURE = "measure", _("A measure")
    FOLLOW = "follow", _("Taken up again next week")
    NOTHING = "nothing", _("Nothing now")


class Briefing(models.Model):
    """One week, named by its Monday, of a whole partnership (`municipality` is empty) or of one municipality.

    `figures` is the canonical text of briefing/figures.py and `digest` its SHA-256, so that what is built from it can
    be built again. Once it is approved neither changes any more (sql/briefing.sql); a mistake becomes a new edition.
    """

    id = identifier()
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    week = models.DateField()
    edition = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=BriefingState, default=BriefingState.DRAFT)
    figures = models.TextField()
    digest = models.CharField(max_length=64)
    counted_at = models.DateTimeField()
    made_at = models.DateTimeField(default=now)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")  # who approved it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "municipality", "week", "edition"], nulls_distinct=False,
                                    name="briefing_once"),
            models.UniqueConstraint(fields=["partnership", "municipality", "week"], nulls_distinct=False,
                                    condition=Q(state="draft"), name="briefing_one_draft"),
            models.UniqueConstraint(fields=["partnership", "municipality", "week"], nulls_distinct=False,
                                    condition=Q(state="approved"), name="briefing_one_approved"),
            models.CheckConstraint(condition=Q(week__iso_week_day=1), name="briefing_week_is_a_monday"),
            known("state", BriefingState, "briefing_state_known"),
            models.CheckConstraint(
                condition=Q(state="draft", approved_at__isnull=True, organisation__isnull=True)
                | (~Q(state="draft") & Q(approved_at__isnull=False, organisation__isnull=False)),
                name="briefing_approved_by_somebody"),
        ]
        indexes = [models.Index(fields=["partnership", "-week"], name="briefing_by_week")]


class BriefingWords(models.Model):
    """What a coordinator wrote to one section. Words go with the texts of reports; the figures stay."""

    id = identifier()
    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="words")
    section = models.CharField(max_length=60)
    words = models.TextField(max_length=LONGEST_WORDS)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    edition = models.PositiveSmallIntegerField(default=1)
    written_at = models.DateTimeField(default=now)

    class Meta:
        db_table = "situation_briefing_words"
        constraints = [models.UniqueConstraint(fields=["briefing", "section"], name="briefing_words_once")]


class BriefingDecision(models.Model):
    """What a meeting decided about one item of an approved briefing. Append-only: the newest of an item holds."""

    id = identifier()
    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="decisions")
    item = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=DecisionKind)
    words = models.CharField(max_length=LONGEST_DECISION, blank=True)
    measure = models.ForeignKey(Measure, models.SET_NULL, null=True, db_constraint=False, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        db_table = "situation_briefing_decision"
        indexes = [models.Index(fields=["briefing", "item", "-at"], name="briefing_decision_by_item")]
        constraints = [known("kind", DecisionKind, "briefing_decision_kind_known")]


class BriefingReader(models.Model):
    """That somebody of the organisation has opened it, and on which day first: never who."""

    id = identifier()
    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="readers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    first_on = models.DateField()

    class Meta:
        db_table = "situation_briefing_reader"
        constraints = [models.UniqueConstraint(fields=["briefing", "organisation"], name="briefing_read_once")]
