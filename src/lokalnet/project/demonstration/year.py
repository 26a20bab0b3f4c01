"""A year of plausible observations, seeded: evenings and weekends, seasons, and a few places with more to tell."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from lokalnet.access.models import Member, Partnership
from lokalnet.foundation.times import now
from lokalnet.places.areas import places
from lokalnet.places.points import cell_of
from lokalnet.project.demonstration import people
from lokalnet.project.demonstration.places import NEIGHBOURHOODS
from lokalnet.situation import periods
from lokalnet.situation.models import Category, Exact, Observation, PoliceSees, Precision, Text, Visibility

SEED = 2013
NUMBER = 2600
FOLLOWED = 0.6  # of what is damaged, by more of it close by within ten days
SHARE = {"nuisance": 27, "vandalism": 12, "drug-dealing": 16, "threats": 5, "violence": 2, "shots": 1, "fireworks": 5,
         "weapons": 1, "unsafe-place": 12, "positive": 15, "other": 4}
TEXTS = {
    "nuisance": ("Scootere kører rundt på stisystemet og gasser op.", "Høj musik og råben ved bænkene. Otte-ti unge.",
                 "Uro foran kiosken til sent. Faldt til ro efter en snak.", "Bål i skraldespand, slukket af beboere."),
    "vandalism": ("Rude knust i vaskeriet.", "Ny graffiti på den nordlige gavl.", "Lamper sparket i stykker på stien.",
                  "Postkasser i opgangen er brudt op."),
    "drug-dealing": ("Hurtige overleveringer ved parkeringspladsen, flere biler på kort tid.",
                     "Hashlugt og handel ved legepladsen sidst på aftenen.",
                     "Handel ved cykelskuret, samme sted som i går."),
    "threats": ("En medarbejder i klubben blev råbt ad og truet.", "Trusler mellem to grupper ved busstoppet."),
    "violence": ("Slagsmål ved stationen. Politiet kom.", "En person blev skubbet omkuld ved torvet."),
    "shots": ("Flere har hørt brag, der kan være skud. Ikke set af mig selv.",),
    "fireworks": ("Kanonslag kastet mod opgang.", "Raketter skudt af mellem blokkene."),
    "weapons": ("Kniv fundet i buskads og afleveret til politiet.",),
    "unsafe-place": ("Stien er helt mørk, tre lamper er ude.", "Beboere går udenom tunnelen om aftenen.",
                     "Kælderen står åben, og nogen har sovet der."),
    "positive": ("Fuldt hus i klubben til fællesspisning.", "Fædregruppen gik aftentur, god stemning.",
                 "De unge hjalp med at rydde op efter festen.", "Fodbold på kunstbanen trak over tredive unge."),
    "other": ("En varevogn har holdt samme sted i fire dage.", "Flere har spurgt, hvem der har vagt i weekenden."),
}
REPORTERS = {  # e-mail: share, places they know
    "gadeplan@gladsaxe.example": (22, ("Blokhaven", "Høje Gladsaxe", "Bagsværd Torv")),
    "koordinator@ballerup.example": (20, ("Grantoften", "Hede-Magleparken", "Skovlunde Midt")),
    "ssp@herlev.example": (16, ("Herlev Hovedgade", "Blokhaven")),
    "lokalbetjent@politi.example": (24, tuple(NEIGHBOURHOODS)),
    "vaert@boligforening.example": (10, ("Grantoften", "Hede-Magleparken")),
    "traener@nabofodbold.example": (8, ("Høje Gladsaxe", "Blokhaven")),
}
COLLEAGUES = {  # who else tells what is told by one of them: e-mail and share
    "koordinator@ballerup.example": (("gadeplan@ballerup.example", .35), ("ssp@ballerup.example", .2)),
    "lokalbetjent@politi.example": (("nattevagt@politi.example", .4),),
    "gadeplan@gladsaxe.example": (("ssp@gladsaxe.example", .3),),
}


@dataclass(frozen=True)
class Rows:
    observations: list[Observation]
    exacts: list[Exact]
    texts: list[Text]


def make(partnership: Partnership, categories: dict[str, Category], members: dict[str, Member]) -> Rows:
    random = np.random.default_rng(SEED)
    emails = list(REPORTERS)
    weights = np.array([REPORTERS[email][0] for email in emails], float)
    slugs, shares = list(SHARE), np.array(list(SHARE.values()), float)
    rows = Rows([], [], [])
    moments = _moments(random, ZoneInfo(partnership.timezone))
    for moment in moments:
        email = emails[random.choice(len(emails), p=weights / weights.sum())]
        slug = slugs[random.choice(len(slugs), p=shares / shares.sum())]
        if slug == "fireworks" and moment.month not in (12, 1) and random.random() < .7:
            slug = "nuisance"
        add(rows, random, partnership, categories[slug], members[email], _point(random, REPORTERS[email][1]), moment)
    _follow(rows, np.random.default_rng(SEED + 1), partnership, categories["vandalism"], members)
    _share_out(rows, members)
    return rows


def _share_out(rows: Rows, members: dict[str, Member]) -> None:
    """A part of what one tells is told by colleagues, who know the same places."""
    random = np.random.default_rng(SEED)
    others = {members[email].id: [(members[other], share) for other, share in shares]
              for email, shares in COLLEAGUES.items()}
    for exact in rows.exacts:
        drawn = random.random()
        for other, share in others.get(exact.reporter_id, ()):
            if 0 <= drawn < share:
                exact.reporter = other
            drawn -= share


def _follow(rows: Rows, random: np.random.Generator, partnership: Partnership, damage: Category,
            members: dict[str, Member]) -> None:
    """What is damaged is damaged again nearby, as is told by the same person or by the police."""
    first = [exact for row, exact in zip(rows.observations, rows.exacts, strict=True) if row.category == damage]
    for exact in first:
        moment = exact.reported_at + timedelta(days=float(random.uniform(1, 10)))
        if random.random() < FOLLOWED and moment < now() - timedelta(hours=1):
            point = (exact.longitude + float(random.normal(0, .0012)), exact.latitude + float(random.normal(0, .0007)))
            by = exact.reporter if random.random() < .5 else members["lokalbetjent@politi.example"]
            add(rows, random, partnership, damage, by, (round(point[0], 6), round(point[1], 6)), moment)


def _moments(random: np.random.Generator, zone: ZoneInfo) -> list[datetime]:
    """Most in the evening and towards the weekend, more in summer; ending a few minutes ago."""
    today = now().astimezone(zone)
    found: list[datetime] = []
    while len(found) < NUMBER:
        day = (today - timedelta(days=float(random.random() * 365))).replace(minute=0, second=0, microsecond=0)
        season = 1 + .35 * np.sin((day.timetuple().tm_yday - 80) / 365 * 2 * np.pi)
        weekend = 1.5 if day.weekday() in (4, 5) else 1.0
        if random.random() * 2.1 > season * weekend:
            continue
        hour = int(np.clip(random.normal(20.2, 3.2), 0, 27))
        moment = day.replace(hour=hour % 24, minute=int(random.integers(0, 60))) + timedelta(days=hour // 24)
        if moment < today - timedelta(minutes=4):
            found.append(moment)
    return sorted(found)


def _point(random: np.random.Generator, known: tuple[str, ...]) -> tuple[float, float]:
    _, x, y, width, height, _ = NEIGHBOURHOODS[known[int(random.integers(0, len(known)))]]
    spread = .45 if random.random() < .75 else 1.6
    return (round(float(random.normal(x, width * spread)), 6), round(float(random.normal(y, height * spread)), 6))


def add(rows: Rows, random: np.random.Generator, partnership: Partnership, category: Category, member: Member,
        point: tuple[float, float], moment: datetime) -> None:
    kind = people.ORGANISATIONS[member.organisation.name][0]
    zone = ZoneInfo(partnership.timezone)
    visibility = _visibility(random, kind, category.slug)
    precision = str(random.choice([Precision.EXACT, Precision.HOUR, Precision.EVENING, Precision.WEEK],
                                  p=[.62, .2, .15, .03]))
    cell = cell_of(*point, partnership.projection)
    start, part = periods.period_of(moment, precision, zone)
    id_ = uuid.UUID(bytes=random.bytes(16), version=4)
    audience = {"partnership_id": partnership.id, "organisation_id": member.organisation_id, "source_kind": kind,
                "visibility": visibility,
                "police_sees": str(random.choice([PoliceSees.TEXT, PoliceSees.AREA, PoliceSees.EXACT], p=[.7, .1, .2]))}
    index = places()
    rows.observations.append(Observation(
        id=id_, category=category, cell_x=cell.x, cell_y=cell.y, longitude=cell.longitude, latitude=cell.latitude,
        areas=index.areas_at(cell.longitude, cell.latitude), period_start=start, part=part, **audience))
    rows.exacts.append(Exact(
        observation_id=id_, longitude=point[0], latitude=point[1], areas=index.areas_at(*point),
        occurred_at=periods.no_finer_than(moment, precision, zone), precision=precision, reporter=member,
        reported_at=moment, **audience))
    if random.random() < .8:
        texts = TEXTS[category.slug]
        rows.texts.append(Text(observation_id=id_, text=texts[int(random.integers(0, len(texts)))], **audience))


def _visibility(random: np.random.Generator, kind: str, slug: str) -> str:
    """A third of the municipal reports and half of the housing association's count in public figures."""
    if kind == "police":
        return str(random.choice([Visibility.PARTNERSHIP, Visibility.PUBLIC, Visibility.ORGANISATION],
                                 p=[.6, .25, .15]))
    if slug == "positive" or kind == "housing":
        return str(random.choice([Visibility.PUBLIC, Visibility.MUNICIPALITIES], p=[.5, .5]))
    return str(random.choice([Visibility.MUNICIPALITIES, Visibility.PARTNERSHIP, Visibility.PUBLIC,
                              Visibility.ORGANISATION], p=[.34, .25, .33, .08]))
