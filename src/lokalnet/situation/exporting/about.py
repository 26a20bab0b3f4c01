"""What a file says about itself, so that whoever finds it in a folder knows what it is, and what it is not."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lokalnet.foundation.times import now
from lokalnet.situation.exporting import asking
from lokalnet.situation.exporting.tables import About
from lokalnet.situation.models import Export
from lokalnet.situation.partnerships import Frame


def of_export(frame: Frame, export: Export) -> About:
    return (*_made(frame, export), *asking.in_words(frame, export.scope, export.asked["query"]), *_cautions(),
            (_("Times"), _("Local time, %(zone)s. A period is as exact as its reader may know.") % {
                "zone": frame.partnership.timezone}))


def of_documents(frame: Frame, export: Export) -> About:
    return (*_made(frame, export), (_("Case number"), export.asked["case"]),
            (_("Reported from"), export.asked["since"]), (_("Reported to"), export.asked["until"]), *_cautions())


def _made(frame: Frame, export: Export) -> About:
    return ((_("What"), str(Export.Scope(export.scope).label)), (_("Partnership"), frame.partnership.name),
            (_("Made by"), frame.actor.name), (_("On behalf of"), frame.actor.organisation_name),
            (_("Made at"), date_format(now().astimezone(frame.zone), "DATETIME_FORMAT")))


def _cautions() -> About:
    return ((_("Reports are not crime"), _("A report says what somebody saw. It says nothing about guilt.")),
            (_("About the standing"), _("Unconfirmed, unless the row says that somebody else has confirmed or refuted "
                                        "it.")),
            (_("Use"), _("For the partnership's prevention work. Not for investigation.")),
            (_("Up to date?"), _("This is what Lokalnet showed at that time. It may have been corrected or deleted "
                                 "since.")))
