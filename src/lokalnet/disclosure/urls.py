from django.urls import URLPattern, URLResolver, include, path

from lokalnet.disclosure import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("hjemler/", views.grounds, name="grounds"),
    path("hjemler/ny/", views.new_ground, name="new_ground"),
    path("hjemler/<uuid:ground_id>/", views.ground, name="ground"),
    path("", include("lokalnet.disclosure.gate.urls")),
]
