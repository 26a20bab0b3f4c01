"""Persons, who may know them, and the visits.

A *person* is somebody whose data one organisation holds: the controller. Two organisations that know the same youth
hold two persons, with nothing between them (there is no shared register). Whatever says who it is lies in `sealed`,
under a key that is not in this database (`keys.py`); plain columns hold ids, times and slugs.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lokalnet.access.models import Member, Organisation, identifier
from lokalnet.foundation.times import now


class Person(models.Model):
    """Somebody whose data the controller holds. `sealed` holds the identity."""

    id = identifier()
    controller = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    edition = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=now)


class Lookup(models.Model):
    """How the controller finds a person again. The digest's key lies outside the database (engineering 32).

    Left out of backups and made anew after a restore.
    """

    class Kind(models.TextChoices):
        CPR = "cpr", _("Civil registration number")
        NAME = "name", _("Name and date of birth")

    id = identifier()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    controller = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=Kind)
    digest = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["controller", "kind", "digest"], name="lookup_by_digest")]
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="lookup_once")]


class Because(models.TextChoices):
    """By what a member may know a person. Each also needs its right, as of now (sql/persons.sql)."""

    TRIAGE = "triage", _("A worry that is being clarified")
    ASSIGNED = "assigned", _("Works on the file")
    OVERRIDE = "override", _("Emergency access")
    COPY = "copy", _("Took the copy")


class Access(models.Model):
    """That somebody may know the person: a member, or with `triage` whoever clarifies worries in the organisation.

    Made and ended by functions of the database alone.
    """

    id = identifier()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    controller = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=8, choices=Because)
    since = models.DateTimeField(default=now)
    until = models.DateTimeField(null=True)
    given_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["member", "until"], name="access_by_member"),
                   models.Index(fields=["person"], name="access_by_person"),
                   models.Index(fields=["controller"], condition=Q(member__isnull=True), name="access_by_circle")]
        constraints = [
            models.CheckConstraint(condition=Q(because="triage", member__isnull=True)
                                   | Q(~Q(because="triage"), member__isnull=False), name="access_member_or_circle"),
            models.CheckConstraint(condition=~Q(because="override") | Q(until__isnull=False),
                                   name="access_override_ends"),
        ]


class Visit(models.Model):
    """A member's stay with a person's data, for one purpose: without one nothing can be read."""

    id = identifier()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    controller = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    because = ArrayField(models.CharField(max_length=8, choices=Because))
    entered_at = models.DateTimeField(default=now)
    ends_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    wrong = models.BooleanField(default=False)  # entered by mistake and left within ten minutes: no alarm

    class Meta:
        indexes = [models.Index(fields=["member", "-ends_at"], name="visit_by_member"),
                   models.Index(fields=["person", "-entered_at"], name="visit_by_person"),
                   models.Index(fields=["controller", "-entered_at"], name="visit_by_controller")]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=models.F("entered_at")),
                                              name="visit_ends_after_it_began")]


class Override(models.Model):
    """Emergency access inside the own organisation: why, and until when. Shares its id with its `Access`."""

    id = identifier()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    controller = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    sealed = models.BinaryField()  # the reason, in words
    opened_at = models.DateTimeField(default=now)
    ends_at = models.DateTimeField()
    wrong = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["controller", "-opened_at"], name="override_by_controller")]
