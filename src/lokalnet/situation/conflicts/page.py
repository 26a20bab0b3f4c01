"""Everything that the one page of a conflict shows, and what its reader may do there."""

from dataclasses import dataclass

from lokalnet.foundation.times import now
from lokalnet.situation.conflicts import log, opening, presence, saying, tree
from lokalnet.situation.conflicts.deciding import Decided, decisions
from lokalnet.situation.conflicts.log import Entry
from lokalnet.situation.conflicts.looking import Conflict, may_lead
from lokalnet.situation.conflicts.reviews import Reviews, reviews
from lokalnet.situation.conflicts.tree import Used
from lokalnet.situation.directory.watching import Watching
from lokalnet.situation.measures import linking
from lokalnet.situation.models import Standing
from lokalnet.situation.picture import Sight


@dataclass(frozen=True)
class Page:
    conflict: Conflict
    updated: str
    entries: list[Entry]
    messages: list[saying.Shown]
    tree: Used
    reviews: Reviews
    watches: list[Watching]
    sights: list[Sight]  # observations that it is about, as far as the reader gets them
    taking_part: list[str]
    decisions: list[Decided]
    ended_by: str  # who stood it down; nobody when it did so by itself
    may_write: bool  # rings, writes in the log, drafts
    may_lead: bool  # agrees to messages, withdraws them, reviews
    may_confirm: bool
    may_withdraw: bool
    may_join: bool
    may_end: bool
    may_add_watch: bool

    @property
    def can_be_built_on(self) -> list[Entry]:
        """What a message may build on: never what is refuted."""
        return [entry for entry in self.entries if entry.standing != Standing.REFUTED]

    @property
    def unconfirmed(self) -> int:
        return sum(entry.standing == Standing.UNCONFIRMED for entry in self.entries)


def page(conflict: Conflict) -> Page:
    leads, is_open = may_lead(conflict.frame.actor), conflict.is_open
    another = opening.is_another(conflict)
    entries = log.entries(conflict)
    about = linking.linked(conflict.frame, conflict.id)
    part = opening.taking_part(conflict) if conflict.agreed else [conflict.measure.organisation_id]
    ending = conflict.ending
    ours = conflict.frame.actor.organisation_id in part
    return Page(
        conflict=conflict, updated=conflict.when(now()), entries=entries, messages=saying.messages(conflict, entries),
        tree=tree.used(conflict), reviews=reviews(conflict), watches=presence.watches(conflict) if is_open else [],
        sights=[each.sight for each in about],
        taking_part=[conflict.name_of(id_) for id_ in part], decisions=decisions(conflict),
        ended_by=conflict.who(ending) if ending and ending.member_id else "", may_write=is_open,
        may_lead=leads and is_open,
        may_confirm=conflict.waits and leads and another, may_withdraw=conflict.waits and leads and not another,
        may_join=is_open and leads and not ours, may_end=is_open and leads and ours,
        may_add_watch=is_open and presence.may_add(conflict))
