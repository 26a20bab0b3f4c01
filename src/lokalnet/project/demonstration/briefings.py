"""The briefings of the last weeks: four that were written in, approved, read and met about, and one that waits.

They are drafted as the worker does it, each as of the Monday after its week. All of the words are invented.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lokalnet.access.models import Member, Organisation, Partnership
from lokalnet.analysis.seasons import WEEK
from lokalnet.foundation.roles import as_role
from lokalnet.foundation.times import now
from lokalnet.project.demonstration.people import BALLERUP, GLADSAXE, HERLEV, VESTEGN
from lokalnet.situation.briefing import drafting, figures, freezing
from lokalnet.situation.briefing.items import Item
from lokalnet.situation.models import (
    Briefing,
    BriefingDecision,
    BriefingReader,
    BriefingState,
    BriefingWords,
    DecisionKind,
    Exact,
    Measure,
    QuietWeek,
)

DEFINER = "lokalnet_definer"  # owns the worker's door, which is closed to whoever makes data
COORDINATOR = "koordinator@ballerup.example"
WEEKS = 5
# Who said that it was quiet, so many weeks back; whoever reported something that week did not.
QUIET = {"analytiker@ballerup.example": (1, 2, 4), "leder@politi.example": (1, 3), "ssp@herlev.example": (2, 5),
         "traener@nabofodbold.example": (1, 4)}
READERS = ((BALLERUP, 0), (VESTEGN, 0), (GLADSAXE, 0), (HERLEV, 1))  # days after it was approved


@dataclass(frozen=True)
class Decided:
    item: Item
    kind: DecisionKind
    words: str = ""
    title: str = ""  # of the measure


@dataclass(frozen=True)
class Meeting:
    """What was written before a meeting, and what it came to, so many weeks after the week that it was about."""

    words: dict[Item, str]
    decided: tuple[Decided, ...]


FOLLOW, NOTHING, MEASURE = DecisionKind.FOLLOW, DecisionKind.NOTHING, DecisionKind.MEASURE
WHOLE = (  # the oldest first
    Meeting({
        Item.SUMMARY: "En uge som de fleste. Det meste er uro i de tidlige aftentimer, og det falder til ro igen.",
        Item.GOOD: "Klubbens fællesspisning trak mange til, også forældre vi ikke har set før.",
        Item.SILENT: "Vi har ikke hørt fra alle områder. Det er ikke det samme som, at der er roligt.",
    }, (
        Decided(Item.HAPPENED, FOLLOW, "Mørket på stien bag Grantoften: driften svarer om lamperne."),
        Decided(Item.NEW, NOTHING, "Enkelte meldinger. Vi ser an."),
    )),
    Meeting({
        Item.SUMMARY: "Flere går udenom stien bag Grantoften. Driften er spurgt, og gadeteamet går der torsdag og "
                      "fredag.",
        Item.GOOD: "Fædregruppen gik aftentur to gange og blev taget godt imod.",
        Item.HAPPENED: "Meldingerne samler sig om fredag aften. Lokalpolitiet har set det samme.",
    }, (
        Decided(Item.HAPPENED, MEASURE, title="Lys på stien bag Grantoften"),
        Decided(Item.OVERDUE, NOTHING, "Ejendomskontoret er i gang og melder tilbage."),
    )),
    Meeting({
        Item.SUMMARY: "Roligere end ugen før. Stien er bedre belyst, og cykeltyverierne ved stationen fylder mest.",
        Item.GOOD: "De unge ryddede selv op efter festen i kulturhuset.",
        Item.HAPPENED: "Cykler forsvinder om eftermiddagen, når pendlerne er på arbejde.",
        Item.UNDER_WAY: "Ingen af indsatserne mangler nogen til at holde i dem.",
    }, (
        Decided(Item.HAPPENED, MEASURE, title="Cykelmærkning og lås ved Ballerup Station"),
        Decided(Item.SILENT, FOLLOW, "Kommunerne spørger klubberne, om de kender vejen ind i Lokalnet."),
    )),
    Meeting({
        Item.SUMMARY: "Uro ved Høje Gladsaxe Center flere aftener. Resten af området ligger, som det plejer.",
        Item.GOOD: "Fuldt hus til fodbold på kunstbanen, også i regn. Trænerne melder om god stemning.",
        Item.HAPPENED: "Ved centret er det mest torsdag til lørdag. Butikkerne lukker tidligere, end de plejer.",
        Item.UNDER_WAY: "Lyset på stien: to af tre lamper virker.",
    }, (
        Decided(Item.HAPPENED, MEASURE, title="Fast voksen på hjørnet ved Høje Gladsaxe Center"),
        Decided(Item.UNDER_WAY, FOLLOW, "Er den sidste lampe sat op?"),
        Decided(Item.GOOD, FOLLOW, "Hvad kan de andre haller lære af kunstbanen?"),
        Decided(Item.SILENT, NOTHING, "Klubberne er spurgt. Vi giver dem ugen."),
    )),
)
OWN = {  # of a municipality's newest approved one
    "Ballerup": Meeting({
        Item.SUMMARY: "Grantoften fylder mindre end i sidste måned. Hede-Magleparken er, som den plejer.",
        Item.GOOD: "Klubben holdt åbent en ekstra aften, og der kom tredive unge.",
    }, (Decided(Item.HAPPENED, FOLLOW, "Skolerne siger, hvad de ser i frikvartererne."),)),
    "Gladsaxe": Meeting({
        Item.SUMMARY: "Centret er det, vi skal tale om. Ellers en almindelig uge.",
    }, (Decided(Item.HAPPENED, NOTHING, "Det tages på det fælles møde."),)),
}


def fill(partnership: Partnership) -> None:
    """Once, in the migration role. What was entered since stays."""
    if Briefing.objects.filter(partnership=partnership).exists():
        return
    zone = ZoneInfo(partnership.timezone)
    newest = drafting.newest_week(now(), zone)
    weeks = [newest - WEEK * back for back in reversed(range(WEEKS))]
    _say_quiet(partnership, weeks)
    for week, meeting in zip(weeks, (*WHOLE, None), strict=True):
        at = min(datetime.combine(week + WEEK, time(drafting.HOUR), zone), now())
        with as_role(DEFINER):
            drafting.draft_missing(at=at)
        for draft in Briefing.objects.filter(partnership=partnership, week=week).select_related("municipality"):
            _count_as_then(draft)
            if meeting:
                own = OWN.get(draft.municipality.name) if draft.municipality and week == newest - WEEK else None
                _meet(draft, own if draft.municipality else meeting, at)


def _say_quiet(partnership: Partnership, weeks: list[date]) -> None:
    """Last week, and some of those before."""
    for email, back in QUIET.items():
        member = Member.objects.get(user__email=email)
        for week in (weeks[-each] for each in back):
            if not Exact.objects.filter(reporter=member, occurred_at__date__range=(week, week + WEEK)).exists():
                QuietWeek.objects.bulk_create([QuietWeek(
                    partnership=partnership, organisation_id=member.organisation_id, member=member, week=week)],
                    ignore_conflicts=True)


def _count_as_then(draft: Briefing) -> None:
    """Measures are counted as they are today: without those that came later, and what ended later was under way."""
    counted = freezing.frozen(draft)
    known = tuple(each if each.ended_on is None or each.ended_on <= counted.counted_on
                  else replace(each, state="under-way", ended_on=None)
                  for each in counted.measures if each.made_on <= counted.counted_on)
    said = figures.canonical(replace(counted, measures=known))
    Briefing.objects.filter(id=draft.id).update(figures=said, digest=figures.digest(said))


def _meet(draft: Briefing, meeting: Meeting | None, at: datetime) -> None:
    """Written in, approved on the Monday morning, read, and decided from an hour later."""
    by = Member.objects.get(user__email=COORDINATOR)
    who = {"member_id": by.id, "organisation_id": by.organisation_id}
    if meeting:
        BriefingWords.objects.bulk_create([
            BriefingWords(briefing=draft, section=item, words=words, written_at=at + timedelta(hours=2), **who)
            for item, words in meeting.words.items()])
    approved = at + timedelta(hours=2, minutes=40)
    Briefing.objects.filter(id=draft.id).update(
        state=BriefingState.APPROVED, approved_at=approved, approved_by=by, organisation_id=by.organisation_id)
    _read(draft, approved.date())
    for decided in meeting.decided if meeting else ():
        BriefingDecision(
            id=uuid.uuid4(), briefing=draft, item=decided.item, kind=decided.kind, words=decided.words,
            measure=Measure.objects.filter(partnership_id=draft.partnership_id, title=decided.title).first(),
            at=approved + timedelta(hours=1, minutes=list(Item).index(decided.item)), **who).save(force_insert=True)


def _read(draft: Briefing, day: date) -> None:
    """A municipality's is read by municipalities alone."""
    parties = {each.name: each for each in Organisation.objects.filter(name__in=[name for name, _days in READERS])}
    BriefingReader.objects.bulk_create([
        BriefingReader(briefing=draft, organisation=parties[name], first_on=day + timedelta(days=days))
        for name, days in READERS
        if not draft.municipality or (parties[name].kind == Organisation.Kind.MUNICIPALITY
                                      and name.startswith(draft.municipality.name))])
