from django.urls import path

from lokalnet.youth.views import concerns, triage

urlpatterns = [
    path("bekymring/", concerns.start, name="concern_start"),
    path("bekymring/<uuid:concern_id>/", concerns.concern, name="concern"),
    path("bekymring/<uuid:concern_id>/gem/", concerns.save, name="concern_save"),
    path("bekymringer/", concerns.own_concerns, name="own_concerns"),
    path("afklaring/", triage.waiting_concerns, name="triage"),
    path("afklaring/<uuid:concern_id>/", triage.concern, name="triage_concern"),
]
