"""Give a partnership the grounds of Danish law to begin with."""

from lokalnet.access.models import Partnership
from lokalnet.disclosure.law.rows import row_of
from lokalnet.disclosure.models import Ground, GroundState
from lokalnet.disclosure.shipped import danish_law
from lokalnet.foundation.roles import MIGRATION, as_role


def install(partnership: Partnership) -> None:
    """In the migration role. A partnership that has grounds keeps what its data protection officers made of them."""
    if Ground.objects.filter(partnership=partnership).exists():
        return
    Ground.objects.bulk_create([row_of(ground, partnership, state=GroundState.IN_FORCE.value)
                                for ground in danish_law()])


def install_as_owner(partnership: Partnership) -> None:
    with as_role(MIGRATION):
        install(partnership)
