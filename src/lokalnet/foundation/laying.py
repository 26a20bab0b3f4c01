"""Write rows once, also when the same form comes in twice at once: their ids come from the form."""

from django.db import IntegrityError, models, transaction
from psycopg.errors import UniqueViolation


def laid(*rows: models.Model) -> bool:
    """Whether they are new. All of them or none."""
    try:
        with transaction.atomic():
            for row in rows:
                row.save(force_insert=True)
    except IntegrityError as problem:
        if not isinstance(problem.__cause__, UniqueViolation):
            raise
        return False
    return True


def sqlstate(problem: Exception) -> str:
    """What the database calls the problem; empty where it does not say."""
    return str(getattr(getattr(problem.__cause__, "diag", None), "sqlstate", "") or "")
