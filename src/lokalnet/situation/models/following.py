"""What a member follows: told of in time, as often as they wish."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from lokalnet.access.models import Member, Partnership, identifier
from lokalnet.foundation.times import now
from lokalnet.notices.models import Pace
from lokalnet.situation.models.observations import Severity, known

LONGEST_NAME = 60


class Subscription(models.Model):
    """Where and what somebody wants to be told of. Empty `areas` without an `outline` is everywhere, empty `categories`
    all of them, no `severity` every one.

    `outline` is a ring of [longitude, latitude] that was drawn by oneself. `told_to` is the number of the change up to
    which it was matched (following/matching.py); `edition` goes up with each change, so that two who change at once
    notice each other.
    """

    id = identifier()
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    areas = ArrayField(models.UUIDField(), default=list)
    outline = models.JSONField(null=True)
    categories = ArrayField(models.UUIDField(), default=list)
    severity = models.PositiveSmallIntegerField(null=True, choices=Severity)
    pace = models.CharField(max_length=10, choices=Pace, default=Pace.DAILY)
    told_to = models.BigIntegerField()
    edition = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["told_to"], name="subscription_told_to")]
        constraints = [
            models.UniqueConstraint(fields=["member", "partnership", "name"], name="subscription_name_once"),
            known("pace", Pace, "subscription_pace_known"),
            models.CheckConstraint(condition=Q(severity__isnull=True) | Q(severity__in=Severity.values),
                                   name="subscription_severity_known"),
            models.CheckConstraint(condition=~Q(name=""), name="subscription_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
