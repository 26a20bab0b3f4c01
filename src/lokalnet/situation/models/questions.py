"""A question to a partner who never logs in, answered once through a link."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lokalnet.access.models import Member, Organisation, Partnership, identifier
from lokalnet.foundation.times import now
from lokalnet.situation.models.measures import Measure
from lokalnet.situation.models.observations import known

LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_LABEL = 500, 2000, 80


class AnswerKind(models.TextChoices):
    CONFIRM = "confirm", _("Yes or no")
    WORDS = "words", _("In words")
    BOTH = "both", _("Yes or no, and in words")


class Reply(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")


class AboutKind(models.TextChoices):
    MEASURE = "measure", _("Measure")


def in_some_days() -> datetime:
    days: int = settings.LOKALNET_QUESTIONS_OPEN_DAYS
    return now() + timedelta(days=days)


class Question(models.Model):
    """Of an organisation that is a party, or of a role such as a club's. Only the token's SHA-256 is kept.

    The answer is written by a function of the database (sql/questions.sql), because whoever answers is no member.
    """

    id = identifier()
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    about_kind = models.CharField(max_length=12, choices=AboutKind, default=AboutKind.MEASURE)
    measure = models.ForeignKey(Measure, models.CASCADE, null=True, db_constraint=False,
                                related_name="questions")
    asked_of = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    label = models.CharField(max_length=LONGEST_LABEL, blank=True)
    question = models.CharField(max_length=LONGEST_QUESTION)
    kind = models.CharField(max_length=8, choices=AnswerKind)
    joins = models.BooleanField(default=False)  # a yes means that the organisation takes part in the measure
    token_hash = models.BinaryField(unique=True)
    asked_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField(default=in_some_days)
    answered_at = models.DateTimeField(null=True)
    reply = models.CharField(max_length=3, choices=Reply, blank=True)
    words = models.CharField(max_length=LONGEST_ANSWER, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    noted_at = models.DateTimeField(null=True)  # whoever asked has read the answer

    class Meta:
        indexes = [models.Index(fields=["measure", "-asked_at"], name="question_by_measure"),
                   models.Index(fields=["asked_by", "-answered_at"], name="question_by_asker",
                                condition=Q(answered_at__isnull=False, noted_at__isnull=True))]
        constraints: ClassVar[list[Any]] = [
            known("about_kind", AboutKind, "question_about_known"), known("kind", AnswerKind, "question_kind_known"),
            models.CheckConstraint(condition=Q(reply__in=["", *Reply.values]), name="question_reply_known"),
            models.CheckConstraint(condition=Q(measure__isnull=False), name="question_about_something"),
            models.CheckConstraint(condition=Q(asked_of__isnull=True) ^ Q(label=""), name="question_of_one"),
            models.CheckConstraint(condition=~Q(question=""), name="question_says_something"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("asked_at")), name="question_open_for_a_while"),
            models.CheckConstraint(condition=Q(joins=False) | (Q(asked_of__isnull=False) & ~Q(kind="words")),
                                   name="question_joins_by_yes"),
            models.CheckConstraint(condition=Q(answered_at__isnull=True) | Q(withdrawn_at__isnull=True),
                                   name="question_answered_or_withdrawn"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=False) | Q(reply="", words="", noted_at__isnull=True),
                name="question_answer_has_time")]
