"""Drafts that nobody sent go, and their keys with them; keys of drafts that were sent go where a crash left them."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction

from lokalnet.foundation.asking import rows
from lokalnet.foundation.times import now
from lokalnet.persons import keys

LOOKED_BACK = timedelta(days=30)  # it runs each night


def let_go() -> int:
    """How many keys went. As the login of retention; run again it finds nothing."""
    gone = [*_drop_old(), *_left_over()]
    for each in gone:
        transaction.on_commit(partial(keys.destroy, each))
    return len(gone)


def _drop_old() -> list[UUID]:
    """A key is destroyed once its draft is gone for good, so the ids come out of a transaction that is over."""
    before = now() - timedelta(days=settings.LOKALNET_DRAFT_DAYS)
    with transaction.atomic():
        return [row[0] for row in rows("select drop_old_drafts(%s)", before)]


def _left_over() -> list[UUID]:
    sent = [row[0] for row in rows("select sent_since(%s)", now() - LOOKED_BACK)]
    return [each for each in sent if keys.versions_of(each)]
