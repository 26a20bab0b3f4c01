"""Drafts that nobody sent go, and their keys with them."""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction

from lokalnet.foundation.asking import rows
from lokalnet.foundation.times import now
from lokalnet.persons import keys


def drop_old() -> int:
    """As the login of retention, outside a transaction: a key is destroyed once its draft is gone for good."""
    before = now() - timedelta(days=settings.LOKALNET_DRAFT_DAYS)
    with transaction.atomic():
        gone = [row[0] for row in rows("select drop_old_drafts(%s)", before)]
        for each in gone:
            transaction.on_commit(partial(keys.destroy, each))
    return len(gone)
