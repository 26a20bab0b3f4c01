"""Measures of somebody who leaves: whoever ends the access learns how many, and gives them to a colleague."""

from uuid import UUID

from django.utils.translation import ngettext

from lokalnet.situation import picture


def open_for(member_id: UUID) -> list[str]:
    number = int(picture.fetched("select open_measures_of(%s)", [member_id])[0][0])
    if not number:
        return []
    return [ngettext("%(number)d measure to follow to its end", "%(number)d measures to follow to their end",
                     number) % {"number": number}]


def hand_over(leaver: UUID, colleague: UUID) -> None:
    """All of them, through a function of the database: an administrator need not see measures (sql/measures.sql)."""
    picture.fetched("select hand_over_measures(%s, %s)", [leaver, colleague])
