"""How a page of the picture is entered: with an actor and a partnership, or not at all."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from lokalnet.access.requests import Request
from lokalnet.situation.partnerships import frame_for


def framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Give the view its actor and partnership; send the unknown to log in and the unpartnered to a plain page."""

    def entered(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.actor is None:
            if request.user.is_authenticated and not kwargs:
                return render(request, "situation/nowhere.html")
            if request.user.is_authenticated:
                raise Http404
            return redirect_to_login(request.get_full_path())
        try:
            frame = frame_for(request.actor, request.GET.get("partnership", ""))
        except Http404:
            return render(request, "situation/elsewhere.html", status=404)
        if frame is None and kwargs:
            raise Http404  # a thing of somebody's: to a stranger it does not exist
        if frame is None:
            return render(request, "situation/nowhere.html")
        return view(request, frame, *args, **kwargs)

    entered.__name__ = view.__name__
    entered.__doc__ = view.__doc__
    return entered
