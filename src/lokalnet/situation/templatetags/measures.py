"""The list of measures, written by hand: a template takes five times as long for each row (`./run bench measures`)."""

from html import escape  # Django's own does the same, and takes three times as long
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lokalnet.situation.measures.telling import Card

register = template.Library()


@register.simple_tag
def measure_rows(cards: list[Card]) -> SafeString:
    """The measures as list items; every word that somebody wrote is escaped here."""
    nothing = UUID(int=0)
    address, conflict, unowned = reverse("measure", args=[nothing]), _("Conflict readiness"), _("without an owner")
    return SafeString("".join(
        _row(card, address.replace(str(nothing), str(card.id)), conflict, unowned) for card in cards))


def _row(card: Card, address: str, conflict: str, unowned: str) -> str:
    tags = f'<span class="tag state-{card.standing}">{escape(card.standing_name)}</span>'
    if card.conflict:
        tags += f' <span class="tag">{escape(conflict)}</span>'
    when = f"<strong>{escape(card.due)}</strong>" if card.overdue else escape(card.due)
    due = f' <span class="when">{when}</span>' if card.due else ""
    about = " · ".join(escape(words) for words in (card.where, card.who, unowned if card.unowned else card.owner)
                       if words)
    return (f'<li{" class=late" if card.overdue else ""}><h2><a href="{address}">{escape(card.title)}</a></h2>'
            f'<p class="measure-state">{tags}{due}</p><p class="quiet">{about}</p></li>\n')
