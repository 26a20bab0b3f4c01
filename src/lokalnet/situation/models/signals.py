"""Signals: that somewhere, lately, there was more than chance gives; how it went on, and what it turned out to be.

A signal is made by the detection (sql/signals.sql, the login `lokalnet_place`) and by nobody else. What members say of
it is only added to.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lokalnet.access.models import Member, Organisation, Partnership, identifier
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.situation.models.measures import LONGEST_WORDS, Measure
from lokalnet.situation.models.observations import Theme, known


class SignalAudience(models.TextChoices):
    """Whose reports are counted, and who therefore reads it: what all of them get anyway, by cell and day."""

    PARTNERSHIP = "partnership", _("The municipalities and the police")
    MUNICIPALITIES = "municipalities", _("The municipalities")


class SignalWord(models.TextChoices):
    """What is said first. `QUIET` is a look's, never a signal's."""

    UNUSUAL = "unusual", _("Unusual")
    MAYBE = "maybe", _("Maybe")
    TOO_LITTLE = "too-little", _("Too little to go by")
    QUIET = "quiet", _("Nothing unusual")


class SignalState(models.TextChoices):
    OPEN = "open", _("Going on")
    FADING = "fading", _("Fading")
    CLOSED = "closed", _("Over")


class SignalStepKind(models.TextChoices):
    OPENED = "opened", _("First seen")
    GREW = "grew", _("Grew")
    STRONGER = "stronger", _("Became clearer")
    WEAKER = "weaker", _("Became less clear")
    FADING = "fading", _("Fades")
    BACK = "back", _("Is back")
    TOGETHER = "together", _("Was put together with another")
    WIDER = "wider", _("Goes on as one that the police see too")
    CLOSED = "closed", _("Over")


class TurnedOut(models.TextChoices):
    """What a signal turned out to be, in the words of those who know the place."""

    REAL = "real", _("Something real was going on")
    ARTEFACT = "artefact", _("It came of how we report")
    KNOWN_EVENT = "known-event", _("It was an event that we knew of")
    UNCLEAR = "unclear", _("We cannot say")


def _empty() -> dict[str, Any]:
    return {}


class Look(models.Model):
    """The newest look at one group of categories on one day, also where nothing was found: silence is told from rest.

    `counted` reports of `reporters` people in `organisations` were looked at; `per_year` is how often in a year chance
    alone would give as much as the strongest that was found (empty where there was too little).
    """

    id = identifier()
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    audience = models.CharField(max_length=20, choices=SignalAudience)
    theme = models.CharField(max_length=20, choices=Theme)
    day = models.DateField()
    looked_at = models.DateTimeField(default=now)
    upto = models.BigIntegerField()  # the newest change that it knew of (sql/live.sql)
    word = models.CharField(max_length=12, choices=SignalWord)
    counted = models.PositiveIntegerField()
    reporters = models.PositiveIntegerField()
    organisations = models.PositiveIntegerField()
    per_year = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "audience", "theme", "day"], name="look_once_a_day"),
            known("audience", SignalAudience, "look_audience_known"), known("theme", Theme, "look_theme_known"),
            known("word", SignalWord, "look_word_known"),
        ]


class Signal(models.Model):
    """Figures are those of the look that last found more of it; how it went before stands in its steps.

    `cells` are 250 m cells of the partnership's grid as "x:y"; longitude and latitude are the middle of the one in the
    middle. Nothing here is finer than a cell and a day. `expected` is what the same organisations usually tell there,
    with the interval of observed / expected beside it. `per_year` is how often in a year chance alone gives as much, in
    the whole partnership.
    """

    id = identifier()
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    audience = models.CharField(max_length=20, choices=SignalAudience)
    theme = models.CharField(max_length=20, choices=Theme)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    cells = ArrayField(models.CharField(max_length=20), default=list)
    longitude = models.FloatField()
    latitude = models.FloatField()
    radius_m = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=SignalState, default=SignalState.OPEN)
    word = models.CharField(max_length=12, choices=SignalWord)
    first_day = models.DateField()
    last_day = models.DateField()
    observed = models.PositiveIntegerField()
    expected = models.FloatField()
    ratio_low = models.FloatField()
    ratio_high = models.FloatField()
    per_year = models.FloatField()
    reporters = models.PositiveSmallIntegerField()
    organisations = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(default=now)
    told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    goes_on_as = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["partnership", "-opened_at"], name="signal_by_time")]
        constraints = [
            known("audience", SignalAudience, "signal_audience_known"), known("theme", Theme, "signal_theme_known"),
            known("state", SignalState, "signal_state_known"),
            models.CheckConstraint(condition=Q(word__in=["unusual", "maybe", "too-little"]), name="signal_word_known"),
            models.CheckConstraint(condition=Q(state="closed", closed_at__isnull=False)
                                   | (~Q(state="closed") & Q(closed_at__isnull=True)), name="signal_closed_at_a_time"),
        ]


class SignalStep(models.Model):
    """How a signal went on: figures and codes as they were then."""

    id = identifier()
    signal = models.ForeignKey(Signal, models.CASCADE, related_name="steps")
    at = models.DateTimeField(default=now)
    kind = models.CharField(max_length=10, choices=SignalStepKind)
    figures = models.JSONField(default=_empty)

    class Meta:
        db_table = "situation_signal_step"
        constraints = [known("kind", SignalStepKind, "signal_step_kind_known")]


class SignalVerdict(models.Model):
    """What an organisation says that it turned out to be. Append-only: the newest of an organisation holds."""

    id = identifier()
    signal = models.ForeignKey(Signal, models.CASCADE, related_name="verdicts")
    turned_out = models.CharField(max_length=12, choices=TurnedOut)
    words = models.TextField(max_length=LONGEST_WORDS)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        db_table = "situation_signal_verdict"
        constraints = [known("turned_out", TurnedOut, "signal_verdict_known")]


class SignalMeasure(models.Model):
    """That a measure was made of a signal. Who sees both sees that they belong together."""

    id = identifier()
    signal = models.ForeignKey(Signal, models.CASCADE, related_name="measures")
    measure = models.ForeignKey(Measure, models.CASCADE, db_constraint=False, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        db_table = "situation_signal_measure"
        constraints = [models.UniqueConstraint(fields=["signal", "measure"], name="signal_measure_once")]


class StopQuestion(models.Model):
    """Once a year, of an area that had signals: what would have to be true for us to stop? The newest answer holds."""

    id = identifier()
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=LONGEST_WORDS)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        db_table = "situation_stop_question"
        indexes = [models.Index(fields=["partnership", "area", "-at"], name="stop_question_by_area")]
