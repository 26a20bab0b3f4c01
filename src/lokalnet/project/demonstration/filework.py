"""What stands in the files of the demonstration: what goes well first, agreements, contacts, and who was told."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from lokalnet.access.rights import Purpose
from lokalnet.project.demonstration.youths import BIRGITTE, EMIL, JONAS, LONE, METTE, NADIA, TOBIAS
from lokalnet.youth import forums
from lokalnet.youth.files import colleagues, contacts, informing, keeping, marking, placing, writing
from lokalnet.youth.files.contacts import Reach
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.files.informing import Told
from lokalnet.youth.files.placing import Choice
from lokalnet.youth.files.writing import Said

if TYPE_CHECKING:
    from lokalnet.project.demonstration.youth import Scene


@dataclass(frozen=True)
class Wrote:
    """In which file, by whom, how many days ago."""

    key: str
    by: str
    days: int
    kind: str
    text: str
    source: str = ""


WROTE = (
    Wrote("silas", BIRGITTE, 68, "strength", "Silas er vellidt på holdet og hjælper gerne de yngste med lektierne."),
    Wrote("silas", BIRGITTE, 66, "fact", "Han var i skole alle dage i uge to.", "Klassens fraværsliste"),
    Wrote("silas", BIRGITTE, 60, "own-view", "Han vil gerne have noget at lave efter skole, helst med sin fætter."),
    Wrote("silas", BIRGITTE, 60, "parents-view", "Hans mor synes, at det går bedre, når ugen er aftalt i forvejen."),
    Wrote("silas", BIRGITTE, 50, "assessment", "En fast plads i klubben og en voksen at tale med ser ud til at virke."),
    Wrote("silas", TOBIAS, 40, "agreement", "Klubben tirsdag og torsdag. Hans mor og Tobias taler sammen."),
    Wrote("viggo", TOBIAS, 20, "strength", "Viggo fortæller roligt og ved, hvem han kan gå til."),
    Wrote("malte", EMIL, 50, "strength", "Malte passer de mindste i klubben hver onsdag."),
    Wrote("malte", EMIL, 40, "agreement", "Hans far henter ham om fredagen, indtil de flytter."),
    Wrote("malte", EMIL, 10, "own-view", "Han glæder sig til den nye skole og er spændt på holdet."),
    Wrote("ella", NADIA, 80, "strength", "Ella sagde selv undskyld og hjalp med at rydde op."),
    Wrote("ella", NADIA, 70, "agreement", "Hun hjælper i klubbens café en gang om ugen."),
    Wrote("laurits", JONAS, 95, "strength", "Han har passet sit fritidsjob i et år og får ros af sin chef."),
    Wrote("otto", NADIA, 70, "strength", "Otto laver mad til hele klubben og er god til at få andre med."),
    Wrote("otto", NADIA, 60, "agreement", "Han begynder på køkkenholdet mandag. Nadia går med den første dag."),
    Wrote("karla", METTE, 35, "strength", "Karla har en træner, som hun stoler på."),
    Wrote("ella-police", LONE, 60, "fact", "Der er talt med Ella og hendes mor på stationen.", "Lokalbetjenten"),
)


def fill(scene: "Scene") -> None:
    _add(scene, BIRGITTE, "silas", TOBIAS, 69)
    _add(scene, NADIA, "ella", EMIL, 82)
    for each in WROTE:
        with scene.at_file(each.by, each.key, each.days) as stay:
            writing.write(stay, uuid4(), Said(each.kind, each.text, each.source))
    _reach(scene)
    _inform(scene)
    with scene.at_file(BIRGITTE, "silas", 45) as stay:
        _place(stay, "Skolen, klubben og hans mor skal aftale ugen sammen.")
        marking.add(stay, uuid4(), "Ring til hans mor inden ferien.", ends_on=stay.today + timedelta(days=6))
    with scene.at_file(NADIA, "ella", 65) as stay:
        _place(stay, "Klubben og politiet kender hende begge og skal holde den samme aftale.")
    with scene.at_file(JONAS, "laurits", 8) as stay:
        keeping.await_board(stay, stay.today - timedelta(days=1), "Sagen er sendt til nævnet.",
                            edition=stay.file.edition)


def _add(scene: "Scene", owner: str, key: str, colleague: str, days: int) -> None:
    with scene.at_file(owner, key, days) as stay:
        colleagues.add(stay, scene.members[colleague][0], until=stay.today + timedelta(days=90))


def _reach(scene: "Scene") -> None:
    for key, by, name, relation in (("silas", BIRGITTE, "Hanne Birkesø", "Mor"), ("malte", EMIL, "Jan Engsig", "Far"),
                                    ("silas", BIRGITTE, "Ole Tværby", "Træner i boldklubben"),
                                    ("otto", NADIA, "Rikke Kildebæk", "Storesøster"),
                                    ("karla", METTE, "Bodil Ager", "Håndboldtræner")):
        with scene.at_file(by, key, 48 if key == "silas" else 30) as stay:
            contacts.add(stay, uuid4(), Reach(name, relation))


def _inform(scene: "Scene") -> None:
    """In the others it is due still."""
    for key, by, days, whom, words in (
            ("silas", BIRGITTE, 62, "both", "Talt med Silas og hans mor på skolen."),
            ("ella", NADIA, 75, "both", "Talt med Ella og hendes forældre i klubben."),
            ("malte", EMIL, 45, "parents", "Maltes far har fået brevet og talt med os."),
            ("laurits", JONAS, 90, "youth", "Laurits har selv læst, hvad der står."),
            ("viggo", TOBIAS, 18, "waits", "Hans mor bad om at vente, til de har talt sammen. Vi ringer på mandag."),
            ("ella-police", LONE, 58, "both", "Sagt til Ella og hendes mor på stationen.")):
        with scene.at_file(by, key, days, Purpose.INFORMING) as stay:
            informing.note(stay, uuid4(), Told(whom, stay.today, words))


def _place(stay: Stay, reason: str) -> None:
    forum = forums.of_organisation(stay.seat)[0]
    placing.decide(stay, uuid4(), Choice(forum.id, reason, stay.today + timedelta(days=60)))
