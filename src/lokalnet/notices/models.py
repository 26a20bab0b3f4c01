"""Who is told of what, when, and by which mail. Nothing here says what it is about: a kind and an opaque id.

Each member sees and changes the own rows alone; telling somebody else is the function `notices_tell` (sql/notices.sql).
"""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from lokalnet.access.models import Member, Partnership, identifier
from lokalnet.foundation.times import now


class Pace(models.TextChoices):
    AT_ONCE = "at-once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    BELL = "bell", _("No mail, only in Lokalnet")


class State(models.TextChoices):
    """How far a mail has come. What is handed may have arrived, and is therefore never sent again."""

    WAITING = "waiting"
    HANDED = "handed"
    SENT = "sent"
    REFUSED = "refused"  # by the mail server, for good
    UNCERTAIN = "uncertain"  # handed, and nobody knows what became of it
    EMPTY = "empty"  # nothing was left to tell


class Preferences(models.Model):
    """How one member wants to be told. There is a row once something was changed; until then these defaults hold."""

    member = models.OneToOneField(Member, models.PROTECT, primary_key=True, related_name="+")
    mail = models.BooleanField(default=True, db_default=True)
    quiet_from = models.PositiveSmallIntegerField(default=20, db_default=20)
    quiet_until = models.PositiveSmallIntegerField(default=7, db_default=7)
    quiet_weekends = models.BooleanField(default=False, db_default=False)
    hour = models.PositiveSmallIntegerField(default=7, db_default=7)
    most_a_day = models.PositiveSmallIntegerField(default=6, db_default=6)
    pace = models.CharField(max_length=7, choices=Pace, default=Pace.AT_ONCE, db_default=Pace.AT_ONCE)
    away_from = models.DateField(null=True)
    away_until = models.DateField(null=True)
    stopped_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quiet_from__lt=24, quiet_until__lt=24, hour__lt=24),
                                   name="notices_hours_of_a_day"),
            models.CheckConstraint(condition=Q(most_a_day__gte=1, most_a_day__lte=24), name="notices_most_sensible"),
            models.CheckConstraint(condition=Q(pace__in=Pace.values), name="notices_own_pace_known"),
            models.CheckConstraint(condition=Q(away_from__isnull=True, away_until__isnull=True) | Q(
                away_from__isnull=False, away_until__isnull=False, away_from__lte=F("away_until")),
                name="notices_away_forward"),
        ]

    @property
    def wants_mail(self) -> bool:
        return self.mail and self.stopped_at is None

    def away_on(self, day: date) -> bool:
        return self.away_from is not None and self.away_until is not None and self.away_from <= day <= self.away_until


class Message(models.Model):
    """One mail to one member. Its words are made when it goes and are kept nowhere."""

    id = identifier()
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    pace = models.CharField(max_length=7, choices=Pace, default=Pace.AT_ONCE)  # the quickest of what it tells
    due_at = models.DateTimeField(default=now)
    made_at = models.DateTimeField(default=now)
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(default=now)
    handed_at = models.DateTimeField(null=True)  # to the server, whatever it said
    sent_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)  # when the member looked at the list it leads to
    trouble = models.CharField(max_length=40, blank=True)  # a code; never an address or content

    class Meta:
        indexes = [
            models.Index(fields=["member", "-handed_at"], name="message_by_member"),
            models.Index(fields=["next_try_at"], condition=Q(state__in=["waiting", "handed"]), name="message_open"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="message_state_known"),
            models.CheckConstraint(condition=Q(pace__in=["at-once", "daily", "weekly"]), name="message_pace_known"),
            models.CheckConstraint(condition=~Q(state__in=["handed", "sent", "refused", "uncertain"])
                                   | Q(handed_at__isnull=False), name="message_handed_some_time"),
            models.UniqueConstraint(fields=["member"], condition=Q(state="waiting"), name="message_waits_once"),
        ]


class Notice(models.Model):
    """That something happened to a thing, for one member: however often it happens, one row until it is opened.

    `happened` counts the tellings, `told` is up to which of them a mail has gone, and `waits_since` is when the first
    one came that no mail has told of. `hidden_at` is set where the reader may not, or need not, see it any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # the one who is away
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    since = models.BigIntegerField(null=True)  # where it begins, as the capability counts
    pace = models.CharField(max_length=7, blank=True, choices=Pace)  # empty: as the member wants it for own measures
    happened = models.PositiveIntegerField(default=1, db_default=1)
    told = models.PositiveIntegerField(default=0, db_default=0)
    made_at = models.DateTimeField(default=now, db_default=Now())
    changed_at = models.DateTimeField(default=now, db_default=Now())
    waits_since = models.DateTimeField(default=now, db_default=Now())
    opened_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    # The constraint stands in sql/notices.sql: a mail goes with its age and leaves the notice.
    message = models.ForeignKey(Message, models.DO_NOTHING, null=True, db_constraint=False, related_name="notices")

    class Meta:
        indexes = [
            models.Index(fields=["member"], condition=Q(opened_at__isnull=True, hidden_at__isnull=True),
                         name="notice_in_bell"),
            models.Index(fields=["member", "-opened_at"], name="notice_by_member"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(pace__in=["", *Pace.values]), name="notice_pace_known"),
            models.CheckConstraint(condition=Q(told__lte=F("happened")), name="notice_told_of_what_happened"),
            models.UniqueConstraint(fields=["member", "on_behalf_of", "kind", "subject"],
                                    condition=Q(opened_at__isnull=True), nulls_distinct=False,
                                    name="notice_once_until_opened"),
        ]
