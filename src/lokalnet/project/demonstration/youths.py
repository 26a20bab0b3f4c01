"""The young people of the demonstration, and what those who know them say. Everybody is invented.

Their CPR numbers are such as nobody has: numbers that fail modulus 11 are given out for births on the first of January
alone, and nobody here was born on that day.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from stdnum.dk import cpr as standard

from lokalnet.persons.identity import Identity
from lokalnet.youth.concerns.worries import Words

LINE, KASPER, METTE = "laerer@gladsaxe.example", "paedagog@ballerup.example", "ssp@herlev.example"
TOBIAS, BIRGITTE = "ssp@gladsaxe.example", "raadgiver@gladsaxe.example"
EMIL, NADIA, JONAS = "ssp@ballerup.example", "raadgiver@ballerup.example", "koordinator@ballerup.example"
RASMUS, LONE = "lokalbetjent@politi.example", "forebyggelse@politi.example"


@dataclass(frozen=True)
class Youth:
    name: str
    age: int

    def who(self, today: date) -> Identity:
        born = _birthday(self.age, len(self.name), today)
        return Identity(self.name, nobodys(born), born)


def _birthday(age: int, place: int, today: date) -> date:
    """Some months after the birthday at which that age was reached."""
    born = date(today.year - age, today.month, min(today.day, 28)) - timedelta(days=60 + 7 * place)
    return born + timedelta(days=1) if (born.month, born.day) == (1, 1) else born


def nobodys(born: date) -> str:
    """Ten digits that fail modulus 11, for somebody born from 2000 on, on any other day than the first of January."""
    return next(number for last in range(1000) if standard.checksum(number := f"{born:%d%m%y}4{last:03}"))


SILAS, ALMA, NOAH, FREJA = (Youth("Silas Birkesø", 13), Youth("Alma Vinterlund", 12), Youth("Noah Skovbakke", 15),
                            Youth("Freja Lyngholm", 14))
STORM, VIGGO = Youth("Storm Havgaard", 16), Youth("Viggo Møllehøj", 11)
MALTE, ELLA, LAURITS = Youth("Malte Engsig", 14), Youth("Ella Stenager", 15), Youth("Laurits Højmark", 17)
ASTA, OTTO, KARLA = Youth("Asta Fjordvang", 13), Youth("Otto Kildebæk", 16), Youth("Karla Granlund", 14)


@dataclass(frozen=True)
class Told:
    """A worry: about whom, by whom, how many days ago. `notified` says that a notification was sent the same day."""

    key: str
    youth: Youth
    by: str
    days: int
    words: Words
    acute: bool = False
    notified: bool = False
    sent: bool = True


TOLD = (
    Told("silas", SILAS, LINE, 75, Words(
        why="Han er væk fra skolen om eftermiddagen.",
        strengths="Han er god til matematik og hjælper de andre. Han møder altid til fodbold.",
        facts="Silas er gået fra skolen efter frokost syv gange på fire uger.",
        source="Jeg har selv skrevet fraværet ned, senest i fredags.",
        assessment="Jeg tror, han mangler nogen at følges med.",
        youth_says="Han siger, at eftermiddagene er lange, og at han keder sig.",
        parents_say="Hans mor vil gerne have hjælp til at få en fast uge.",
        tried="Vi har talt med ham og hans mor to gange.")),
    Told("silas-again", SILAS, LINE, 2, Words(
        why="Han er begyndt at komme for sent igen.", strengths="Han kommer hver dag.",
        facts="Silas kom for sent tre dage i denne uge.", source="Jeg var der selv hver morgen.")),
    Told("alma", ALMA, LINE, 1, Words(
        why="Hun sidder alene og er holdt op med at gå i klub.",
        strengths="Hun tegner meget og fortæller gerne om det.",
        facts="Alma har ikke været i klubben i tre uger. Hun spiser sin mad alene.",
        source="Jeg og klassens pædagog har set det.", youth_says="Hun siger, at hun savner sin gamle veninde.")),
    Told("noah", NOAH, LINE, 1, Words(
        why="Han tør ikke gå hjem.", strengths="Han kom selv og bad om hjælp.",
        facts="Noah fortalte kl. 14, at nogen ældre drenge venter på ham ved stationen.",
        source="Han sagde det til mig i går. Jeg så to unge stå der.",
        acute_words="Han er kørt hjem af sin onkel. Børn og unge-vagten er ringet op."), acute=True, notified=True),
    Told("freja", FREJA, LINE, 32, Words(
        why="Hun er ofte træt i skolen.", strengths="Hun har gode venner og er vellidt.",
        facts="Freja er faldet i søvn i timen to gange.", source="Jeg så det selv i sidste uge.",
        parents_say="Hendes far vidste det ikke og vil tale med hende.")),
    Told("storm", STORM, LINE, 1, Words(
        why="Han taler om at stoppe i skolen.", strengths="Han er dygtig på værkstedet."), sent=False),
    Told("viggo", VIGGO, TOBIAS, 26, Words(
        why="Han så et slagsmål på vej hjem.", strengths="Han fortalte det straks til sin mor.",
        facts="Viggo gik forbi hallen, da to store drenge sloges.", source="Hans mor ringede samme aften.")),
    Told("malte", MALTE, KASPER, 60, Words(
        why="Han har fået nye og meget ældre venner.", strengths="Han er god til at passe de mindste i klubben.",
        facts="Malte bliver hentet i bil ved klubben af unge, vi ikke kender.",
        source="Jeg har set det tre fredage i træk.", youth_says="Han siger, at de er flinke.")),
    Told("ella", ELLA, KASPER, 90, Words(
        why="Hun er kommet i en gruppe, der laver hærværk.", strengths="Hun er modig og siger undskyld.",
        facts="Ella var med, da ruden i klubben blev slået i stykker.", source="Hun sagde det selv til mig.")),
    Told("laurits", LAURITS, KASPER, 110, Words(
        why="Han har brug for en voksen, der følger ham.", strengths="Han har passet sit fritidsjob i et år.",
        facts="Laurits fortæller, at han skylder penge til en jævnaldrende.", source="Han sagde det i klubben.")),
    Told("asta", ASTA, KASPER, 9, Words(
        why="Hun bliver væk om aftenen.", strengths="Hun passer sin hest hver morgen.",
        facts="Asta var på stationen efter kl. 23 to aftener.", source="Vores aftenhold mødte hende der.")),
    Told("otto", OTTO, KASPER, 80, Words(
        why="Han kommer ikke i skole.", strengths="Han er vellidt og god til at lave mad.",
        facts="Otto har været i skole otte dage i denne måned.", source="Skolen ringede til klubben.")),
    Told("karla", KARLA, METTE, 45, Words(
        why="Hun er med, når der bliver købt e-cigaretter.", strengths="Hun spiller håndbold og har en god træner.",
        facts="Karla var med i butikken, da nogen yngre fik købt.", source="Butikken ringede, og jeg var der.")),
    Told("ella-police", ELLA, RASMUS, 70, Words(
        why="Hun var med i en gruppe, vi talte med.", strengths="Hun svarede roligt og ventede på sin mor.",
        facts="Ella stod med fem andre bag hallen kl. 22.", source="Jeg var der selv i patruljen.")),
    Told("laurits-police", LAURITS, RASMUS, 4, Words(
        why="Han virker presset af nogen.", strengths="Han henvendte sig selv.",
        facts="Laurits spurgte, hvem man kan tale med om gæld.", source="Han sagde det til mig på stationen.")),
)
