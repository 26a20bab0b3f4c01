"""The page for operators. It only translates."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lokalnet.access.acting import Actor
from lokalnet.access.views import acting
from lokalnet.project.status import reading


@require_safe
@acting
def operation(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    return render(request, "project/status.html", {"read": reading.read(actor)})
