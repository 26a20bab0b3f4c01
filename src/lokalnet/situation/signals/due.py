"""Where a look is due: asked each minute by the worker, so it is one question (sql/signals.sql)."""

from datetime import datetime
from uuid import UUID

from lokalnet.situation.picture import fetched


def partnerships(at: datetime) -> list[UUID]:
    """Those in which there is news that no look knew of, or where nobody has looked tonight."""
    return [row[0] for row in fetched("select signals_due(%s)", [at])]
