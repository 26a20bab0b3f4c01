"""The gate in words: what is a line of a copy, and what is an entry in the log."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LINES = {
    "name": _("Name"), "born": _("Born"), "cpr": _("CPR number"), "address": _("Address"), "phone": _("Telephone"),
    "contact": _("Contact"), "fact": _("Seen or told"), "strength": _("Goes well"), "agreement": _("Agreed"),
    "assessment": _("Assessment"), "own-view": _("Says"), "youth-says": _("The young person says"),
    "parents-say": _("The parents say"), "correction": _("Corrected"), "forum": _("Taken up in"),
}

EVENTS = {
    "disclosure.offered": _("Offered to share"), "disclosure.told": _("Noted what was shared in words"),
    "disclosure.refused": _("Was refused to share"), "disclosure.withheld": _("Decided not to share"),
    "disclosure.breach": _("Reported that something shared was misused"),
    "offers.read": _("Looked at what waits to be taken"), "offer.read": _("Opened an offer"),
    "offer.accepted": _("Took a copy"), "offer.declined": _("Declined an offer"),
    "offer.withdrawn": _("Took an offer back before it was taken"), "offer.recalled": _("Took back what was shared"),
    "recall.deleted": _("Deleted a copy that was taken back"), "recall.kept": _("Kept a copy that was taken back"),
    "copy.entered": _("Opened a copy"), "copy.read": _("Read a copy"), "copy.left": _("Left a copy"),
}

MENU = pgettext_lazy("menu", "Shared")
