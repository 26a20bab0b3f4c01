"""What is kept beside observations so that nothing counts twice and nobody misses news."""

import uuid

from django.db import models
from django.db.models import Q

from lokalnet.access.models import Member, Organisation, Partnership
from lokalnet.foundation.times import now


class Receipt(models.Model):
    """That a member's report with this key was received: a retry changes nothing, another body is refused."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    body_hash = models.BinaryField(null=True)  # gone with a removed text: it could be guessed from it
    observation_id = models.UUIDField()
    received_at = models.DateTimeField(default=now)
    written_at = models.DateTimeField(null=True)  # by the clock of the device that it was written on
    device_id = models.UUIDField(null=True)  # the paired phone that sent it

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
    """News of the picture, numbered after commit (sql/live.sql). Ids only.

    A batch of an import is one change without an observation: its new reports are those that its organisation told of
    at `reported_at`. One that was widened was seen by those of `visibility_before` already.
    """

    class Kind(models.TextChoices):
        REPORTED = "reported"
        IMPORTED = "imported"
        CHANGED = "changed"
        WIDENED = "widened"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.BigIntegerField(null=True, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    partnership_id = models.UUIDField()
    organisation_id = models.UUIDField()
    observation_id = models.UUIDField(null=True)
    reported_at = models.DateTimeField(null=True)
    visibility_before = models.CharField(max_length=20, null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(number__isnull=True), name="change_unnumbered")]


class QuietWeek(models.Model):
    """Somebody was out and had nothing to report: it tells silence from nothing. `week` is its Monday."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    week = models.DateField()
    said_at = models.DateTimeField(default=now)

    class Meta:
        db_table = "situation_quiet_week"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "member", "week"], name="quiet_week_once"),
            models.CheckConstraint(condition=Q(week__iso_week_day=1), name="quiet_week_is_a_monday")]
