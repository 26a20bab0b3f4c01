"""What is agreed to be done: a measure, who takes part, what it is about, and each step of it.

A conflict that is being handled is a measure of another kind, with the same steps. State, outcome and the day it ends
follow from the steps (sql/steps.sql); the texts are its organisation's to change.
"""

from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from lokalnet.access.models import Member, Organisation, Partnership, identifier
from lokalnet.foundation.times import now
from lokalnet.partnership.models import Commitment
from lokalnet.situation.models.observations import Observation, known

LONGEST_TITLE = 120
LONGEST_WORDS = 2000


class MeasureKind(models.TextChoices):
    MEASURE = "measure", _("Measure")
    CONFLICT = "conflict", _("Conflict readiness")


class MeasureVisibility(models.TextChoices):
    """As a report's, without the public and without a coarse variant: whoever sees a measure sees all of it."""

    ORGANISATION = "organisation", _("Only us")
    MUNICIPALITIES = "municipalities", _("The municipalities")
    PARTNERSHIP = "partnership", _("Also the police")


class MeasureState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Agreed")
    UNDER_WAY = "under-way", _("Under way")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")
    ENDED = "ended", _("Ended by itself")


OPEN_STATES = (MeasureState.PROPOSED, MeasureState.AGREED, MeasureState.UNDER_WAY)


class StepKind(models.TextChoices):
    PROPOSED = "proposed", _("Proposed it")
    AGREED = "agreed", _("Agreed to it")
    STARTED = "started", _("Started it")
    DONE = "done", _("Said that it is done")
    DROPPED = "dropped", _("Dropped it")
    ENDED = "ended", _("It ended by itself")
    PROLONGED = "prolonged", _("Prolonged it")
    REOPENED = "reopened", _("Took it up again")
    CHANGED = "changed", _("Changed it")
    ASKED = "asked", _("Asked a partner to join")
    UNASKED = "unasked", _("Took back a question to a partner")
    JOINED = "joined", _("Joined")
    DECLINED = "declined", _("Takes no part")
    COMMENTED = "commented", _("Commented")
    ANSWERED = "answered", _("Answered")


class PartnerState(models.TextChoices):
    ASKED = "asked", _("asked")
    JOINED = "joined", _("takes part")
    DECLINED = "declined", _("takes no part")


def _empty() -> dict[str, Any]:
    return {}


class Measure(models.Model):
    """`state`, `outcome`, `ends_on` and `ended_on` are set by the trigger on steps alone. The outcome of a dropped one
    is why it was dropped.

    `edition` goes up with each change of the texts, so that two who change at once notice each other. A measure is over
    when `ends_on` has passed, also before the hourly job has written that down: ask `standing`, not `state`.

    What hangs on a measure goes with it by foreign keys that are made in SQL, because retention deletes by SQL.
    """

    id = identifier()
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=MeasureKind, default=MeasureKind.MEASURE)
    visibility = models.CharField(max_length=20, choices=MeasureVisibility)
    title = models.CharField(max_length=LONGEST_TITLE)
    problem = models.TextField(blank=True, max_length=LONGEST_WORDS)
    known = models.TextField(blank=True, max_length=LONGEST_WORDS)
    doing = models.TextField(blank=True, max_length=LONGEST_WORDS)
    sign = models.TextField(blank=True, max_length=LONGEST_WORDS)
    areas = ArrayField(models.UUIDField(), default=list)
    due_on = models.DateField(null=True)
    ends_on = models.DateField()
    ended_on = models.DateField(null=True, editable=False)
    state = models.CharField(max_length=10, choices=MeasureState, default=MeasureState.PROPOSED)
    commitment = models.ForeignKey(Commitment, models.SET_NULL, null=True, blank=True, db_constraint=False,
                                   related_name="+")
    outcome = models.TextField(blank=True, max_length=LONGEST_WORDS)
    edition = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [
            models.Index("partnership", Coalesce("due_on", "ends_on"), "id", name="measure_open",
                         condition=Q(state__in=OPEN_STATES)),
            models.Index("organisation", Coalesce("due_on", "ends_on"), "id", name="measure_open_of_ours",
                         condition=Q(state__in=OPEN_STATES)),
            models.Index("owner", Coalesce("due_on", "ends_on"), "id", name="measure_open_of_mine",
                         condition=Q(state__in=OPEN_STATES)),
            models.Index(F("partnership"), F("changed_at").desc(), F("id").desc(), name="measure_by_change"),
            models.Index(F("organisation"), F("changed_at").desc(), F("id").desc(), name="measure_by_change_of_ours"),
            models.Index(F("owner"), F("changed_at").desc(), F("id").desc(), name="measure_by_change_of_mine"),
            models.Index(F("partnership"), F("state"), F("changed_at").desc(), F("id").desc(), name="measure_by_state"),
            models.Index(fields=["organisation", "made_at"], condition=Q(state=MeasureState.PROPOSED),
                         name="measure_proposed"),
            models.Index(fields=["owner"], condition=Q(state=MeasureState.ENDED, outcome=""),
                         name="measure_wants_outcome"),
            models.Index(fields=["partnership", "-made_at"], name="measure_by_birth"),
            models.Index(fields=["ends_on"], condition=Q(state__in=OPEN_STATES), name="measure_by_end"),
        ]
        constraints = [
            known("kind", MeasureKind, "measure_kind_known"),
            known("visibility", MeasureVisibility, "measure_visibility_known"),
            known("state", MeasureState, "measure_state_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def over(self, today: date) -> bool:
        """Has its last day passed, whether or not that was written down yet?"""
        return self.state in OPEN_STATES and self.ends_on < today

    def standing(self, today: date) -> MeasureState:
        return MeasureState.ENDED if self.over(today) else MeasureState(self.state)


class MeasurePartner(models.Model):
    """Another organisation's part in a measure. Rows come and change by steps alone: asked, joined, declined."""

    id = identifier()
    measure = models.ForeignKey(Measure, models.CASCADE, db_constraint=False, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=PartnerState)
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        db_table = "situation_measure_partner"
        indexes = [models.Index(fields=["organisation", "state", "-at"], name="measure_partner_by_state")]
        constraints = [models.UniqueConstraint(fields=["measure", "organisation"], name="measure_partner_once"),
                       known("state", PartnerState, "measure_partner_state_known")]


class MeasureObservation(models.Model):
    """What a measure is about. A reader gets the observations that they may see anyway, and no count of the others."""

    id = identifier()
    measure = models.ForeignKey(Measure, models.CASCADE, db_constraint=False, related_name="about")
    observation = models.ForeignKey(Observation, models.CASCADE, db_constraint=False, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        db_table = "situation_measure_observation"
        constraints = [models.UniqueConstraint(fields=["measure", "observation"], name="measure_observation_once")]


class Step(models.Model):
    """One thing that somebody did about a measure, or that the clock did (no `member`). Append-only.

    `detail` holds codes only: names of fields, an organisation's id, a day. What somebody wrote stands in `note`.
    """

    id = identifier()
    measure = models.ForeignKey(Measure, models.CASCADE, db_constraint=False, related_name="steps")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=StepKind)
    note = models.TextField(blank=True, max_length=LONGEST_WORDS)
    detail = models.JSONField(default=_empty)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["measure", "at"], name="step_by_measure")]
        constraints = [known("kind", StepKind, "step_kind_known")]
