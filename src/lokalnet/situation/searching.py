"""Search in what was written: words become a text query, and a search for a person becomes none.

Lokalnet finds places and events. Whoever searches for a name or a number gets the reason instead of an answer, and the
words go nowhere: the log says that a search was made, never what for.
"""

import re

from django.utils.translation import gettext as _

from lokalnet.situation import guard, knowing
from lokalnet.situation.partnerships import Frame

LONGEST = 100
MOST_WORDS = 8


class Search:
    """What somebody typed: `said` to show again, `query` for the database, `refused` with the reason for none."""

    def __init__(self, said: str, frame: Frame) -> None:
        self.said = said.replace("\x00", "")[:LONGEST].strip()
        self.refused = ""
        self.query = query(self.said)
        if not self.query:
            return
        try:
            guard.check_text(self.said, places=knowing.places(frame))
        except guard.RefusedText as problem:
            self.refused = _("Persons cannot be searched for here. %(rule)s") % {"rule": problem}
            self.query = ""


def query(said: str) -> str:
    """Every word has to occur, as a beginning: a PostgreSQL text query, empty where there is no word.

    Danish makes one word of many, so "legeplads" has to find "legepladsen"; the stem is the database's work.
    """
    words = re.findall(r"\w+", said, re.UNICODE)[:MOST_WORDS]
    return " & ".join(f"'{word}':*" for word in words)
