"""The grounds of Danish law in the demonstration, and one change of them that waits for a second pair of eyes."""

from dataclasses import replace

from lokalnet.access.models import Member, Partnership
from lokalnet.disclosure.law import installing
from lokalnet.disclosure.law.rows import ground_of, row_of
from lokalnet.disclosure.models import Ground, GroundState

CHANGED = "rpl-115-3-ssp-to"
WHY = "Klubber skal kunne følge op på det, der blev aftalt. De har ikke brug for adresse og telefon."
PROPOSER = "dpo@gladsaxe.example"


def fill(partnership: Partnership) -> None:
    """In the migration role. Where grounds are already, they stay as they are."""
    if Ground.objects.filter(partnership=partnership).exists():
        return
    installing.install(partnership)
    officer = Member.objects.filter(user__email=PROPOSER).first()
    if officer is not None:
        _propose(partnership, officer)


def _propose(partnership: Partnership, officer: Member) -> None:
    ground = ground_of(Ground.objects.get(partnership=partnership, code=CHANGED))
    fields = tuple(field for field in ground.fields if field != "contact")
    row_of(replace(ground, fields=fields, verified=False), partnership, state=GroundState.PROPOSED.value, why=WHY,
           proposed_by=officer).save(force_insert=True)
