"""Every page that somebody can reach, found by walking the URL resolver, and by whom it is looked at."""

import re
from contextlib import closing
from dataclasses import dataclass

import httpx
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.browser.service import (
    AMALIE,
    CLARA,
    HENRIK,
    JONAS,
    KIRSTEN,
    METTE,
    POUL,
    RASMUS,
    Service,
    client_of,
)
from tests.browser.signals import going_on

LINE, KASPER, TOBIAS = "laerer@gladsaxe.example", "paedagog@ballerup.example", "ssp@gladsaxe.example"
BIRGITTE, NADIA, EMIL = "raadgiver@gladsaxe.example", "raadgiver@ballerup.example", "ssp@ballerup.example"
LONE = "forebyggelse@politi.example"
NO_PAGES = {"mfa_download_recovery_codes"}


@dataclass(frozen=True)
class Place:
    email: str | None
    path: str
    status: int = 200

    def __str__(self) -> str:
        return f"{self.path} as {(self.email or 'nobody').split('@')[0]}"


def reachable(service: Service) -> list[Place]:
    """Each address without arguments, once, as the first of these people whom it answers with a page."""
    found: dict[str, Place] = {}
    left = addresses()
    for email in (None, JONAS, KIRSTEN):
        with closing(client_of(service, email)) as client:
            for path in left:
                if path not in found and is_page(client.get(path, follow_redirects=False)):
                    found[path] = Place(email, path)
    return [*found.values(), *particular(service)]


def addresses() -> list[str]:
    paths = []
    for name in sorted({name for name in get_resolver().reverse_dict if isinstance(name, str)} - NO_PAGES):
        try:
            paths.append(reverse(name))
        except NoReverseMatch:
            continue
    return paths


def is_page(answer: httpx.Response) -> bool:
    return answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")


def particular(service: Service) -> list[Place]:
    """Pages about one thing, and pages that look different for somebody else."""
    coarse = service.sql(
        "select o.id from situation_observation o join access_organisation g on g.id = o.organisation_id where "
        "o.visibility = 'partnership' and o.police_sees = 'text' and o.source_kind = 'municipality' "
        "order by o.period_start desc limit 1")[0][0]
    category = service.sql("select c.id from situation_category c join access_partnership p on p.id = "
                           "c.partnership_id where p.slug = 'vestegnen' and c.slug = 'shots'")[0][0]
    member = service.sql("select m.id from access_member m join access_user u on u.id = m.user_id "
                         "where u.email = %s", [KIRSTEN])[0][0]
    area = service.sql("select id from places_area where name = 'Grantoften'")[0][0]
    own = service.sql("select e.observation_id from situation_observation_exact e join access_member m on m.id = "
                      "e.reporter_id join access_user u on u.id = m.user_id where u.email = %s "
                      "order by e.occurred_at desc limit 1", [AMALIE])[0][0]
    refuted = service.sql("select id from situation_observation where standing = 'refuted' and visibility = "
                          "'partnership' and source_kind = 'municipality' order by period_start desc limit 1")[0][0]
    lights, cellars, corner, square = (
        service.sql("select id from situation_measure where title like %s", [f"{title}%"])[0][0]
        for title in ("Lys på stien", "Rene kældre", "Fast voksen", "Lys og liv"))
    waiting = service.sql("select id from situation_measure where kind = 'conflict' and state = 'proposed' "
                          "order by made_at limit 1")[0][0]
    followed = service.sql("select id from situation_subscription where outline is not null limit 1")[0][0]
    return [
        Place(JONAS, f"/foelg/{followed}/"), Place(JONAS, f"/overblik/?follow={followed}"), Place(METTE, "/foelg/"),
        Place(JONAS, f"/indsats/{lights}/"), Place(RASMUS, f"/indsats/{lights}/"), Place(JONAS, f"/indsats/{cellars}/"),
        Place(JONAS, f"/indsats/{corner}/"), Place(RASMUS, f"/indsats/{square}/"),
        Place(JONAS, f"/indsats/{lights}/ret/"),
        Place(JONAS, "/indsatser/?state=dropped&whose=mine"), Place(JONAS, "/indsatser/ny/?picture=1&days=7"),
        *worries(service), *files(service), *shared(service),
        *grounds(service), *agreed(service), *weekly(service), *meetings(service), *unusual(service), *layers(),
        Place(JONAS, f"/konflikt/{waiting}/"),
        Place(JONAS, f"/omraade/{area}/"), Place(RASMUS, f"/omraade/{area}/"), Place(POUL, "/tal/"),
        Place(JONAS, f"/vurdering/{area}/"), Place(AMALIE, f"/vurdering/{area}/skriv/"),
        Place(POUL, f"/vurdering/{area}/"), Place(POUL, "/vurderinger/"),
        Place(AMALIE, f"/haendelse/{own}/ret/"), Place(JONAS, f"/haendelse/{refuted}/"),
        Place(RASMUS, f"/haendelse/{refuted}/"), Place(POUL, "/mine/"), Place(POUL, "/telefoner/"),
        Place(JONAS, "/overblik/kategori/?category=other"), Place(JONAS, "/overblik/?q=scooter&standing=unconfirmed"),
        Place(RASMUS, f"/haendelse/{coarse}/"), Place(AMALIE, f"/haendelse/{coarse}/"),
        Place(JONAS, f"/kategorier/{category}/"), Place(JONAS, f"/administration/medlem/{member}/"),
        Place(AMALIE, "/ude/"), Place(CLARA, "/ude/"),
        Place(RASMUS, "/del/"), Place(POUL, "/overblik/?days=90"), Place(CLARA, "/overblik/"),
        Place(AMALIE, "/overblik/?category=weapons&days=1"), Place(RASMUS, "/administration/", 403),
        Place(None, "/her-er-ingen-side/", 404), Place(None, "/invitation/ikke-et-tegn/", 404),
        Place(None, "/beskeder/stop/ikke-et-tegn/", 404),
        Place(None, "/konto/adgangskode/glemt/1-abc-def/"),
    ]


