"""`./run audit`: one line that a person or a monitor can read, and an exit status."""

from django.conf import settings

from lokalnet.access import sealing
from lokalnet.foundation.remembering import remember

VERIFIED = "log-verified"


def run(act: str) -> int:
    """Each act runs as its own login of the database: the auditor verifies, the service seals, retention prunes."""
    return {"verify": verify, "seal": seal, "prune": prune}[act]()


def verify() -> int:
    found = sealing.verify()
    remember(VERIFIED, intact=not found.broken, entries=found.entries)
    if found.broken:
        print(f"broken: {found.broken}")
        return 1
    print(f"log: {found.entries} entries sealed, {found.expired} expired by rule, {found.unsealed} not sealed yet: "
          "intact")
    if found.entries and not found.outside:
        print("warning: there is no head outside the database, so nothing vouches for the end of the log")
    return 0


def seal() -> int:
    head = sealing.seal()
    print(f"log: sealed up to entry {head.number}" if head else "log: nothing to seal")
    return 0


def prune() -> int:
    days: int = settings.LOKALNET_LOG_RETENTION_DAYS
    print(f"log: {sealing.prune(older_than_days=days)} entries older than {days} days removed by rule")
    return 0
