"""An area's page, public figures, and whom to ring."""

from collections.abc import Iterator, Sequence

from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from lokalnet.foundation.pdf import Document, Table
from lokalnet.situation.areas import trend
from lokalnet.situation.areas.area_page import AreaPage
from lokalnet.situation.areas.figures import Figures
from lokalnet.situation.directory.directory import Listed
from lokalnet.situation.directory.watching import Watching
from lokalnet.situation.journals.observations import copied_by, table
from lokalnet.situation.journals.papers import paper
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.templatetags.figures import cell, rate, week_name


def of_area(frame: Frame, page: AreaPage) -> Document:
    """Reports that stand on the page are copied as a list's are: the police file none of others'."""
    good, left_out = copied_by(frame, page.good_sights)
    waiting, _left_out = copied_by(frame, page.open_sights)
    lists = (table(frame, good, _("What goes well")), table(frame, waiting, _("Not looked into yet")))
    per = _("per 1,000 residents (95 % interval)")
    lines = tuple((line.category.name, str(line.count), strip_tags(rate(line.rate))) for line in page.lines)
    weeks = tuple((week_name(week.monday), str(week.count), trend.number(week.usual.median) if week.usual else "–")
                  for week in page.season.weeks)
    facts = ((_("Partnership"), frame.partnership.name), (_("Area"), page.area.name),
             (_("Period"), f"{date_format(page.since, 'DATE_FORMAT')} – {date_format(page.until, 'DATE_FORMAT')}"),
             (_("Reports but for what goes well"), str(page.total)), (per, strip_tags(rate(page.rate))),
             (_("Residents"), str(page.area.residents or "–")))
    return paper(
        frame, _("Area: %(name)s") % {"name": page.area.name}, facts=facts,
        paragraphs=(f"{trend.verdict(page.season.level)}. {trend.explained(page.season)}",),
        tables=tuple(each for each in (
            _watches(page.watching), Table(_("By category"), (_("Category"), _("Reports"), per), lines),
            Table(_("Reports a week, and what is usual"), (_("Week"), _("Number"), _("Median")), weeks),
            *lists) if each.rows),
        notes=(*left_out, _("Reports are not crime: they are what somebody saw and told, most of them unconfirmed. "
                            "More reports can mean that more people tell. Refuted reports are not counted.")))


def of_figures(frame: Frame, found: Figures, quarters: Sequence[str], kind: str) -> Document:
    good = tuple((row.name, *(strip_tags(cell(number)) for number in row.good)) for row in found.rows)
    told = tuple((row.name, *(strip_tags(cell(number)) for number in row.told), strip_tags(rate(row.rate)))
                 for row in found.rows)
    per = _("per 1,000 residents, %(quarter)s (95 %% interval)") % {"quarter": quarters[0]}
    return paper(
        frame, _("Figures: %(name)s") % {"name": frame.partnership.name},
        tables=tuple(each for each in (Table(_("What goes well"), (kind, *quarters), good),
                                       Table(_("What else is told"), (kind, *quarters, per), told)) if each.rows),
        notes=(_("Reports whose sender chose \"counted in public figures\". Reports are not crime. \"Too few\" means "
                 "fewer than five, and perhaps none at all."),))


def of_directory(frame: Frame, organisations: Sequence[Listed], tonight: Sequence[Watching], area: str) -> Document:
    head = (_("Organisation"), _("Who answers"), _("Telephone"), _("When"), _("About what"), _("Area"))
    telephones = Table(_("Telephones"), head, tuple(_telephones(organisations)))
    return paper(
        frame, _("Who do I ring? %(name)s") % {"name": area or frame.partnership.name},
        tables=tuple(each for each in (_watches(tonight), telephones) if each.rows),
        notes=(_("In danger: 112. The police, when it is not urgent: 114."),))


def _telephones(organisations: Sequence[Listed]) -> Iterator[tuple[str, ...]]:
    for organisation in organisations:
        for each in organisation.telephones:
            yield organisation.name, each.name, each.phone, each.hours, each.about, each.area


def _watches(watches: Sequence[Watching]) -> Table:
    return Table(_("Who watches tonight"), (_("When"), _("Who"), _("Area"), _("Organisation"), _("Telephone")), tuple(
        (each.when, each.who, each.area, each.organisation, each.phone) for each in watches))
