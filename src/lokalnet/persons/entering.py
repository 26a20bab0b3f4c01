"""How a page of the person room is entered: with a right that opens it, in a room that is open, or not at all."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from lokalnet.access.acting import NotAllowed
from lokalnet.access.entering import View, seated
from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.persons import opening


def in_person_room(*rights: tuple[Purpose, Fields]) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """For whoever holds one of the rights. What is somebody's does not exist for anybody else (engineering 24), and in
    an exercise there are no persons.
    """

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def entered(request: Request, seat: Seat, *args: Any, **kwargs: Any) -> HttpResponse:
            if seat.partnership.exercise_of_id is not None:
                raise Http404
            if not any(seat.actor.may(*right) for right in rights):
                if kwargs:
                    raise Http404
                raise NotAllowed("no role held opens the person room here")
            if not opening.is_open():
                return render(request, "persons/closed.html", {"why": opening.why_closed()}, status=403)
            return view(request, seat, *args, **kwargs)

        return seated(entered)

    return decorate
