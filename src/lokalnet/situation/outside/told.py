"""What became of what was sent from a phone: the last month's reports with their answers, and none of their words."""

from datetime import timedelta
from typing import Any

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation.times import now
from lokalnet.situation import answering, photos, showing
from lokalnet.situation.models import Answer, Receipt
from lokalnet.situation.partnerships import Frame, frame_for

LOOKED_BACK = timedelta(days=30)
MOST = 50


def told(actor: Actor) -> list[dict[str, Any]]:
    """The actor's own; where a paired phone asks, what was sent from that phone. Raises NotAllowed."""
    decision = actor.require(Purpose.REPORT, Fields.OBSERVATIONS_OF_OWN)
    receipts = Receipt.objects.filter(member_id=actor.member_id, received_at__gt=now() - LOOKED_BACK)
    if actor.device_id:
        receipts = receipts.filter(device_id=actor.device_id)
    keys = {receipt.observation_id: receipt.key for receipt in receipts.order_by("-received_at")[:MOST]}
    pictured = photos.among(keys)
    found = {each.sight.id: each for each in answering.told(keys)}
    first = frame_for(actor)
    frames = {each.id: Frame(each, actor) for each in first.mine} if first else {}
    for partnership_id in {each.sight.partnership_id for each in found.values()}:
        events.record(actor, "own-reports.read", decision=decision, purpose=Purpose.REPORT,
                      subject_kind="partnership", subject=partnership_id)
    there = {id_: frames[each.sight.partnership_id] for id_, each in found.items()
             if each.sight.partnership_id in frames}
    return [_line(there[id_], key, found[id_]) | {"photo": id_ in pictured} for id_, key in keys.items()
            if id_ in there]


def _line(frame: Frame, key: str, each: answering.Told) -> dict[str, Any]:
    [card] = showing.cards(frame, [each.sight])
    labels = dict(Answer.choices)
    return {"key": key, "observation": str(each.sight.id), "category": card.name, "icon": card.icon,
            "severity": card.severity, "when": card.when, "where": card.where, "state": card.state,
            "standing": card.standing_name, "answers": [
                {"answer": str(labels[act.answer]), "note": act.note, "at": act.at.isoformat()}
                for act in each.answers]}
