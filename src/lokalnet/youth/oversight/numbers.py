"""The case numbers of files, for who oversees or has been in them; and nothing else of a file."""

from collections.abc import Iterable
from uuid import UUID

from lokalnet.foundation.asking import answer, rows

# What entries of the log are about that belongs to a file.
KINDS = ("file", "person", "override")


def of(things: Iterable[UUID | None]) -> dict[UUID, str]:
    """By file, person or emergency access. What has no file, or is not the reader's to know, is left out."""
    wanted = [thing for thing in set(things) if thing]
    return dict(rows("select thing, number from file_numbers(%s)", wanted)) if wanted else {}


def file_of(number: str) -> tuple[UUID, UUID] | None:
    """A file of the own organisation and whom it is about: two ids. For the officer alone."""
    found = rows("select file_id, person_id from overseen_file(%s)", number.strip())
    return (found[0][0], found[0][1]) if found else None


def is_ours(person_id: UUID) -> bool:
    """Does the own organisation hold something about the person? For the officer alone."""
    return bool(answer("select overseen_person(%s)", person_id))
