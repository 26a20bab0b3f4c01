"""All addresses of the service, and `tom/`: the frame of a page with nothing in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from lokalnet.project.urls import handler403, handler404, handler500, urlpatterns  # noqa: F401


def empty(request: HttpRequest) -> HttpResponse:
    """Through the same middleware, with the same menu, and no SQL of its own."""
    return render(request, "base.html")


urlpatterns = [path("tom/", empty, name="empty"), *urlpatterns]
