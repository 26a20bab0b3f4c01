"""What a party promised the others, and everything that was said about it since."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from lokalnet.access.models import Member, Organisation, Partnership, identifier
from lokalnet.foundation.times import now

LONGEST_TEXT, LONGEST_WHY = 500, 1000


class State(models.TextChoices):
    OPEN = "open", pgettext_lazy("commitment", "Open")
    KEPT = "kept", pgettext_lazy("commitment", "Kept")
    BROKEN = "broken", pgettext_lazy("commitment", "Not kept")
    CHANGED = "changed", pgettext_lazy("commitment", "Changed")


class Commitment(models.Model):
    """A promise as it stands now: its last version, copied here by the database (sql/commitments.sql)."""

    id = identifier()
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    party = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.CharField(max_length=LONGEST_TEXT)
    due_on = models.DateField()
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    why = models.CharField(max_length=LONGEST_WHY, blank=True)
    edition = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="commitment_state_known"),
            models.CheckConstraint(condition=~Q(text=""), name="commitment_says_something"),
            models.CheckConstraint(condition=Q(state="open") | ~Q(why=""), name="commitment_state_has_reason"),
        ]
        indexes = [models.Index(fields=["partnership", "party", "due_on"], name="commitment_by_party")]


class CommitmentVersion(models.Model):
    """One thing that was said about a commitment, in full: never changed, never taken away."""

    id = identifier()
    commitment = models.ForeignKey(Commitment, models.CASCADE, db_constraint=False, related_name="versions")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField()
    text = models.CharField(max_length=LONGEST_TEXT)
    due_on = models.DateField()
    state = models.CharField(max_length=7, choices=State)
    why = models.CharField(max_length=LONGEST_WHY, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        db_table = "partnership_commitment_version"
        constraints = [
            models.UniqueConstraint(fields=["commitment", "edition"], name="commitment_version_once")]
