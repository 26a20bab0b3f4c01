"""The data protection officer's desk in a browser: for a case, in both languages and widths, without a violation."""

import json
import uuid

import pytest

from tests.browser.places import Place
from tests.browser.service import DESKTOP, KIRSTEN, PHONE, People, Service
from tests.browser.test_axe import plain_rules, violations

pytestmark = pytest.mark.browser
DESK = "/databeskyttelse/personer/"


def log_of_ballerup(service: Service) -> str:
    """A visit at night, a disclosure that was refused, and emergency access whose words cannot be opened any more."""
    person, file = str(uuid.uuid4()), str(uuid.uuid4())
    organisation, member = service.sql(
        "select m.organisation_id, m.id from access_member m join access_user u on u.id = m.user_id where u.email = %s",
        ["ssp@ballerup.example"])[0]
    service.sql("insert into persons_person (id, controller_id, sealed, edition, made_at) "
                "values (%s, %s, '', 1, now())", [person, organisation])
    service.sql("insert into youth_file (id, controller_id, person_id, number, about, regime, owner_id, opened_at, "
                "deletes_on, inform_by, edition) values (%s, %s, %s, '2020-0007', 'helped', 'gdpr', %s, now(), "
                "current_date + 100, current_date + 20, 1)", [file, organisation, person, member])
    service.sql("insert into persons_visit (id, person_id, controller_id, member_id, purpose, because, entered_at, "
                "ends_at, left_at, wrong) select gen_random_uuid(), %s, %s, %s, 'early-help', '{assigned}', "
                "current_date - 3 + make_interval(hours => h), current_date - 3 + make_interval(hours => h + 2), "
                "current_date - 3 + make_interval(hours => h, secs => 20), false from unnest(array[2, 11]) h",
                [person, organisation, member])
    service.sql("insert into persons_override (id, person_id, controller_id, member_id, sealed, opened_at, ends_at, "
                "wrong) values (gen_random_uuid(), %s, %s, %s, '', now() - interval '1 day', now(), false)",
                [person, organisation, member])
    said = json.dumps({"rules": ["age-unknown"]})
    service.sql("insert into access_event (id, at, member_id, organisation_id, kind, purpose, because, subject_kind, "
                "subject, detail, salt, digest, mac) values (gen_random_uuid(), now(), %s, %s, 'disclosure.refused', "
                "'', '', 'file', %s, %s, '', '', '')", [member, organisation, file, said])
    return person


@pytest.mark.parametrize(("language", "theme", "size"), [("da", "light", DESKTOP), ("en", "dark", PHONE)])
def test_the_desk_with_a_case_open_is_accessible(
        people: People, service: Service, language: str, theme: str, size: dict[str, int]) -> None:
    person = log_of_ballerup(service)
    try:
        page = people.page(KIRSTEN, DESK, language=language, theme=theme, viewport=size)
        page.locator("[name=case_number]").fill("2026-88")
        page.locator("main .button-primary").click()
        page.wait_for_url("**/laesning/")
        problems = []
        for path in ("", "laesning/", "delt/", "afvist/", "noedadgang/", "usaedvanligt/", f"log/{person}/"):
            place = Place(KIRSTEN, f"{DESK}{path}")
            answer = page.goto(place.path)
            problems += [f"{path}: {found}"
                         for found in plain_rules(page, answer, place, language, theme) + violations(page)]
        assert not problems, "\n".join(problems)
        page.goto(f"{DESK}usaedvanligt/")
        before = page.locator(".unusual form").count()
        page.locator(".unusual form select").first.select_option("shift")
        page.locator(".unusual form button").first.click()
        assert before and page.locator(".unusual form").count() == before - 1
    finally:
        for table in ("persons_visit", "persons_override", "youth_file"):
            service.sql(f"delete from {table} where person_id = %s", [person])
        service.sql("delete from access_event where kind = 'disclosure.refused' and digest = ''")
        service.sql("delete from persons_person where id = %s", [person])
