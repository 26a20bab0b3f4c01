"""Whether the service runs as it should: one page and one command, without anybody's data. Composition only."""

from lokalnet.access.acting import Actor
from lokalnet.access.rights import Fields, Purpose

RIGHT = (Purpose.OPERATION, Fields.STATUS)


def shown_to(actor: Actor) -> bool:
    return bool(actor.may(*RIGHT))
