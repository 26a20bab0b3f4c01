"""What nobody answered in time goes, and copies on their last day, with the keys that open them: `./run retention`.

Rows first and keys after the commit: a run that is stopped between the two is finished by the next one (engineering
31). The copies' days hold without it too, by the policies.
"""

from django.db import transaction

from lokalnet.access.letting_go import Line, note, table
from lokalnet.foundation.asking import rows
from lokalnet.persons import keys

WHY = {"offers": ("offers that nobody answered", "14 days after they were made"),
       "copies": ("copies of what was shared", "the day after their last day"),
       "words": ("words of what was shared", "5 years after the answer")}


def run(*, dry_run: bool) -> int:
    """Print what will go, or let it go and print that. For the login that removes."""
    lines = foresee() if dry_run else let_go()
    print(table(lines, "goes" if dry_run else "gone"))
    return 0


def foresee() -> list[Line]:
    return [Line(*WHY[what], number, oldest) for what, number, oldest in rows("select * from shared_due()")]


def let_go() -> list[Line]:
    with transaction.atomic():
        lines = foresee()
        ended = {row[0] for row in rows("select * from let_go_of_shared()")}
        if any(line.number for line in lines):
            note(lines)
    for key_id in ended - keys.destroyed() if ended else ():
        keys.destroy(key_id)
    return lines
