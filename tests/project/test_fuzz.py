"""A fuzzer that reads the API's own description finds no way to an internal error.

On a real server, so that what the web server, the middleware and the database make of strange input counts too.
Schemathesis' own pytest plugin does not know pytest 9 yet, so its cases are drawn through hypothesis here.
"""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from lokalnet.project.testbed import Testbed
from tests.doors.serving import Served, server

OPERATIONS = [("/api/v1/observations", "GET"), ("/api/v1/observations", "POST"), ("/api/v1/categories", "GET"),
              ("/api/v1/live", "GET"), ("/api/v1/areas", "GET")]
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
QUIET = settings(max_examples=150, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
                 suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def served(bed: Testbed) -> Iterator[Served]:
    with server(bed) as found:
        yield found


@pytest.fixture(scope="module")
def description(served: Served) -> Any:
    return schemathesis.openapi.from_url(f"{served.url}/api/v1/openapi.json")


def test_the_description_tells_every_operation(served: Served) -> None:
    """What the fuzzer cannot see it cannot try."""
    told = httpx.get(f"{served.url}/api/v1/openapi.json").json()
    assert sorted((path, method.upper()) for path, methods in told["paths"].items() for method in methods) == sorted(
        OPERATIONS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_nothing_that_is_sent_makes_the_service_fail(served: Served, description: Any, path: str, method: str,
                                                     mode: GenerationMode) -> None:
    """With a key that is good for everything: what fits the description, and what does not."""
    operation = description[path][method]
    if mode == GenerationMode.NEGATIVE and path.endswith(("/areas", "/live")):
        return  # they ask for nothing, so there is nothing to get wrong
    answered: set[int] = set()

    @QUIET
    @given(case=operation.as_strategy(generation_mode=mode))
    def sends(case: schemathesis.Case) -> None:
        answer = case.call(headers=served.headers, timeout=20)
        case.validate_response(answer, checks=CHECKS)
        answered.add(answer.status_code)

    sends()
    assert answered
    assert max(answered) < 500


@pytest.mark.parametrize("sent", [
    b"", b"\x00", b"\xff\xfe", b"[" * 5000, b'{"a":' * 3000, b'{"lat": 1e999}', b'"' + b"x" * 100_000 + b'"',
    b'{"text": "\\ud800"}', b'{"category": "\\u0000", "lat": 55.7, "lon": 12.4, "occurred_at": "2026-01-01T00:00Z"}'])
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data", "application/xml"])
def test_what_is_no_report_is_no_failure_either(served: Served, sent: bytes, kind: str) -> None:
    answer = httpx.post(f"{served.url}/api/v1/observations", content=sent,
                        headers=served.headers | {"Content-Type": kind})
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("name", ["cursor", "bbox", "from", "to", "category", "partnership", "limit"])
@pytest.mark.parametrize("value", ["%00", "%ff", "%F0%9F%92%A9", "%ed%a0%80", "9" * 400, "-1", "NaN", "", "%27--",
                                   "[]"])
def test_a_strange_question_is_no_failure(served: Served, name: str, value: str) -> None:
    answer = httpx.get(f"{served.url}/api/v1/observations?{name}={value}", headers=served.headers)
    assert answer.status_code in (200, 404, 422)
