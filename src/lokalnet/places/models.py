"""Areas with an outline. They belong to nobody and hold no data about persons."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Area(models.Model):
    """A municipality, parish or neighbourhood. `outline` is WKB of a MultiPolygon in WGS 84 (longitude, latitude)."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Municipality")
        PARISH = "parish", _("Parish")
        NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood")

    # As every page lists them. By the alphabet, as the database sorts them; `Kind` itself goes from the largest down.
    KINDS_SHOWN = (Kind.MUNICIPALITY, Kind.NEIGHBOURHOOD, Kind.PARISH)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    outline = models.BinaryField()
    longitude = models.FloatField()
    latitude = models.FloatField()
    changed_at = models.DateTimeField(auto_now=True)
    residents = models.PositiveIntegerField(_("Residents"), null=True, blank=True)
    residents_source = models.CharField(_("Source and year"), max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="area_once_per_kind_and_code"),
            models.CheckConstraint(condition=models.Q(kind__in=["municipality", "parish", "neighbourhood"]),
                                   name="area_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name
