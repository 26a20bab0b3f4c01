"""The one dialogue in which something of a file is shared, and the one way by which it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from lokalnet.access.rights import Fields, Purpose
from lokalnet.disclosure.checking import Refusal
from lokalnet.disclosure.gate import choosing, offering
from lokalnet.disclosure.gate.choosing import Choices, Chosen
from lokalnet.disclosure.gate.forms import FIELD_OF, ShareForm
from lokalnet.disclosure.gate.snapshots import Snapshot
from lokalnet.disclosure.gate.wanting import Refused
from lokalnet.persons import identity
from lokalnet.youth.files import keeping
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.sharing.snapshot import snapshot


@dataclass(frozen=True)
class Dialogue:
    """The form as it stands, what can be chosen in it, and what the receiver would see."""

    form: ShareForm
    choices: Choices
    seen: Snapshot


def require(stay: Stay) -> None:
    """Raises NotAllowed."""
    stay.seat.actor.require(Purpose.DISCLOSURE, Fields.OFFERS)


def begun(stay: Stay, preset: str) -> Dialogue:
    """What a preset fills, and nothing of what has to be thought about."""
    age = identity.of(stay.file.person_id).age(stay.today)
    found = choices(stay, choosing.with_preset(stay.seat, age, preset))
    return Dialogue(ShareForm(found), found, ())


def going_on(stay: Stay, data: QueryDict) -> Dialogue:
    """With what was typed so far, and what no longer fits taken out."""
    found = choices(stay, _chosen(data))
    fields = _shared(data, found)
    typed = {name: data[name] for name in ShareForm.base_fields if name in data} | {
        "shared": fields, "informed": data.getlist("informed"), "receiver": found.chosen.receiver,
        "purpose": found.chosen.purpose, "ground": found.chosen.ground}
    return Dialogue(ShareForm(found, typed=typed), found, _seen(stay, fields))


def sent(stay: Stay, data: QueryDict) -> tuple[Dialogue, UUID | None]:
    """The dialogue, and the offer that it became; None where it was refused, with each reason at its field."""
    found = choices(stay, _chosen(data))
    form = ShareForm(found, data)
    dialogue = Dialogue(form, found, _seen(stay, _shared(data, found)))
    if not form.is_valid():
        return dialogue, None
    try:
        return dialogue, _share(stay, form)
    except Refused as problem:
        for each in problem.refusals:
            form.add_error(FIELD_OF.get(each.field, each.field), each.words)
    return dialogue, None


def choices(stay: Stay, chosen: Chosen) -> Choices:
    return choosing.choices(stay.seat, identity.of(stay.file.person_id).age(stay.today), chosen)


def _share(stay: Stay, form: ShareForm) -> UUID:
    wish, person_id = form.wish(), stay.file.person_id
    if form.in_words():
        return offering.tell(stay.seat, person_id=person_id, wish=wish, form=form.key(), further=against(stay))
    return offering.offer(stay.seat, person_id=person_id, wish=wish, form=form.key(),
                          snapshot=_seen(stay, wish.fields), further=against(stay))


def against(stay: Stay) -> list[Refusal]:
    """What the file itself has against sharing, whatever the law lets one share."""
    if not keeping.awaits_board(stay.file):
        return []
    return [Refusal("receiver", "awaits-board",
                    _("The file awaits Ungdomskriminalitetsnævnet. Nothing is shared beside it."))]


def _seen(stay: Stay, fields: Sequence[str]) -> Snapshot:
    return snapshot(stay.seat, stay.file, fields, today=stay.today) if fields else ()


def _chosen(data: Mapping[str, str]) -> Chosen:
    receiver, purpose, ground, stage, preset = (
        data.get(name, "") for name in ("receiver", "purpose", "ground", "stage", "preset"))
    return Chosen(receiver, purpose, ground, stage, preset)


def _shared(data: QueryDict, found: Choices) -> list[str]:
    covered = dict(found.fields)
    return [field for field in data.getlist("shared") if field in covered]
