"""The parts of a briefing, in the order in which they are read and met about: what goes well stands first."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Item(TextChoices):
    SUMMARY = "summary", _("The week in short")
    GOOD = "good", _("What goes well")
    HAPPENED = "happened", _("What happened")
    NEW = "new", pgettext_lazy("of a week", "What is new")
    SILENT = "silent", _("Where nobody reported")
    UNDER_WAY = "under-way", _("Under way")
    OVERDUE = "overdue", pgettext_lazy("of a briefing", "Overdue")
    FOLLOWED = "followed", _("From last week")
