"""What a phone sends, one thing at a time: a report, its correction, or a quiet week.

Every answer tells the phone what to do: it is received, it is to be written otherwise, it was received before with
other words (and the edit becomes a correction), or the member has to log in. Nothing is lost on the way: the phone
keeps what it sent until one of these answers is there (engineering 34-36).
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from lokalnet.access.acting import Actor
from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation.times import now
from lokalnet.situation import acting, correcting, knowing, photos, reporting
from lokalnet.situation.forms import ReportForm
from lokalnet.situation.outside import quiet
from lokalnet.situation.partnerships import Frame, frame_for
from lokalnet.situation.refusing import BadReport

PLAIN = ("key", "category", "longitude", "latitude", "area", "on", "at", "precision", "text", "visibility",
         "police_sees", "written_at", "sent_at", "looked")
YEARS = (1900, 2200)
FIELD_OF = {"place": "area", "occurred_at": "at"}


@dataclass(frozen=True)
class Answer:
    status: int
    said: dict[str, Any] = field(default_factory=dict)


class OutsideForm(ReportForm):
    """The report's form, where "now" is when it was written: by the phone's clock, put right by what that clock said
    when it was sent.
    """

    written_at = forms.DateTimeField()
    sent_at = forms.DateTimeField()

    def clean_written_at(self) -> datetime:
        return _thinkable(self.cleaned_data["written_at"])

    def clean_sent_at(self) -> datetime:
        return _thinkable(self.cleaned_data["sent_at"])

    def moment(self) -> datetime:
        here = now()
        written, sent = (self.cleaned_data[name] for name in ("written_at", "sent_at"))
        put_right: datetime = written - (sent - here)
        return min(here, put_right)


def _thinkable(said: datetime) -> datetime:
    """A clock may start in 1970; one beyond these years cannot be reckoned with."""
    return said if YEARS[0] <= said.year <= YEARS[1] else now()


def may_send(actor: Actor) -> None:
    """Raises NotAllowed."""
    actor.require(Purpose.REPORT, Fields.OBSERVATION_ENTRY)


def receive(actor: Actor, body: dict[str, Any]) -> Answer:
    """Raises NotAllowed."""
    may_send(actor)
    try:
        frame = frame_for(actor, str(body.get("partnership") or ""))
    except Http404:
        frame = None
    if frame is None:
        return _refused("partnership", _("You are in this partnership no more."))
    if body.get("kind") == "quiet":
        return _quiet(frame, body)
    form = OutsideForm(_typed(body), frame=frame)
    if not form.is_valid():
        return _not_valid(form)
    try:
        return _correction(frame, body, form) if body.get("kind") == "correction" else _report(frame, body, form)
    except BadReport as problem:
        return _refused(FIELD_OF.get(problem.field, problem.field), problem.rule)


def _typed(body: dict[str, Any]) -> QueryDict:
    typed = QueryDict(mutable=True)
    for name in PLAIN:
        if body.get(name) not in (None, "", False):
            typed[name] = _words(body[name])
    words = body.get("place_words")
    typed.setlist("place_words", [_words(word) for word in words] if isinstance(words, list) else [])
    return typed


def _words(said: Any) -> str:
    """Half a character, which a phone can cut off and no database takes, becomes a question mark."""
    return str(said).encode(errors="replace").decode()


def _photo(body: dict[str, Any]) -> bytes | None:
    return photos.from_text(str(body["photo"])) if body.get("photo") else None


def _report(frame: Frame, body: dict[str, Any], form: OutsideForm) -> Answer:
    entered = replace(form.report(), photo=_photo(body))
    known = knowing.places(frame) | frozenset(form.said_places)
    try:
        received = reporting.report(frame.actor, frame.partnership, entered, key=form.cleaned_data["key"],
                                    places=known, written_at=form.cleaned_data["written_at"])
    except reporting.KeyUsedForAnother as problem:
        there = correcting.edition_of(frame, problem.observation_id)
        return Answer(409, {"received_as": str(problem.observation_id), "edition": there})
    if not received.repeated:
        knowing.propose(frame.actor, frame, form.said_places, text=form.cleaned_data["text"])
    return Answer(200 if received.repeated else 201, {"observation": str(received.observation_id)})


def _correction(frame: Frame, body: dict[str, Any], form: OutsideForm) -> Answer:
    observation_id, photo = _uuid(body.get("observation")), _photo(body)
    gone = _refused("observation", _("This report is no longer there to be corrected."))
    if observation_id is None or not reporting.received_as(frame.actor, form.cleaned_data["key"], observation_id):
        return gone  # what is corrected from outdoors is what was sent under this key, and no other report
    try:
        entered = correcting.at_its_time(frame, observation_id, form.report())
        changed = correcting.correct(frame, observation_id, entered, edition=_number(body.get("edition")),
                                     places=form.said_places, photo=photo)
    except correcting.ChangedMeanwhile as problem:
        if not correcting.differs(frame, observation_id, entered, photo):  # sent before, and the answer was lost
            return Answer(200, {"observation": str(observation_id)})
        there = correcting.edition_of(frame, observation_id)
        return Answer(409, {"changed": True, "edition": there, "errors": {"text": [str(problem)]}})
    except acting.NotPossible as problem:
        return _refused("observation", str(problem))
    except Http404:
        return gone
    knowing.propose(frame.actor, frame, form.said_places, text=form.cleaned_data["text"])
    return Answer(200, {"observation": str(observation_id), "changed": sorted(changed)})


def _quiet(frame: Frame, body: dict[str, Any]) -> Answer:
    try:
        quiet.say(frame, quiet.of_text(str(body.get("week"))))
    except BadReport as problem:
        return _refused(problem.field, problem.rule)
    return Answer(201)


def _not_valid(form: OutsideForm) -> Answer:
    """Every rule at once, and the marked words with what may stand there instead."""
    errors = {name: [str(each) for each in said] for name, said in form.errors.items()}
    return Answer(422, {"errors": errors, "look": any(each.code == "look" for each in form.errors.as_data().get(
        "text", ())), "marks": [vars(mark) for mark in form.marks]})


def _refused(name: str, rule: str) -> Answer:
    return Answer(422, {"errors": {name: [rule]}})


def _uuid(said: Any) -> UUID | None:
    try:
        return UUID(str(said))
    except ValueError:
        return None


def _number(said: Any) -> int:
    return said if isinstance(said, int) else 0