def worries(service: Service) -> list[Place]:
    """A worry as its author, before and after it is sent and answered; and as who clarifies it."""
    def newest(email: str, condition: str) -> object:
        return service.sql("select c.id from youth_concern c join access_member m on m.id = c.author_id join "
                           "access_user u on u.id = m.user_id where u.email = %s and "
                           f"{condition} order by c.made_at desc limit 1", [email])[0][0]

    draft, answered = newest(LINE, "c.state = 'draft'"), newest(LINE, "c.state = 'decided'")
    acute, screened = newest(LINE, "c.acute"), newest(KASPER, "c.step = 'screening' and c.state = 'sent'")
    return [Place(LINE, "/bekymring/"), Place(LINE, "/bekymringer/"), Place(LINE, f"/bekymring/{draft}/"),
            Place(LINE, f"/bekymring/{answered}/"), Place(LINE, f"/bekymring/{acute}/"), Place(TOBIAS, "/afklaring/"),
            Place(TOBIAS, f"/afklaring/{acute}/"), Place(EMIL, f"/afklaring/{screened}/"),
            Place(EMIL, f"/afklaring/{draft}/", 404)]


def files(service: Service) -> list[Place]:
    """A file from outside and from within, one beside the board, a witness's, and one with a worry that waits."""
    owned = "select f.id from youth_file f join access_member m on m.id = f.owner_id join access_user u on " \
            "u.id = m.user_id where u.email = %s and f.about = %s order by opened_at limit 1"
    silas, witness, board, ella = (service.sql(owned, [email, about])[0][0] for email, about in (
        (BIRGITTE, "helped"), (TOBIAS, "witness"), (JONAS, "helped"), (NADIA, "helped")))
    for file, email in ((silas, BIRGITTE), (witness, TOBIAS), (board, JONAS)):
        visit(service, email, file)
    return [Place(BIRGITTE, "/sager/"), Place(NADIA, f"/sag/{ella}/ind/"), Place(EMIL, "/noedadgang/"),
            Place(TOBIAS, f"/sag/{witness}/"), Place(JONAS, f"/sag/{board}/"), Place(EMIL, f"/sag/{silas}/", 404),
            *(Place(BIRGITTE, f"/sag/{silas}/{page}") for page in (
                "", "hvem-har-set/", "note/?slags=fact", "kontakt/", "maerke/", "forum/", "orientering/", "slettes/",
                "som/", "naevn/", "hvem/", "kolleger/", "del/"))]


def visit(service: Service, email: str, file: object) -> None:
    with closing(client_of(service, email)) as client:
        form = client.get(f"/sag/{file}/ind/").text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token
        client.post(f"/sag/{file}/ind/", data={"purpose": "disclosure", "csrfmiddlewaretoken": token[1]},
                    headers={"Referer": f"{service.url}/"})


def shared(service: Service) -> list[Place]:
    """What was offered, taken and taken back, from both sides; and the desk of who watches over it."""
    state = dict(service.sql("select state, id from disclosure_offer"))
    copy = service.sql("select c.id from disclosure_copy c join disclosure_offer o on o.id = c.offer_id "
                       "where o.state = 'accepted'")[0][0]
    return [Place(TOBIAS, "/delt/"), Place(TOBIAS, f"/delt/{state['offered']}/"),
            Place(TOBIAS, f"/delt/{state['recalled']}/"), Place(LONE, f"/kopi/{copy}/"),
            Place(EMIL, f"/deling/{state['offered']}/"), Place(NADIA, f"/deling/{state['declined']}/"),
            Place(NADIA, f"/deling/{state['recalled']}/"), Place(KIRSTEN, "/databeskyttelse/personer/")]


