"""What the page shows to those who may see it, with the trace that reading leaves."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.foundation.times import now
from lokalnet.project.status import RIGHT, gathering
from lokalnet.project.status.facts import Fact, State, Topic


@dataclass(frozen=True)
class Read:
    at: datetime
    topics: list[Topic]

    @cached_property
    def wrong(self) -> list[Fact]:
        return self._in(State.WRONG)

    @cached_property
    def look(self) -> list[Fact]:
        return self._in(State.LOOK)

    @property
    def asks(self) -> list[Fact]:
        """What wants somebody's attention, the worst first."""
        return self.wrong + self.look

    def _in(self, state: State) -> list[Fact]:
        return [fact for topic in self.topics for fact in topic.facts if fact.state == state]


def read(actor: Actor) -> Read:
    """Raises NotAllowed."""
    decision = actor.require(*RIGHT)
    at = now()
    found = Read(at, gathering.status(at))
    events.record(actor, "status.read", decision=decision, purpose=RIGHT[0])
    return found
