"""What an organisation sees in an area in a quarter, a row for each sign; what stood there before is kept beside it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lokalnet.access.models import Member, Organisation, Partnership, identifier
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.situation.models.observations import known

LONGEST_WORDS = 2000


class Sign(models.TextChoices):
    """In the order of the screen: what goes well stands first."""

    STRENGTHS = "strengths", _("What goes well")
    RECRUITING = "recruiting", _("Recruiting")
    DEALING = "dealing", _("Dealing points")
    TERRITORY = "territory", _("Territorial threats")


class Seen(models.TextChoices):
    SEEN = "seen", _("Seen")
    NOT_SEEN = "not-seen", _("Not seen")
    CANNOT_SAY = "cannot-say", _("Cannot say")


class Source(models.TextChoices):
    """Where it comes from, by kind alone: a source that could be written out could be a person."""

    OWN = "own", _("Own observation")
    RESIDENTS = "residents", _("Residents")
    SCHOOL_OR_CLUB = "school-or-club", _("School or club")
    PARTNER = "partner", _("A partner")
    OTHER = "other", _("Something else")


class Certainty(models.TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class Words(models.Model):
    """What is said of a sign. Who can say nothing names no certainty; who can, does, and says where it comes from."""

    seen = models.CharField(max_length=10, choices=Seen)
    words = models.TextField(blank=True, max_length=LONGEST_WORDS)
    sources = ArrayField(models.CharField(max_length=20, choices=Source), default=list)
    certainty = models.CharField(max_length=6, choices=Certainty, blank=True)

    class Meta:
        abstract = True


class Assessment(Words):
    """The last words of an organisation about one sign. `quarter` is its first day.

    `edition` goes up with each writing of the organisation's page, so that two colleagues who write at once notice.
    There is no number that could be summed, and none is to be added.
    """

    id = identifier()
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    quarter = models.DateField()
    sign = models.CharField(max_length=12, choices=Sign)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "area", "quarter", "organisation", "sign"],
                                    name="assessment_once"),
            known("sign", Sign, "assessment_sign_known"),
            known("seen", Seen, "assessment_seen_known"),
            models.CheckConstraint(condition=Q(sources__contained_by=Source.values), name="assessment_sources_known"),
            models.CheckConstraint(condition=Q(quarter__day=1, quarter__month__in=[1, 4, 7, 10]),
                                   name="assessment_quarter_is_its_first_day"),
            models.CheckConstraint(
                condition=Q(seen=Seen.CANNOT_SAY, certainty="")
                | (~Q(seen=Seen.CANNOT_SAY) & Q(certainty__in=Certainty.values, sources__len__gt=0)),
                name="assessment_says_how_sure"),
        ]


class AssessmentVersion(Words):
    """What stood there before: written by a trigger, read by the own organisation, changed by nobody."""

    id = identifier()
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="versions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField()
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField(default=now)

    class Meta:
        db_table = "situation_assessment_version"
        constraints = [models.UniqueConstraint(fields=["assessment", "edition"], name="assessment_version_once")]
