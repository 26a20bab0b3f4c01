"""Which keys were destroyed, also outside the store: a file that is appended to, for the day when the store is lost.

A backup of the keys that comes back would bring back what was erased since; the list says what stays gone.
"""

import json
import os
from pathlib import Path
from uuid import UUID

from lokalnet.foundation.home import home
from lokalnet.foundation.times import now


def path() -> Path:
    return home() / "erased-keys.jsonl"


def note(key_id: UUID) -> None:
    """On the disk before the key is destroyed: one too many does no harm, since it was to be erased."""
    line = json.dumps({"key": str(key_id), "at": now().isoformat()}) + "\n"
    handle = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def noted() -> dict[UUID, str]:
    """When each was erased. A line that a power cut left half is no entry."""
    if not path().exists():
        return {}
    found = {}
    for line in path().read_text().splitlines():
        try:
            said = json.loads(line)
            found[UUID(said["key"])] = str(said["at"])
        except (ValueError, KeyError):
            continue
    return found
