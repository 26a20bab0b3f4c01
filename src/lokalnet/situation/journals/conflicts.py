"""A whole conflict as a reader's own organisation files it: every word comes from what its page shows this reader."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lokalnet.foundation.pdf import Document, Table
from lokalnet.situation.conflicts import opening
from lokalnet.situation.conflicts.page import Page
from lokalnet.situation.journals import observations
from lokalnet.situation.journals.papers import paper


def of_conflict(page: Page) -> Document:
    conflict = page.conflict
    copied, left_out = observations.copied_by(conflict.frame, page.sights)
    about = observations.table(conflict.frame, copied, _("Observations it is about"))
    return paper(
        conflict.frame, _("Conflict readiness: %(name)s") % {"name": conflict.measure.title},
        facts=tuple(_facts(page)), paragraphs=tuple(_paragraphs(page)),
        tables=tuple(each for each in (_log(page), _messages(page), _reviews(page), _tree(page), about,
                                   _steps(page))
                     if each.rows),
        notes=(*left_out, _("A message is to be used when it is agreed and neither withdrawn nor built on what is "
                            "refuted."),))


def _facts(page: Page) -> Iterator[tuple[str, str]]:
    conflict = page.conflict
    yield _("Partnership"), conflict.frame.partnership.name
    yield _("Standing"), conflict.state_name
    yield _("Areas"), ", ".join(conflict.places) or "–"
    yield _("Take part"), ", ".join(page.taking_part)
    if conflict.opened_on:
        yield _("Opened"), date_format(conflict.opened_on, "DATE_FORMAT")
    yield _("Last day"), date_format(conflict.measure.ends_on, "DATE_FORMAT")
    yield _("Reference"), str(conflict.id)


def _paragraphs(page: Page) -> Iterator[str]:
    conflict = page.conflict
    yield _("What was known when it was proposed: %(words)s") % {"words": conflict.measure.known}
    if reason := opening.reason_for_standing_down(conflict):
        yield _("Why it stood down: %(words)s") % {"words": reason}
    if conflict.measure.outcome:
        yield _("What came of it: %(words)s") % {"words": conflict.measure.outcome}


def _log(page: Page) -> Table:
    head = (_("When"), _("By whom"), _("What"), _("Standing"), _("How that is known"))
    return Table(_("Log"), head, tuple(
        (entry.when, entry.who, entry.words, entry.standing_name,
         "; ".join(f"{held.name}: {held.reason} ({held.who}, {held.when})" for held in entry.held))
        for entry in reversed(page.entries)))


def _messages(page: Page) -> Table:
    head = (_("For whom"), _("Standing"), _("Agreed by"), _("By whom"), _("Text"))
    return Table(_("Messages"), head, tuple(
        (message.audience_name, message.state_name, ", ".join(message.agreed_by), f"{message.who}, {message.when}",
         message.words) for message in page.messages))


def _reviews(page: Page) -> Table:
    head = (_("Day"), _("By whom"), _("What is changed"), _("Do we go on?"), _("Who does what"))
    return Table(_("Daily review"), head, tuple(
        (review.day, review.who, review.changed, review.choice_name, review.who_does)
        for review in reversed(page.reviews.held)))


def _tree(page: Page) -> Table:
    """Without telephones: they go from here after 30 days, and would stay in a file."""
    head = (_("Duty"), _("Organisation"), _("Rung by"), _("Result"), _("Last rung"))
    return Table(_("Contact tree"), head, tuple(
        (line.function, line.organisation, line.rung_by, line.outcome_name, line.last) for line in page.tree.lines))


def _steps(page: Page) -> Table:
    return Table(_("Decisions"), (_("When"), _("By whom"), _("What"), _("In words")), tuple(
        (each.when, each.who, each.what, each.note) for each in page.decisions))
