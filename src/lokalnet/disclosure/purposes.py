"""The words that a disclosure is described with: for which cooperation, at which stage, who was told."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """Retsplejeloven § 115 names the first three. There is none for investigation, and none can be added as data."""

    SSP = "ssp", _("SSP: prevent crime together, school, social services and police")
    PSP = "psp", _("PSP: help vulnerable people, police, social services and psychiatry")
    KSP = "ksp", _("KSP: help after release, prison service, social services and police")
    MOVE = "move", _("The young person moves to another municipality")


class Stage(TextChoices):
    BEFORE = "before-meeting", _("Before a meeting")
    AT = "at-meeting", _("At a meeting, also by word of mouth")
    AFTER = "after-meeting", _("After a meeting")
    BETWEEN = "between-meetings", _("Between meetings")
    MOVING = "moving", _("When the young person moves")


class Told(TextChoices):
    """Who was told that it is shared."""

    YOUNG_PERSON = "young-person", _("The young person")
    PARENTS = "parents", _("The parents")


class Bar(TextChoices):
    INVESTIGATION = "investigation", _("Not for investigation of criminal cases")
