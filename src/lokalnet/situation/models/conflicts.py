"""Conflict readiness: whom to ring in which order, what is known, what is said, and the day's review.

A conflict is a measure (`models/measures.py`) of the kind "conflict"; these are the tables around it. All that is
written during a conflict is append-only: a change is a new row that names the one it replaces, and two who change at
once meet in a unique constraint and not in each other's words (sql/conflicts.sql holds who may write what).
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lokalnet.access.models import Member, Organisation, Partnership, identifier
from lokalnet.foundation.times import now
from lokalnet.situation.models.measures import Measure
from lokalnet.situation.models.observations import Standing, known

LONGEST_FUNCTION, LONGEST_WORDS = 80, 2000


class CallOutcome(models.TextChoices):
    REACHED = "reached", _("Reached")
    NOT_REACHED = "not-reached", _("Not reached")
    SKIPPED = "skipped", _("Is not to be rung")


class MessageAudience(models.TextChoices):
    SCHOOLS = "schools", _("Schools and after-school care")
    RESIDENTS = "residents", _("Residents")
    CLUBS = "clubs", _("Clubs and associations")
    PRESS = "press", _("The press")
    STAFF = "staff", _("Our own staff")


class ReviewChoice(models.TextChoices):
    HOLD = "hold", _("We hold on as we are")
    SCALE_DOWN = "scale-down", _("We scale down")
    STAND_DOWN = "stand-down", _("We propose to stand down")


class TreeRow(models.Model):
    """Somebody on duty who is rung, and by whom. Without a measure it belongs to the partnership's template.

    Opening a conflict copies the template; the copy's telephones go 30 days after it is over. `parent` rings this one.
    """

    id = identifier()
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    measure = models.ForeignKey(Measure, models.CASCADE, null=True, db_constraint=False, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    position = models.PositiveSmallIntegerField(_("Position"), default=1)
    function = models.CharField(_("Duty"), max_length=LONGEST_FUNCTION)
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    edition = models.PositiveSmallIntegerField(default=1)
    changed_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=now)

    class Meta:
        db_table = "situation_tree_row"
        constraints = [
            models.UniqueConstraint(fields=["id", "measure"], name="tree_row_of_measure"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="tree_row_rung_by_another"),
            models.CheckConstraint(condition=Q(measure__isnull=False) | ~Q(phone=""), name="tree_template_can_be_rung"),
        ]


class Written(models.Model):
    """One row of a conflict: by whom and when. Nobody changes it afterwards."""

    id = identifier()
    measure = models.ForeignKey(Measure, models.CASCADE, db_constraint=False, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        abstract = True


class TreeCall(Written):
    """Somebody rang, and this came of it. The newest counts."""

    row = models.ForeignKey(TreeRow, models.DO_NOTHING, db_constraint=False, related_name="calls")
    outcome = models.CharField(max_length=12, choices=CallOutcome)

    class Meta:
        db_table = "situation_tree_call"
        indexes = [models.Index(fields=["measure", "at"], name="tree_call_by_time")]
        constraints = [known("outcome", CallOutcome, "tree_call_outcome_known")]


class LogEntry(Written):
    """What is known or said, in words. Unconfirmed until somebody else confirms it or anybody refutes it."""

    words = models.TextField(max_length=LONGEST_WORDS)

    class Meta:
        db_table = "situation_conflict_entry"
        indexes = [models.Index(fields=["measure", "at"], name="conflict_entry_by_time")]
        constraints = [models.UniqueConstraint(fields=["id", "measure"], name="conflict_entry_of_measure"),
                       models.CheckConstraint(condition=~Q(words=""), name="conflict_entry_says_something")]


class LogStanding(Written):
    """What an entry is held to be from now on, and why. `after` is the row that it replaces; none for the first."""

    entry = models.ForeignKey(LogEntry, models.DO_NOTHING, db_constraint=False, related_name="standings")
    after = models.ForeignKey("self", models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    standing = models.CharField(max_length=12, choices=Standing)
    reason = models.TextField(max_length=LONGEST_WORDS)

    class Meta:
        db_table = "situation_conflict_standing"
        indexes = [models.Index(fields=["measure", "at"], name="conflict_standing_by_time")]
        constraints = [
            known("standing", Standing, "conflict_standing_known"),
            models.UniqueConstraint(fields=["entry", "after"], nulls_distinct=False, name="conflict_standing_chain"),
            models.CheckConstraint(condition=~Q(reason=""), name="conflict_standing_has_reason")]


class Message(Written):
    """What is said to one kind of audience. Its words stand in its editions."""

    audience = models.CharField(max_length=12, choices=MessageAudience)

    class Meta:
        db_table = "situation_conflict_message"
        constraints = [known("audience", MessageAudience, "conflict_message_audience_known"),
                       models.UniqueConstraint(fields=["id", "measure"], name="conflict_message_of_measure")]


class MessageEdition(Written):
    """The words of a message from now on, and the entry of the log that they build on, if any."""

    message = models.ForeignKey(Message, models.DO_NOTHING, db_constraint=False, related_name="editions")
    number = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=LONGEST_WORDS)
    builds_on = models.ForeignKey(LogEntry, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")

    class Meta:
        db_table = "situation_conflict_edition"
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="conflict_edition_once"),
                       models.UniqueConstraint(fields=["id", "measure"], name="conflict_edition_of_measure"),
                       models.CheckConstraint(condition=~Q(words=""), name="conflict_edition_says_something")]


class MessageAgreement(Written):
    """An organisation agrees to exactly this edition."""

    edition = models.ForeignKey(MessageEdition, models.DO_NOTHING, db_constraint=False, related_name="agreements")

    class Meta:
        db_table = "situation_conflict_agreement"
        constraints = [models.UniqueConstraint(fields=["edition", "organisation"], name="conflict_agreement_once")]


class MessageWithdrawal(Written):
    """The message is not to be used any more, and why."""

    message = models.ForeignKey(Message, models.DO_NOTHING, db_constraint=False, related_name="withdrawals")
    reason = models.TextField(max_length=LONGEST_WORDS)

    class Meta:
        db_table = "situation_conflict_withdrawal"
        constraints = [models.UniqueConstraint(fields=["message"], name="conflict_withdrawal_once"),
                       models.CheckConstraint(condition=~Q(reason=""), name="conflict_withdrawal_has_reason")]


class Review(Written):
    """The review of one day: what is changed, do we go on, who does what until tomorrow."""

    day = models.DateField()
    changed = models.TextField(max_length=LONGEST_WORDS)
    choice = models.CharField(max_length=12, choices=ReviewChoice)
    who = models.TextField(max_length=LONGEST_WORDS, blank=True)

    class Meta:
        db_table = "situation_conflict_review"
        constraints = [known("choice", ReviewChoice, "conflict_review_choice_known"),
                       models.UniqueConstraint(fields=["measure", "day"], name="conflict_review_once_a_day"),
                       models.CheckConstraint(condition=~Q(changed=""), name="conflict_review_says_something")]
