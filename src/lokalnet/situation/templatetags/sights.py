"""The list of observations, written by hand.

A template takes 45 µs for each card and this takes 6; a page has fifty of them (`./run bench page`).
"""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from lokalnet.situation.showing import Card

register = template.Library()


@register.simple_tag
def card_rows(cards: list[Card]) -> SafeString:
    """The cards as list items; every word that somebody wrote is escaped here."""
    return SafeString("".join(f'<li data-id="{card.id}">{_face(card)}</li>\n' for card in cards))


def _face(card: Card) -> str:
    within = f' · <span class="tag">{escape(card.within)}</span>' if card.within else ""
    where = " · ".join(escape(part) for part in (card.where, card.source) if part)
    standing = f'<span class="standing {card.standing}">{escape(card.standing_name)}</span>'
    if card.reporters:
        standing += f' · <span class="reporters">{escape(card.reporters)}</span>'
    said = f'<span class="said">{escape(card.text)}</span>' if card.text else ""
    return (f'<a class="sight {card.standing}" href="{escape(card.url)}">{card.mark}'
            f'<span class="what"><span>{escape(card.name)}</span><span class="when">{escape(card.when)}</span></span>'
            f'<span class="where">{where}{within} · {standing}</span>{said}</a>')


@register.simple_tag
def card_face(card: Card) -> SafeString:
    """One card by itself, as the list has it, for pages that put something under it."""
    return SafeString(_face(card))
