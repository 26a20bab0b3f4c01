"""The log in words. Entries keep stable dotted names; what they mean is said here, when they are shown.

Capabilities register their own kinds, so that a folder removed takes its words along.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lokalnet.access.rights import Fields, Purpose, Role

Names = Callable[[Iterable[UUID]], Mapping[UUID, str]]

_kinds: dict[str, Any] = {}
_subjects: dict[str, Names] = {}
_REASON = re.compile(r"(?P<role>[\w-]+) of a [\w-]+: [\w-]+, (?P<fields>[\w-]+)")


def register(kinds: dict[str, Any]) -> None:
    """`{"member.ended": gettext_lazy("Ended a member's access")}`"""
    _kinds.update(kinds)


def register_subject(subject_kind: str, names: Names) -> None:
    """How things of a kind are called for the reader, as of now: a file by its case number.

    What has no name for the reader is left out.
    """
    _subjects[subject_kind] = names


def subjects(things: Iterable[tuple[str, UUID]]) -> dict[UUID, str]:
    """What entries are about, by name, where it has one."""
    wanted: dict[str, set[UUID]] = {}
    for subject_kind, thing in things:
        if subject_kind in _subjects:
            wanted.setdefault(subject_kind, set()).add(thing)
    return {thing: name for kind, ids in wanted.items() for thing, name in _subjects[kind](ids).items()}


def kinds() -> list[tuple[str, str]]:
    """Every kind that has words: (kind, words), in the order of the words."""
    return sorted(((kind, str(words)) for kind, words in _kinds.items()), key=lambda pair: pair[1].lower())


def act(kind: str) -> str:
    return str(_kinds.get(kind, kind))


def purpose(value: str) -> str:
    return str(Purpose(value).label) if value in Purpose.values else value


def because(reason: str) -> str:
    """A decision's reason (rights.decide) in the reader's language."""
    found = _REASON.fullmatch(reason)
    if not found or found["role"] not in Role.values or found["fields"] not in Fields.values:
        return reason
    return _("%(role)s: %(fields)s") % {"role": Role(found["role"]).label, "fields": Fields(found["fields"]).label}


OWN = {
    "device.paired": gettext_lazy("Paired a phone"),
    "device.revoked": gettext_lazy("Revoked a paired phone"),
    "session.opened": gettext_lazy("Logged in"),
    "session.closed": gettext_lazy("Logged out"),
    "session.refused": gettext_lazy("Log-in refused"),
    "session.locked-out": gettext_lazy("Log-in locked after too many tries"),
    "password.changed": gettext_lazy("Changed password"),
    "refused": gettext_lazy("Was refused a page"),
    "member.invited": gettext_lazy("Invited a member"),
    "member.joined": gettext_lazy("Accepted an invitation"),
    "member.changed": gettext_lazy("Changed a member's details or roles"),
    "member.ended": gettext_lazy("Ended a member's access"),
    "own-areas.changed": gettext_lazy("Chose which areas to follow"),
    "invitation.withdrawn": gettext_lazy("Withdrew an invitation"),
    "key.made": gettext_lazy("Made an API key"),
    "key.revoked": gettext_lazy("Revoked an API key"),
    "log.read": gettext_lazy("Looked in the log, with names"),
}