def grounds(service: Service) -> list[Place]:
    """One that is in force, one that waits for a confirmation, and one that waits for another pair of eyes."""
    known = dict(service.sql("select code || ' ' || state, id from disclosure_ground"))
    plain, unconfirmed, proposed = (known[name] for name in (
        "bl-132 in-force", "bl-exchange in-force", "rpl-115-3-ssp-to proposed"))
    return [Place(KIRSTEN, f"/hjemler/{plain}/"), Place(JONAS, f"/hjemler/{unconfirmed}/"),
            Place(KIRSTEN, f"/hjemler/{unconfirmed}/"), Place(KIRSTEN, f"/hjemler/{proposed}/")]


def layers() -> list[Place]:
    """Each layer where it has something to show, and where there is too little to go by."""
    shown = [f"/usaedvanligt/lag/?layer={layer}&weeks=52" for layer in ("density", "significant", "near-repeat")]
    return [*(Place(JONAS, path) for path in shown), Place(HENRIK, shown[0]),
            Place(JONAS, "/usaedvanligt/lag/?layer=significant&group=violence&weeks=4")]


def weekly(service: Service) -> list[Place]:
    """Briefings: the partnership's approved one as both kinds of readers, and a draft to write in and approve."""
    of_week = ("select b.id, b.digest from situation_briefing b join access_partnership p on p.id = b.partnership_id "
               "where p.slug = 'vestegnen' and b.municipality_id is {} null and b.state = %s "
               "order by week desc limit 1")
    approved = service.sql(of_week.format(""), ["approved"])[0][0]
    draft, digest = service.sql(of_week.format("not"), ["draft"])[0]
    return [Place(HENRIK, f"/ugen/{approved}/"), Place(JONAS, f"/ugen/{approved}/"), Place(AMALIE, "/ugen/arkiv/"),
            Place(JONAS, f"/ugen/{draft}/"), Place(JONAS, f"/ugen/{draft}/godkend/?tal={digest}")]


def unusual(service: Service) -> list[Place]:
    """A signal as who judges and as who reads along; its reports in the overview; a measure that begins with it."""
    shared, ours = going_on(service, "unrest"), going_on(service, "unrest", audience="municipalities", word="maybe")
    return [Place(JONAS, f"/usaedvanligt/{shared}/"), Place(RASMUS, f"/usaedvanligt/{shared}/"),
            Place(AMALIE, f"/usaedvanligt/{ours}/"), Place(JONAS, f"/overblik/?signal={shared}&days=30"),
            Place(JONAS, f"/indsatser/ny/?signal={shared}"), Place(RASMUS, f"/overblik/?signal={ours}")]


def agreed(service: Service) -> list[Place]:
    """What was promised, and a question with its link: as those who ask, and as somebody who never logs in."""
    kept, open_one = (service.sql("select id from partnership_commitment where state = %s order by due_on limit 1",
                                  [state])[0][0] for state in ("kept", "open"))
    measure = service.sql("select measure_id from situation_question where answered_at is null")[0][0]
    service.sql("update situation_question set token_hash = sha256('et link') where answered_at is null")
    return [Place(JONAS, f"/aftaler/{kept}/"), Place(AMALIE, f"/aftaler/{open_one}/"), Place(AMALIE, "/aftaler/"),
            Place(AMALIE, f"/indsats/{measure}/"), Place(AMALIE, f"/indsats/{measure}/spoerg/"),
            Place(None, "/svar-link/et%20link/"), Place(None, "/svar-link/et-andet-link/", 404)]


def meetings(service: Service) -> list[Place]:
    """Points of a meeting that look different, as who decides and as who reads along; a draft; and how one ended."""
    def newest(state: str, place: str) -> object:
        return service.sql(
            "select b.id from situation_briefing b join access_partnership p on p.id = b.partnership_id left join "
            "places_area a on a.id = b.municipality_id where p.slug = 'vestegnen' and b.state = %s and "
            "coalesce(a.name, '') = %s order by b.week desc limit 1", [state, place])[0][0]

    met, own, draft = newest("approved", ""), newest("approved", "Ballerup"), newest("draft", "Herlev")
    return [Place(JONAS, f"/ugen/{draft}/moede/"), Place(JONAS, f"/ugen/{met}/moede/slut/"),
            Place(RASMUS, f"/ugen/{met}/moede/?punkt=good"), Place(JONAS, f"/ugen/{own}/moede/?punkt=silent"),
            *(Place(JONAS, f"/ugen/{met}/moede/?punkt={point}")
              for point in ("summary", "happened", "under-way", "followed"))]
