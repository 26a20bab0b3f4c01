"""What was done about an observation: one append-only table of acts, and what stood there before a correction."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lokalnet.access.models import Member, Organisation, identifier
from lokalnet.foundation.times import now
from lokalnet.situation.models.observations import Observation, known

LONGEST_NOTE = 2000


def _empty() -> dict[str, Any]:
    return {}


class ActKind(models.TextChoices):
    SEEN_TOO = "seen-too", _("I saw it too")
    UNSEEN = "unseen", _("Took back: I saw it too")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUTED = "refuted", _("Refuted")
    REOPENED = "reopened", _("Open again")
    CORRECTED = "corrected", _("Corrected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RESTORED = "restored", _("Restored")
    MERGED = "merged", _("Put together")
    SPLIT = "split", _("Taken apart")
    RECOGNISED = "recognised", _("Text removed: somebody could be recognised")
    ANSWERED = "answered", _("Answered")


class Answer(models.TextChoices):
    SEEN = "seen", _("We have seen it")
    TAKEN = "taken", _("Somebody has taken it on")
    OUTCOME = "outcome", _("This is what came of it")
    NO_MORE = "no-more", _("We do no more about it")


class Act(models.Model):
    """One thing that a member did about an observation. What follows from it, a trigger does (sql/consequences.sql).

    `detail` holds codes only (slugs, names of fields), never what somebody wrote; that stands in `note`.
    """

    id = identifier()
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="acts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ActKind)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    into = models.UUIDField(null=True)
    note = models.TextField(blank=True, max_length=LONGEST_NOTE)
    detail = models.JSONField(default=_empty)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["observation", "at"], name="act_by_observation")]
        constraints = [
            known("kind", ActKind, "act_kind_known"),
            models.CheckConstraint(condition=Q(kind=ActKind.ANSWERED, answer__in=Answer.values)
                                   | (~Q(kind=ActKind.ANSWERED) & Q(answer="")), name="act_answer_known"),
            models.CheckConstraint(condition=Q(kind=ActKind.MERGED, into__isnull=False)
                                   | (~Q(kind=ActKind.MERGED) & Q(into__isnull=True)), name="act_merged_into_one"),
        ]


class Version(models.Model):
    """What an observation said before it was corrected: read by its own organisation alone, and gone with the text."""

    id = identifier()
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="versions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    act = models.OneToOneField(Act, models.CASCADE, related_name="before")
    replaced_at = models.DateTimeField(default=now)
    content = models.JSONField()
