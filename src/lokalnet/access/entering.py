"""How a page of a partnership is entered: with an actor and a seat in it, or not at all."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from lokalnet.access.acting import Actor
from lokalnet.access.requests import Request
from lokalnet.access.seats import Seat, seat_for

View = Callable[..., HttpResponse]


def entering(find: Callable[[Actor, str], Seat | None]) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """What gives views the seat that `find` finds; sends the unknown to log in and the unpartnered to a plain page."""

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        def entered(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.actor is None:
                if request.user.is_authenticated and not kwargs:
                    return render(request, "access/nowhere.html")
                if request.user.is_authenticated:
                    raise Http404
                return redirect_to_login(request.get_full_path())
            try:
                seat = find(request.actor, request.GET.get("partnership", ""))
            except Http404:
                return render(request, "access/elsewhere.html", status=404)
            if seat is None and kwargs:
                raise Http404  # a thing of somebody's: to a stranger it does not exist
            if seat is None:
                return render(request, "access/nowhere.html")
            return view(request, seat, *args, **kwargs)

        entered.__name__ = view.__name__
        entered.__doc__ = view.__doc__
        return entered

    return decorate


seated = entering(seat_for)
