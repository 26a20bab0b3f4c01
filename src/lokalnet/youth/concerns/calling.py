"""Whom to call when a child is in danger. A worry in Lokalnet is no notification, and nobody reads it at night."""

from django.conf import settings

from lokalnet.access.acting import Actor


def telephones(actor: Actor) -> list[tuple[str, str]]:
    """As the installation has them, the own organisation first: (name, number)."""
    known: dict[str, str] = settings.LOKALNET_DUTY_TELEPHONES
    return sorted(known.items(), key=lambda pair: (pair[0] != actor.organisation_name, pair[0]))
