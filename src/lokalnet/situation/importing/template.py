"""A file to fill in: an export's headings in the reader's language, and one example that is refused if it stays."""

from datetime import timedelta

from django.utils.translation import gettext as _

from lokalnet.foundation.languages import reader_language
from lokalnet.foundation.times import now
from lokalnet.situation.exporting.formats import CONTENT_TYPES, packed, unpacked
from lokalnet.situation.exporting.tables import About, Column, Sheet, Value
from lokalnet.situation.importing import own
from lokalnet.situation.models import Export, Precision, Visibility
from lokalnet.situation.partnerships import Frame

FORMS = (Export.Format.XLSX.value, Export.Format.CSV.value)
COLUMNS = {"id": 28, "category": 20, "from": 18, "precision": 22, "longitude": 12, "latitude": 12, "visibility": 30,
           "text": 60}


def made(frame: Frame, form: str) -> bytes:
    """As XLSX with a page that says what may stand where, or as CSV."""
    titles = own.titles()
    columns = [Column(key, titles[key], width) for key, width in COLUMNS.items()]
    sheet = Sheet(_("Observations"), columns, [_example(frame)])
    return unpacked(packed(form, [sheet], guidance(frame), language=reader_language()))


def name(form: str) -> str:
    return f"lokalnet-skabelon.{form}"


def content_type(form: str) -> str:
    return CONTENT_TYPES[form]


def guidance(frame: Frame) -> About:
    """What may stand under each heading."""
    titles, choices = own.titles(), own.choices()
    said = {
        "id": _("Your own number for the row, so that it is known when the file is imported again. May be empty."),
        "category": _one_of([row.name for row in frame.categories.values() if row.active]),
        "from": _("For example 2026-03-31 21:45, or a date cell in Excel. Local time."),
        "precision": _one_of(choices["precision"]),
        "longitude": _("Degrees (WGS 84), for example 12.3633. A comma will do too."),
        "latitude": _("Degrees (WGS 84), for example 55.7311. A comma will do too."),
        "visibility": _one_of(choices["visibility"]),
        "text": _("What was seen, in a few words. No names, no CPR numbers, no addresses of homes. May be empty.")}
    return tuple((titles[key], said[key]) for key in COLUMNS)


def _one_of(values: "list[str] | tuple[str, ...]") -> str:
    return _("One of: %(values)s.") % {"values": ", ".join(values)}


def _example(frame: Frame) -> tuple[Value, ...]:
    west, south, east, north = frame.bounds
    yesterday = (now() - timedelta(days=1)).astimezone(frame.zone).replace(hour=21, minute=45, second=0, microsecond=0)
    category = next((row.name for row in frame.categories.values() if row.active), "")
    middle = round((west + east) / 2, 4), round((south + north) / 2, 4)
    return (own.example(), category, yesterday, str(Precision.EXACT.label), *middle,
            str(Visibility.MUNICIPALITIES.label), _("Invented: noise by the playground."))
