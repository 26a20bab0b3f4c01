"""Every address of the service. Addresses are Danish, as the screen is; code and API are English."""

from django.urls import include, path
from django.views.i18n import set_language

from lokalnet.interface.views import set_theme
from lokalnet.project import my_day, pages
from lokalnet.project.api import api
from lokalnet.project.status.views import operation

urlpatterns = [
    path("", pages.front, name="front"),
    path("min-dag/", my_day.my_day, name="my_day"),
    path("drift/", operation, name="operation"),
    path("healthz", pages.health, name="health"),
    path("sprog/", set_language, name="set_language"),
    path("udseende/", set_theme, name="set_theme"),
    path("api/v1/", api.urls),
    path("", include("lokalnet.project.base_map")),
    path("", include("lokalnet.access.urls")),
    path("", include("lokalnet.notices.urls")),
    path("", include("lokalnet.partnership.urls")),
    path("", include("lokalnet.disclosure.urls")),
    path("", include("lokalnet.situation.urls")),
    path("", include("lokalnet.situation.questions.urls")),
    path("", include("lokalnet.youth.urls")),
]

handler403 = "lokalnet.interface.views.refused"
handler404 = "lokalnet.interface.views.not_found"
handler500 = "lokalnet.interface.views.failed"
