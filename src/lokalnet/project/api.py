"""`/api/v1`: the capabilities' routers, one kind of error, and keys."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from lokalnet.access.acting import Actor
from lokalnet.foundation.problems import Problem
from lokalnet.places.api import router as places_router
from lokalnet.situation.api import router as situation_router


class Key(HttpBearer):
    """The middleware has found whose key it is; a browser's session is no key."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor: Actor | None = getattr(request, "actor", None)
        return actor if actor and actor.scopes is not None else None


api = NinjaAPI(title="Lokalnet", version="1", description="Observations of a local crime-prevention partnership. "
               "Every answer is cut to what the key's organisation may know.", auth=Key(), docs_url=None,
               urls_namespace="api")
api.add_router("", situation_router)
api.add_router("", places_router)


def _answer(request: HttpRequest, status: int, title: str, errors: list[dict[str, str]]) -> HttpResponse:
    if transaction.get_connection().in_atomic_block and status >= 400:
        transaction.set_rollback(True)
    return api.create_response(request, {"title": title, "errors": errors}, status=status)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return _answer(request, problem.status, _("This could not be done."),
                   [{"field": problem.field, "rule": problem.rule}])


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    errors = [{"field": ".".join(str(part) for part in error["loc"][1:]) or str(error["loc"][0]),
               "rule": str(error["msg"])} for error in problem.errors]
    return _answer(request, 422, _("The request does not have the form that is needed."), errors)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, _problem: AuthenticationError) -> HttpResponse:
    answer = _answer(request, 401, _("A valid key is needed: Authorization: Bearer KEY."), [])
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(PermissionDenied)
def _refused(request: HttpRequest, problem: Exception) -> HttpResponse:
    return _answer(request, 403, _("The key does not give this right."), [{"field": "key", "rule": str(problem)}])


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, problem: HttpError) -> HttpResponse:
    status = 422 if problem.status_code == 400 else problem.status_code  # unreadable JSON is no other kind of wrong
    return _answer(request, status, _("The request does not have the form that is needed."),
                   [{"field": "body", "rule": problem.message}])


@api.exception_handler(Http404)
def _missing(request: HttpRequest, _problem: Any) -> HttpResponse:
    return _answer(request, 404, _("There is nothing here."), [])
