from django.urls import URLPattern, URLResolver, path

from lokalnet.youth.oversight import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("databeskyttelse/personer/", views.desk, name="oversight"),
    path("databeskyttelse/personer/luk/", views.close, name="oversight_close"),
    path("databeskyttelse/personer/laesning/", views.visits, name="oversight_visits"),
    path("databeskyttelse/personer/delt/", views.offers, name="oversight_offers"),
    path("databeskyttelse/personer/afvist/", views.refusals, name="oversight_refusals"),
    path("databeskyttelse/personer/noedadgang/", views.overrides, name="oversight_overrides"),
    path("databeskyttelse/personer/usaedvanligt/", views.unusual, name="oversight_unusual"),
    path("databeskyttelse/personer/log/<uuid:person_id>/", views.person, name="oversight_person"),
]
