from django.urls import path

from lokalnet.situation.views import categories, picture, reporting

urlpatterns = [
    path("overblik/", picture.overview, name="overview"),
    path("overblik/kort.json", picture.map_data, name="map_data"),
    path("overblik/omraader.json", picture.outline_data, name="outline_data"),
    path("overblik/live", picture.stream, name="stream"),
    path("del/", reporting.report, name="report"),
    path("haendelse/<uuid:observation_id>/", picture.detail, name="observation"),
    path("kategorier/", categories.categories, name="categories"),
    path("kategorier/ny/", categories.new_category, name="new_category"),
    path("kategorier/<uuid:category_id>/", categories.category, name="category"),
]
