"""What was entered cannot be taken."""

from lokalnet.foundation.rules import BrokenRule


class BadReport(BrokenRule):
    """Of what somebody entered about places: a report, a note, a measure."""
