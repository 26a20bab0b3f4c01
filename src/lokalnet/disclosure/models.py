"""Grounds, offers and copies.

An offer is the one row that giver and receiver both see. What is offered lies sealed under the offer's own key until
the receiver's own transaction makes a copy of it, under a key of the receiver's (engineering 3, 31); then it is gone
from the offer. A copy is a person of the receiver's, apart from everybody else that it holds: it expires as a whole.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lokalnet.access.models import Member, Organisation, Partnership, identifier
from lokalnet.foundation.times import now
from lokalnet.persons.models import Person


def _slugs() -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=40), default=list, blank=True)


class Regime(models.TextChoices):
    GDPR = "gdpr", _("The General Data Protection Regulation")
    LED = "led", _("The Law Enforcement Act")


def regime_of(organisation_kind: str) -> Regime:
    """Police work aimed at persons falls under the law-enforcement act, all others' under GDPR (domain 1.2)."""
    return Regime.LED if organisation_kind == Organisation.Kind.POLICE else Regime.GDPR


class GroundState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    IN_FORCE = "in-force", _("In force")
    DECLINED = "declined", _("Declined")
    SUPERSEDED = "superseded", _("Replaced")


class Ground(models.Model):
    """A version of a legal ground in a partnership: the law as data. Never overwritten."""

    id = identifier()
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    code = models.SlugField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=GroundState, default=GroundState.PROPOSED)
    paragraph = models.CharField(max_length=120)
    title_da = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    text_da = models.TextField()
    gives = _slugs()  # kinds of organisations
    receives = _slugs()
    purposes = _slugs()
    fields = _slugs()  # groups of fields that may be shared on it
    bars = _slugs()
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    regime = models.CharField(max_length=4, choices=Regime, blank=True)  # of the giver; empty: both
    source = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    verified = models.BooleanField(default=False)
    why = models.CharField(max_length=500, blank=True)  # why this version
    proposed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # empty: came with Lokalnet
    proposed_at = models.DateTimeField(default=now)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code", "version"], name="ground_version_once"),
            models.UniqueConstraint(fields=["partnership", "code"], condition=Q(state="in-force"),
                                    name="ground_in_force_once"),
            models.CheckConstraint(condition=~Q(proposed_by=models.F("decided_by")) | Q(proposed_by__isnull=True),
                                   name="ground_needs_four_eyes"),
            models.CheckConstraint(condition=Q(age_to__isnull=True) | Q(age_from__isnull=True)
                                   | Q(age_to__gte=models.F("age_from")), name="ground_ages_forward"),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                                   name="ground_period_forward"),
        ]


class Confirmation(models.Model):
    """In writing, by a data protection officer of the partnership: this unverified version may be used."""

    id = identifier()
    ground = models.ForeignKey(Ground, models.PROTECT, related_name="confirmations")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    words = models.CharField(max_length=1000)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ground", "organisation"], name="ground_confirmed_once")]


class OfferState(models.TextChoices):
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Taken")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back before it was taken")
    EXPIRED = "expired", _("Expired")
    RECALLED = "recalled", _("Taken back")
    TOLD = "told", _("Told in words")  # given orally: noted, and no copy is made


class Informed(models.TextChoices):
    YES = "yes", _("The young person or parents were informed")
    NO = "no", _("They were not informed")


class Answer(models.TextChoices):
    """What the receiver says to a recall (engineering 26)."""

    DELETED = "deleted", _("The copy is deleted")
    KEPT = "kept", _("Kept on a ground of our own")


class Offer(models.Model):
    """Something offered from one organisation to another. `snapshot` is what was chosen, until it is taken or gone;
    `sealed` the words: necessity, who was informed or why not, and later the reasons. Both under the offer's key.
    """

    id = identifier()
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    giver_member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    ground = models.ForeignKey(Ground, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    stage = models.CharField(max_length=40)
    preset = models.CharField(max_length=40, blank=True)
    fields = _slugs()
    bars = _slugs()
    informed = models.CharField(max_length=3, choices=Informed)
    copy_until = models.DateField()
    state = models.CharField(max_length=9, choices=OfferState, default=OfferState.OFFERED)
    sealed = models.BinaryField()
    snapshot = models.BinaryField(null=True)
    offered_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    answer_sealed = models.BinaryField(null=True)  # why it was declined or taken back, in words
    recalled_at = models.DateTimeField(null=True)
    answer_due_on = models.DateField(null=True)  # when the receiver has to say what became of the copy
    recall_answer = models.CharField(max_length=7, choices=Answer, blank=True)
    recall_answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["receiver", "state"], name="offer_by_receiver"),
                   models.Index(fields=["giver", "-offered_at"], name="offer_by_giver")]
        constraints = [models.CheckConstraint(condition=~Q(giver=models.F("receiver")),
                                              name="offer_to_somebody_else")]


class OfferSource(models.Model):
    """Whom an offer is about: the giver's person and file, which the receiver never sees."""

    offer = models.OneToOneField(Offer, models.CASCADE, primary_key=True, related_name="+")
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        db_table = "disclosure_offer_source"
        indexes = [models.Index(fields=["person"], name="offer_source_by_person")]


class CopyState(models.TextChoices):
    OPEN = "open", _("Can be read")
    LOCKED = "locked", _("Locked, because the giver has taken it back")
    GONE = "gone", _("Gone")


class Copy(models.Model):
    """What the receiver took: its own data from then on, to be read only, and gone when it expires."""

    id = identifier()
    offer = models.OneToOneField(Offer, models.PROTECT, related_name="+")
    controller = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Member, models.PROTECT, related_name="+")
    regime = models.CharField(max_length=4, choices=Regime)
    bars = _slugs()
    state = models.CharField(max_length=6, choices=CopyState, default=CopyState.OPEN)
    made_at = models.DateTimeField(default=now)
    expires_on = models.DateField()
    kept_sealed = models.BinaryField(null=True)  # the ground on which it is kept after a recall, in words

    class Meta:
        indexes = [models.Index(fields=["holder", "state"], name="copy_by_holder")]


class CopyText(models.Model):
    """What the copy says, sealed under its person's key: read on a visit alone, and not while the copy is locked."""

    copy = models.OneToOneField(Copy, models.CASCADE, primary_key=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        db_table = "disclosure_copy_text"


class Withheld(models.Model):
    """That somebody decided not to share, and why: as much a decision as sharing."""

    id = identifier()
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=40, blank=True)
    sealed = models.BinaryField()
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="withheld_by_person")]
