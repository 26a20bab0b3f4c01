from django.urls import path

from lokalnet.situation import views

urlpatterns = [
    path("overblik/", views.overview, name="overview"),
    path("overblik/kort.json", views.map_data, name="map_data"),
    path("overblik/omraader.json", views.outline_data, name="outline_data"),
    path("overblik/live", views.stream, name="stream"),
    path("del/", views.report, name="report"),
    path("haendelse/<uuid:observation_id>/", views.detail, name="observation"),
    path("kategorier/", views.categories, name="categories"),
    path("kategorier/ny/", views.new_category, name="new_category"),
    path("kategorier/<uuid:category_id>/", views.category, name="category"),
]
