"""Tenancy (partnerships, parties, organisations), members and their keys, and the event log.

Tenancy lies here and not in `partnership`, because row policies need it (engineering 19).
"""

import uuid
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lokalnet.access.rights import Role
from lokalnet.foundation.times import now
from lokalnet.places.models import Area


def identifier() -> "models.UUIDField[Any, Any]":
    """Random and made here, so that an insert needs no RETURNING and no id tells an order or a time."""
    return models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None) -> "User":
        user = self.model(email=self.normalize_email(email).lower())
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who can log in. What they may do stands in their memberships, not here."""

    id = identifier()
    email = models.EmailField(_("E-mail"), unique=True)
    language = models.CharField(max_length=5, default="da")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    is_staff = False
    is_superuser = False

    def __str__(self) -> str:
        return self.email


class Organisation(models.Model):
    class Kind(models.TextChoices):
        POLICE = "police", _("Police")
        MUNICIPALITY = "municipality", _("Municipality")
        HOUSING = "housing", _("Housing association")
        ASSOCIATION = "association", _("Association")
        INSTITUTION = "institution", _("Self-governing institution")
        PSYCHIATRY = "psychiatry", _("Psychiatry")
        PRISON_SERVICE = "prison-service", _("Prison and probation service")

    id = identifier()
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    cvr = models.CharField(max_length=8, blank=True)
    # "The source on the screen is the municipality, never the club": whom others see as the sender.
    shown_as = models.CharField(max_length=120)

    class Meta:
        constraints = [models.CheckConstraint(
            condition=Q(kind__in=["police", "municipality", "housing", "association", "institution", "psychiatry",
                                  "prison-service"]),
            name="organisation_kind_known")]

    def __str__(self) -> str:
        return self.name


class Partnership(models.Model):
    """An agreement between organisations for a period and a purpose, with the area that it is about."""

    id = identifier()
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    projection = models.PositiveIntegerField(default=25832)
    timezone = models.CharField(max_length=40, default="Europe/Copenhagen")
    # A partnership for training: of the same parties, apart in everything, and gone some days after it ends.
    exercise_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="exercises")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                                   name="partnership_period_forward"),
            models.CheckConstraint(condition=Q(west__lt=models.F("east"), south__lt=models.F("north")),
                                   name="partnership_bounds_forward"),
        ]

    def __str__(self) -> str:
        return self.name


class Party(models.Model):
    """An organisation's part in a partnership, for a period."""

    id = identifier()
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="parties")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "organisation"], name="party_once"),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                                   name="party_period_forward"),
        ]


class Member(models.Model):
    """Somebody, or a system, that works for one organisation. `user` is empty for a system (an API key)."""

    id = identifier()
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="members")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="members")
    name = models.CharField(_("Name"), max_length=120)
    title = models.CharField(_("Title"), max_length=120, blank=True)
    roles = ArrayField(models.CharField(max_length=40, choices=Role))
    areas = models.ManyToManyField(Area, blank=True, db_table="access_member_area")
    stand_in = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="stands_in_for")
    joined_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], condition=Q(ended_at__isnull=True),
                                    name="member_once_per_organisation"),
            models.CheckConstraint(condition=Q(roles__contained_by=list(Role.values)), name="member_roles_known"),
            models.CheckConstraint(condition=~Q(stand_in=models.F("id")), name="member_is_not_own_stand_in"),
        ]

    def __str__(self) -> str:
        return self.name


def _in_two_weeks() -> Any:
    return now() + timedelta(days=14)


class Invitation(models.Model):
    """A promise of membership, open until it is accepted, withdrawn or two weeks old. Only the token's hash is kept."""

    id = identifier()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=120)
    roles = ArrayField(models.CharField(max_length=40, choices=Role))
    token_hash = models.BinaryField(unique=True)
    invited_by = models.ForeignKey(Member, models.PROTECT, related_name="invited")
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField(default=_in_two_weeks)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)


class Key(models.Model):
    """An organisation's key to the API. Found by its SHA-256, so that the look-up is cheap (engineering 6)."""

    id = identifier()
    member = models.OneToOneField(Member, models.PROTECT, related_name="key")
    responsible = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="keys")
    label = models.CharField(max_length=120)
    hash = models.BinaryField(unique=True)
    scopes = ArrayField(models.CharField(max_length=40))
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)


def _in_ninety_days() -> Any:
    return now() + timedelta(days=90)


class Device(models.Model):
    """A phone that a member paired: it signs what it sends with a key that never leaves it, and needs no log-in.

    `public_key` is the point on P-256 that its signatures are checked against. It is gone while the member is logged
    out on the phone, and comes anew with the same member's next log-in there.
    """

    id = identifier()
    member = models.ForeignKey(Member, models.CASCADE, related_name="devices")
    label = models.CharField(_("Name of the device"), max_length=60)
    public_key = models.BinaryField(null=True)
    paired_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField(default=_in_ninety_days)
    seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class RoleRight(models.Model):
    """`rights.py`, as the database reads it. Written by migration, never by hand."""

    role = models.CharField(max_length=40)
    organisation_kind = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    fields = models.CharField(max_length=40)

    class Meta:
        db_table = "access_role_right"
        constraints = [models.UniqueConstraint(fields=["role", "organisation_kind", "purpose", "fields"],
                                               name="role_right_once")]


class ScopeField(models.Model):
    """Which groups of fields a scope of an API key opens, as the database reads it."""

    scope = models.CharField(max_length=40)
    fields = models.CharField(max_length=40)

    class Meta:
        db_table = "access_scope_field"
        constraints = [models.UniqueConstraint(fields=["scope", "fields"], name="scope_field_once")]


class Event(models.Model):
    """One act: who, when, what, why. Append-only; `xid` (added in SQL) says in which transaction."""

    id = identifier()
    at = models.DateTimeField()
    member = models.ForeignKey(Member, models.DO_NOTHING, null=True, db_constraint=False)
    organisation = models.ForeignKey(Organisation, models.DO_NOTHING, null=True, db_constraint=False)
    kind = models.CharField(max_length=60)
    purpose = models.CharField(max_length=40, blank=True)
    because = models.CharField(max_length=200, blank=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    salt = models.BinaryField()
    digest = models.BinaryField()
    mac = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["member", "-at"], name="event_by_member"),
            models.Index(fields=["organisation", "-at"], name="event_by_organisation"),
        ]


class Seal(models.Model):
    """One link of the chain over events: `chain` is an HMAC over the link before and this entry's digest."""

    number = models.BigIntegerField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    digest = models.BinaryField()
    chain = models.BinaryField()


class SealedBatch(models.Model):
    """A run of the sealer: all entries of transactions below `below` are in the chain up to `last_number`."""

    last_number = models.BigIntegerField(primary_key=True)
    below = models.DecimalField(max_digits=20, decimal_places=0)
    sealed_at = models.DateTimeField(default=now)

    class Meta:
        db_table = "access_sealed_batch"


class Prune(models.Model):
    """A signed statement that entries up to a number were removed by the rule on how long the log is kept."""

    up_to = models.BigIntegerField(primary_key=True)
    pruned_at = models.DateTimeField()
    mac = models.BinaryField()
