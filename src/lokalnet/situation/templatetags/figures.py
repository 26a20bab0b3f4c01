"""Figures in the reader's own way of writing them."""

from collections.abc import Sequence
from datetime import date

from django import template
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.analysis.rates import Rate
from lokalnet.foundation.pdf import Table
from lokalnet.situation.areas import trend
from lokalnet.situation.areas.figures import Row

register = template.Library()


@register.filter
def short(value: float) -> str:
    """At most one decimal."""
    return trend.number(value)


@register.filter
def grouped(value: int) -> str:
    """Thousands apart, as one reads them: 49.000."""
    return f"{value:,}".replace(",", pgettext("between thousands", ","))


@register.simple_tag
def week_name(monday: date) -> str:
    """«uge 21 (18. maj)»: a number says little without a day."""
    return _("week %(number)s (%(day)s)") % {
        "number": monday.isocalendar().week, "day": date_format(monday, pgettext("date pattern", "j M"))}


@register.simple_tag
def week_short(monday: date) -> str:
    """«21 (18. maj)», where the column says that it is a week."""
    day = date_format(monday, pgettext("date pattern", "j M"))
    return f"{monday.isocalendar().week} ({day})"


@register.simple_tag
def rate(found: Rate | None) -> SafeString:
    """The rate with its interval, or that there is too little for one."""
    if found is None:
        return format_html('<span class="quiet">{}</span>', _("too few to say"))
    decimals = 1 if found.rate >= 1 else 2
    return format_html('<span class="per-thousand">{} <span class="quiet">({}–{})</span></span>', *(
        # Rounded first: Django's own would cut the rest off.
        number_format(round(value, decimals), decimals) for value in (found.rate, found.low, found.high)))


@register.simple_tag
def cell(number: int | None) -> SafeString:
    """A published number; never 0, which nobody can tell from one to four here."""
    return SafeString(number) if number is not None else format_html('<span class="quiet">{}</span>', _("too few"))


@register.simple_tag
def nth(names: Sequence[str], at: int) -> str:
    return names[at]


@register.simple_tag
def sources(rows: Sequence[Row]) -> str:
    """Where the numbers of residents are from, each once."""
    return "; ".join(sorted({row.source for row in rows if row.source})) or _("none yet")


@register.inclusion_tag("situation/numbers.html")
def numbers(table: Table, *, kind: str = "") -> dict[str, object]:
    """A table as a PDF has it, with numbers to the right. `kind` is "summed" where its last row is the sum."""
    rows = [list(zip(row, table.numeric, strict=True)) for row in table.rows]
    return {"caption": table.caption, "head": list(zip(table.head, table.numeric, strict=True)), "rows": rows,
            "kind": kind}
