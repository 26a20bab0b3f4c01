"""Files that come and go: exports to fetch, and files that a browser brings to be imported.

They lie in the database, because a disk has no row policies (engineering 18), and for days, not for ever.
"""

from datetime import timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from lokalnet.access.models import Member, Organisation, Partnership, identifier
from lokalnet.foundation.times import now

KEPT = timedelta(days=7)


def _kept_until() -> Any:
    return now() + KEPT


class Export(models.Model):
    """A file that a job makes with its member's rights. Only that member sees it; a removed text takes it along."""

    class Format(models.TextChoices):
        GEOJSON = "geojson", "GeoJSON"
        CSV = "csv", "CSV"
        XLSX = "xlsx", _("Excel (XLSX)")

    class Scope(models.TextChoices):
        PICTURE = "picture", _("What the overview shows")
        OWN = "own", _("The own organisation's reports")
        DOCUMENTS = "documents", _("For a request for access to documents")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Could not be made")
        REMOVED = "removed", _("Removed: a text in it was removed")

    id = identifier()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    format = models.CharField(max_length=10, choices=Format)
    scope = models.CharField(max_length=10, choices=Scope)
    language = models.CharField(max_length=5, default="da")
    asked = models.JSONField(default=dict)  # the filters, or the period and the marks of a documents request
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    rows = models.PositiveIntegerField(null=True)
    observation_ids = ArrayField(models.UUIDField(), default=list)
    file = models.BinaryField(null=True)
    asked_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(default=_kept_until)


class Upload(models.Model):
    """A file brought by a browser, looked at first and then imported by a job. The file goes when that is done."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("To be looked at")
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Being imported")
        DONE = "done", _("Imported")
        FAILED = "failed", _("Could not be imported")
        GIVEN_UP = "given-up", _("Given up")

    id = identifier()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    profile = models.CharField(max_length=40)
    file = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEW)
    totals = models.JSONField(default=dict)  # read, stored, updated, unchanged, rejected by reason, of how many rows
    problems = models.JSONField(default=list)  # [line, reason, rule]: never what stands in the row
    asked_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(default=_kept_until)
