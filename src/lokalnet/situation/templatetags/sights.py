"""The list of observations, written by hand.

A template takes 45 µs for each card and this takes 6; a page has fifty of them (`./run bench page`).
"""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lokalnet.situation.showing import Card

register = template.Library()


@register.simple_tag
def card_rows(cards: list[Card]) -> SafeString:
    """The cards as list items; every word that somebody wrote is escaped here."""
    unconfirmed = escape(_("Unconfirmed"))
    within = escape(_("within 250 m"))
    coarse = f' · <span class="tag">{within}</span>'
    return SafeString("".join(_row(card, coarse if card.coarse else "", unconfirmed) for card in cards))


def _row(card: Card, coarse: str, unconfirmed: str) -> str:
    where = " · ".join(escape(part) for part in (card.where, card.source) if part)
    said = f'<span class="said">{escape(card.text)}</span>' if card.text else ""
    return (f'<li data-id="{card.id}"><a class="sight" href="{escape(card.url)}">{card.mark}'
            f'<span class="what"><span>{escape(card.name)}</span><span class="when">{escape(card.when)}</span></span>'
            f'<span class="where">{where}{coarse} · {unconfirmed}</span>{said}</a></li>\n')
