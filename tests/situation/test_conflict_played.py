"""A conflict, played through by its pages: opened by the police and a municipality, rung, a rumour refuted, a message
to the schools agreed, reviewed daily, and stood down by itself."""

import re
from html import unescape

import pytest
from django.test import Client

from lokalnet.situation.measures import ending
from tests.access.people import browser_of
from tests.situation.conflicting import days_go_by, template
from tests.situation.telling import frame
from tests.world import World

RUMOUR = "Der siges, at en dreng er stukket ned på torvet."
SEEN = "Torvet er tomt, og to patruljer bliver i området."
TO_SCHOOLS = "Der var slagsmål på torvet. Ingen kom alvorligt til skade. Politi og gadeteam er synlige i området."


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def post(client: Client, path: str, **said: str) -> None:
    answer = client.post(path, said)
    assert answer.status_code == 302, re.findall(r'alert-text">(.*?)<', answer.content.decode())


def found(said: str, pattern: str) -> str:
    match = re.search(pattern, said, re.S)
    assert match, pattern
    return match[1]


def next_to_ring(client: Client, at: str) -> tuple[str, str]:
    """The duty's name and the address that tells of the call."""
    said = found(page(client, at), r'id="next">(.*?)</div>')
    return found(said, "<strong>(.*?)</strong>"), found(said, 'action="([^"]+)"')


@pytest.mark.parametrize("job_runs", [False, True], ids=["before the job", "by the job"])
def test_a_conflict_from_its_opening_until_it_stands_down_by_itself(world: World, job_runs: bool) -> None:
    lars, berit, anna, bo = (browser_of(each) for each in (world.lars, world.berit, world.anna, world.bo))
    template(world)
    area = str(next(iter(frame(world, world.lars).areas)))

    # Opened by the police and a municipality.
    answer = lars.post("/konflikter/ny/", {"title": "Uro ved torvet", "known": "Slagsmål i aften.", "areas": [area]})
    at = answer["Location"]
    assert "conflict-state waiting" in page(berit, at)
    assert anna.post(f"{at}log/", {"words": RUMOUR}).status_code == 422
    post(berit, f"{at}bekraeft/")
    assert "Uro ved torvet" in page(anna, "/overblik/")

    # The contact tree is rung through; one does not answer at first.
    rung = []
    for outcome in ("reached", "reached", "not-reached", "reached", "reached", "reached"):
        duty, act = next_to_ring(berit, at)
        rung.append(duty)
        post(berit, act, outcome=outcome)
    assert rung == ["Vagthavende", "Koordinator på vagt", "Skoleleder på vagt", "Klubleder på vagt", "SSP-leder",
                    "Skoleleder på vagt"]
    assert 'action="' not in found(page(berit, at), r'id="next">(.*?)</div>')

    # A rumour is written and refuted; what was seen is confirmed by somebody else.
    post(anna, f"{at}log/", words=RUMOUR)
    post(bo, f"{at}log/", words=SEEN)
    said = page(lars, at)
    seen, rumour = re.findall(r'id="entry-([^"]+)"', said)
    post(lars, f"{at}log/{rumour}/", standing="refuted", reason="Skadestuen kender intet til det.", newest="")
    post(berit, f"{at}log/{seen}/", standing="confirmed", reason="Gadeteamet står der.", newest="")
    log = found(page(anna, at), r'(<ol class="conflict-log.*?</ol>)')
    assert re.search(rf'class="refuted" id="entry-{rumour}"', log) and RUMOUR in log
    assert "Skadestuen kender intet til det." in log

    # A message to the schools: nothing that is refuted can be built on, and two organisations agree to it.
    assert berit.post(f"{at}beskeder/", {
        "audience": "schools", "words": RUMOUR, "builds_on": rumour}).status_code == 422
    post(berit, f"{at}beskeder/", audience="schools", words=TO_SCHOOLS, builds_on=seen)
    message = found(page(lars, at), r'id="message-([^"]+)"')
    assert anna.get(f"{at}beskeder/{message}/tekst/").status_code == 409
    post(lars, f"{at}beskeder/{message}/aftal/", number="1")
    assert anna.get(f"{at}beskeder/{message}/tekst/").content.decode() == TO_SCHOOLS + "\n"

    # Reviewed daily, in turn.
    conflict_id = at.split("/")[2]
    for day in range(1, 15):
        days_go_by(conflict_id, 1)  # type: ignore[arg-type]
        who = (lars, berit)[day % 2]
        assert 'conflict-review due"' in page(who, at), day
        post(who, f"{at}gennemgang/", changed=f"Roligt døgn {day}.", choice="hold", who="Samme runder.")
        assert 'conflict-review due"' not in page(who, at)
    assert page(anna, at).count("Roligt døgn") == 14

    # Day fourteen was its last.
    days_go_by(conflict_id, 1)  # type: ignore[arg-type]
    if job_runs:
        assert ending.end_measures() == 1
    said = page(anna, at)
    assert "conflict-state over" in said and f'action="{at}' not in said
    for words in (RUMOUR, SEEN, TO_SCHOOLS, "Roligt døgn 14.", "Skoleleder på vagt"):
        assert words in said
    for act, more in (("log/", {"words": "Mere"}), ("gennemgang/", {"changed": "Mere", "choice": "hold"}),
                      (f"beskeder/{message}/traek-tilbage/", {"reason": "Nej"}), ("bekraeft/", {}), ("med/", {})):
        assert berit.post(f"{at}{act}", more).status_code == 422, act
    assert "Uro ved torvet" not in page(anna, "/overblik/")
    assert "Uro ved torvet" in page(anna, "/konflikter/")
