"""Saved views: a member's filters under a name."""

from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from lokalnet.situation import acting
from lokalnet.situation.models import SavedView
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport

MOST = 20
LONGEST_NAME, LONGEST_QUERY = 60, 600
KEPT = ("area", "category", "days", "organisation", "severity", "standing", "since", "until", "q")


def of(frame: Frame) -> QuerySet[SavedView]:
    return SavedView.objects.filter(member_id=frame.actor.member_id, partnership=frame.partnership).order_by("name")


def save(frame: Frame, name: str, query: str) -> None:
    """Keep the filters of an address under a name; the same name again replaces them. Raises BadReport."""
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise BadReport("name", _("Give the view a name of at most %(number)s characters.") % {"number": LONGEST_NAME})
    said = QueryDict(query)
    for words in (name, said.get("q", "")):
        acting.check_words(frame, words, field="name")
    kept = urlencode([(field, said[field]) for field in KEPT if said.get(field)])
    if len(kept) > LONGEST_QUERY:
        raise BadReport("name", _("These filters are too long to be saved."))
    if of(frame).filter(name=name).update(query=kept):
        return
    if of(frame).count() >= MOST:
        raise BadReport("name", _("You have %(number)s saved views. Remove one first.") % {"number": MOST})
    SavedView(member_id=frame.actor.member_id, partnership=frame.partnership, name=name, query=kept).save(
        force_insert=True)


def remove(frame: Frame, view_id: UUID) -> None:
    """Raises Http404 for what is not one's own."""
    if not of(frame).filter(id=view_id).delete()[0]:
        raise Http404
