"""What people keep beside the picture: views, telephones, who watches, words that are places, the texts to check."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lokalnet.access.models import Member, Organisation, Partnership, identifier
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.situation.models.measures import Measure


class SavedView(models.Model):
    """A member's filters under a name."""

    id = identifier()
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    name = models.CharField(_("Name"), max_length=60)
    query = models.CharField(max_length=600, blank=True)
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "partnership", "name"], name="saved_view_once")]


class Contact(models.Model):
    """Whom to ring: a telephone of an organisation, for the whole partnership or for one area. No private numbers."""

    id = identifier()
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("Who answers"), max_length=80)
    phone = models.CharField(_("Telephone"), max_length=20)
    hours = models.CharField(_("When"), max_length=80, blank=True)
    about = models.CharField(_("About what"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("Position"), default=1)


class Watch(models.Model):
    """Who is out between two times: an organisation's people in an area tonight, and how they are reached.

    Never where somebody stands: an area and hours, no point; and no name of anybody (`who` is a team, or empty).
    """

    id = identifier()
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField(_("From"))
    ends_at = models.DateTimeField(_("Until"))
    who = models.CharField(_("Who"), max_length=80, blank=True)
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    measure = models.ForeignKey(Measure, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="watch_forward")]


class KnownPlace(models.Model):
    """A word that the guard took for a name and somebody said is a place: a proposal until it is approved.

    The data protection officer approves it for everybody, or strikes it.
    """

    id = identifier()
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    word = models.CharField(max_length=60)
    said_at = models.DateTimeField(default=now)
    struck_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "situation_known_place"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "word"], name="known_place_once"),
            models.CheckConstraint(condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                                   | Q(approved_at__isnull=False, approved_by__isnull=False),
                                   name="known_place_approved_by_one")]


class Sample(models.Model):
    """One of the month's texts that the data protection officer checks: does somebody stand in it after all?"""

    class Verdict(models.TextChoices):
        FINE = "fine", _("Nobody can be recognised")
        SLIP = "slip", _("Somebody can be recognised")

    id = identifier()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    month = models.DateField()
    observation_id = models.UUIDField()
    verdict = models.CharField(max_length=5, choices=Verdict, blank=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "month", "observation_id"],
                                               name="sample_once")]
