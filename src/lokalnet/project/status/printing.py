"""`./run status`: the same facts for a terminal and for a monitor, and an exit status."""

import json
import textwrap
from collections.abc import Iterator

import psycopg

from lokalnet.foundation.times import now
from lokalnet.project import database, logins
from lokalnet.project.cluster import ClusterError
from lokalnet.project.status import gathering
from lokalnet.project.status.facts import Fact, State, Topic, worst

MARKS = {State.TOLD: "     ", State.FINE: "ok   ", State.LOOK: "LOOK ", State.WRONG: "WRONG"}
WIDTH = 100


def run(*, as_json: bool) -> int:
    """1 when something is wrong; what is only worth a look is told and passes."""
    topics = _topics()
    print(_as_json(topics) if as_json else "\n".join(_table(topics)))
    return int(_state(topics) == State.WRONG)


def _topics() -> list[Topic]:
    return gathering.status(now()) if answers() else gathering.status_without_database(now())


def answers() -> bool:
    """Asked once and briefly; the service's own connections would be waited for. Starts no server."""
    try:
        with database.connect(**database.parameters(logins.APP), connect_timeout="5") as connection:
            connection.execute("select 1")
    except (psycopg.Error, ClusterError):
        return False
    return True


def _state(topics: list[Topic]) -> State:
    return worst(fact for topic in topics for fact in topic.facts)


def _table(topics: list[Topic]) -> Iterator[str]:
    for topic in topics:
        yield topic.heading
        for fact in topic.facts:
            yield from _lines(fact)
        yield ""
    yield {State.WRONG: "Something is wrong.", State.LOOK: "Something is worth a look."}.get(
        _state(topics), "Everything is as it should be.")


def _lines(fact: Fact) -> list[str]:
    """The rule is said where it was broken."""
    rule = f" [{fact.rule}]" if fact.rule and fact.state in (State.LOOK, State.WRONG) else ""
    return textwrap.wrap(fact.said + rule, WIDTH, initial_indent=f"  {MARKS[fact.state]} ", subsequent_indent=" " * 8,
                         break_long_words=False)


def _as_json(topics: list[Topic]) -> str:
    return json.dumps({"state": _state(topics).value, "topics": [
        {"name": topic.name, "facts": [{"name": fact.name, "state": fact.state.value, "said": fact.said,
                                        "rule": fact.rule, "values": dict(fact.values)} for fact in topic.facts]}
        for topic in topics]}, ensure_ascii=False, indent=2)
