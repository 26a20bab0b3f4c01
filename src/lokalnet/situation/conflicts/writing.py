"""One row more: who writes in a conflict writes in the own name, once, and hears in words why not.

The page's forms carry a key that becomes the row's id: a double click then meets its own row.
"""

from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import gettext as _

from lokalnet.access.rights import Fields, Purpose
from lokalnet.situation import acting
from lokalnet.situation.acting import NotPossible
from lokalnet.situation.conflicts.looking import Conflict, note
from lokalnet.situation.models.conflicts import LONGEST_WORDS, Written
from lokalnet.situation.refusing import BadReport


class ChangedMeanwhile(NotPossible):
    """Somebody else was first. What was typed stays, beside what they did."""


def _reasons() -> dict[str, str]:
    return {
        "own-entry": _("You wrote this yourself. Somebody else has to confirm it."),
        "refuted": _("This builds on something that is refuted. Write it without that."),
        "withdrawn": _("This message has been withdrawn."),
        "another-day": _("The day is over. Open the page again and hold the review of today."),
        "bad-parent": _("Choose somebody of the same tree who is not rung by this one."),
    }


def meanwhile() -> str:
    return _("Somebody else changed this while you wrote. Read what it says now, and try again.")


def write(conflict: Conflict, row: Written, kind: str = "", *, fields: Fields = Fields.MEASURES,
          **detail: Any) -> None:
    """Insert the row and, with a kind, its entry in the log. Raises NotAllowed, NotPossible, ChangedMeanwhile."""
    actor = conflict.frame.actor
    decision = actor.require(Purpose.MEASURES, fields)
    conflict.require_open()
    row.measure_id, row.organisation_id, row.member_id = conflict.id, actor.organisation_id, actor.member_id
    insert(row)
    if kind:
        note(conflict, kind, decision, **detail)


def insert(row: Any) -> None:
    """With the trigger's or the constraint's refusal in words."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except DatabaseError as problem:
        raise refusal(problem) from None


def refusal(problem: DatabaseError) -> Exception:
    cause = getattr(problem.__cause__, "diag", None)
    state, said = getattr(cause, "sqlstate", ""), getattr(cause, "message_primary", "") or ""
    if isinstance(problem, IntegrityError) or said == "changed-meanwhile":
        return ChangedMeanwhile(meanwhile())
    if state == "LN001":
        return NotPossible(_reasons().get(said) or _("This could not be done."))
    if state == "42501":  # a row policy said no: it ended in this moment
        return NotPossible(_("This conflict is not open. It can be read, and nothing can be added."))
    return problem


def key_from(text: str) -> UUID:
    """The form's key; a new one where it has none."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def written_before(model: type[Written], conflict: Conflict, key: UUID, **same: Any) -> bool:
    """Whether this very row is there already: the second click."""
    return model._default_manager.filter(id=key, measure_id=conflict.id, member_id=conflict.frame.actor.member_id,
                                         **same).exists()


def free(model: type[Written], key: UUID) -> UUID:
    """The key, or a new one where a row has it: a form that was opened again and says something else."""
    return uuid4() if model._default_manager.filter(id=key).exists() else key


def checked(conflict: Conflict, words: str, *, field: str, needed: str = "") -> str:
    """Free text as it may be kept; `needed` is what to say where there is none. Raises BadReport for the field."""
    words = words.replace("\r\n", "\n").strip()
    if needed and not words:
        raise BadReport(field, needed)
    if len(words) > LONGEST_WORDS:
        raise BadReport(field, _("The text may be %(number)s characters long.") % {"number": LONGEST_WORDS})
    acting.check_words(conflict.frame, words, field=field)
    return words
