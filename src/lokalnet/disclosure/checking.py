"""The gate's rules: what is refused on the server, whatever a form has offered. Every share goes through here.

All that is wrong is said at once, in the reader's words, each at its field.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.access.rights import LAWFUL
from lokalnet.disclosure.fields import Shared
from lokalnet.disclosure.grounds import Ground
from lokalnet.disclosure.purposes import Bar, Purpose, Stage, Told
from lokalnet.persons.cpr import YOUNGEST

LONGEST = timedelta(days=90)
FEWEST_WORDS = 4


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to share, and why. `age` is None where it is not known."""

    giver_kind: str
    receiver_kind: str
    purpose: str
    age: int | None
    fields: tuple[str, ...]
    necessity: str
    stage: str
    informed: tuple[str, ...]
    not_informed_why: str
    expires_on: date | None
    for_investigation: bool


@dataclass(frozen=True)
class Refusal:
    """Which field, which rule (a stable slug, for the log) and the words for the reader."""

    field: str
    rule: str
    words: str


def refusals(ground: Ground | None, wanted: Wanted, *, today: date, confirmed: bool) -> tuple[Refusal, ...]:
    """Why it may not be shared; empty when it may. `confirmed`: this version of the ground, in writing."""
    found = [*_parties(wanted), *_investigation(ground, wanted), *_parts(wanted), *_expiry(wanted, today),
             *_age(wanted)]
    if ground is None:
        return (*found, Refusal("ground", "ground-missing", _("Choose the ground in law.")))
    return (*found, *_standing(ground, today, confirmed), *_covered(ground, wanted))


def _parties(wanted: Wanted) -> Iterator[Refusal]:
    if wanted.receiver_kind not in LAWFUL:
        yield Refusal("receiver", "receiver-outside-the-law", _(
            "Data about a person is given to authorities and self-governing institutions alone, never to housing "
            "companies, associations or volunteers."))
    if wanted.giver_kind not in LAWFUL:
        yield Refusal("ground", "giver-outside-the-law", _("Your organisation may not give data about a person."))


def _investigation(ground: Ground | None, wanted: Wanted) -> Iterator[Refusal]:
    if not wanted.for_investigation:
        return
    if ground is not None and Bar.INVESTIGATION in ground.bars:
        yield Refusal("for_investigation", "investigation-barred", _(
            "%(paragraph)s may not be used for investigation. Who knows of a crime calls 114.")
            % {"paragraph": ground.paragraph})
    else:
        yield Refusal("for_investigation", "investigation", _(
            "Nothing is shared here for investigation. Who knows of a crime calls 114."))


def _parts(wanted: Wanted) -> Iterator[Refusal]:
    if wanted.purpose not in Purpose.values:
        yield Refusal("purpose", "purpose-missing", _("Choose what it is for."))
    if wanted.stage not in Stage.values:
        yield Refusal("stage", "stage-missing", _("Choose when it is shared."))
    if len(wanted.necessity.split()) < FEWEST_WORDS:
        yield Refusal("necessity", "necessity-missing", ngettext(
            "Say why it is necessary, in at least %(count)d word.",
            "Say why it is necessary, in at least %(count)d words.", FEWEST_WORDS) % {"count": FEWEST_WORDS})
    if not wanted.fields:
        yield Refusal("fields", "fields-missing", _("Choose what is shared. Nothing is chosen in advance."))
    yield from _informed(wanted)


def _informed(wanted: Wanted) -> Iterator[Refusal]:
    if any(who not in Told.values for who in wanted.informed):
        yield Refusal("informed", "informed-unknown", _("Choose who has been told."))
    if not wanted.informed and not wanted.not_informed_why.strip():
        yield Refusal("informed", "informed-missing", _("Say who has been told of it, or why nobody has."))


def _expiry(wanted: Wanted, today: date) -> Iterator[Refusal]:
    if wanted.expires_on is None:
        yield Refusal("expires_on", "expiry-missing", _("Choose the day when the copy is deleted."))
    elif wanted.expires_on <= today:
        yield Refusal("expires_on", "expiry-over", _("Choose a day after today."))
    elif wanted.expires_on > today + LONGEST:
        yield Refusal("expires_on", "expiry-too-late", _("A copy lasts at most %(days)d days. Choose an earlier day.")
                      % {"days": LONGEST.days})


def _age(wanted: Wanted) -> Iterator[Refusal]:
    """The law behind every ground asks how old somebody is; so not knowing it is a reason to wait."""
    if wanted.age is None:
        yield Refusal("age", "age-unknown", _(
            "How old the young person is, is not known. Find out first: which ground there is depends on it."))
    elif wanted.age < YOUNGEST:
        yield Refusal("age", "age-too-young", _("Nothing is held here on children under %(age)d.") % {"age": YOUNGEST})


def _standing(ground: Ground, today: date, confirmed: bool) -> Iterator[Refusal]:
    if not ground.in_force(today):
        yield Refusal("ground", "ground-not-in-force", _("%(paragraph)s is not in force today.")
                      % {"paragraph": ground.paragraph})
    if not ground.verified and not confirmed:
        yield Refusal("ground", "ground-unconfirmed", _(
            "%(paragraph)s works only after the data protection officer has confirmed it in writing.")
            % {"paragraph": ground.paragraph})


def _covered(ground: Ground, wanted: Wanted) -> Iterator[Refusal]:
    if wanted.giver_kind in LAWFUL and wanted.giver_kind not in ground.gives:
        yield _beyond(ground, "ground", "giver", _("%(paragraph)s does not let your organisation give."))
    if wanted.receiver_kind in LAWFUL and wanted.receiver_kind not in ground.receives:
        yield _beyond(ground, "receiver", "receiver", _("%(paragraph)s does not cover this recipient."))
    if wanted.purpose in Purpose.values and wanted.purpose not in ground.purposes:
        yield _beyond(ground, "purpose", "purpose", _("%(paragraph)s does not cover this purpose."))
    if wanted.age is not None and wanted.age >= YOUNGEST and not ground.covers_age(wanted.age):
        yield _beyond(ground, "age", "age", _("%(paragraph)s does not cover somebody of this age."))
    for field in wanted.fields:
        if field not in ground.fields:
            yield Refusal("fields", "field-not-covered", _("%(paragraph)s does not cover »%(field)s«.") % {
                "paragraph": ground.paragraph, "field": _label(field)})


def _beyond(ground: Ground, field: str, what: str, words: str) -> Refusal:
    return Refusal(field, f"{what}-not-covered", words % {"paragraph": ground.paragraph})


def _label(field: str) -> str:
    return str(Shared(field).label) if field in Shared.values else field
