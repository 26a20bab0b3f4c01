from django.urls import path

from lokalnet.disclosure.gate import views

urlpatterns = [
    path("delt/", views.shared, name="shared"),
    path("delt/<uuid:offer_id>/", views.offer, name="offer"),
    path("kopi/<uuid:copy_id>/", views.copy, name="copy"),
    path("deling/<uuid:given_id>/", views.sharing, name="sharing"),
    path("deling/<uuid:given_id>/traek-tilbage/", views.take_back, name="take_back"),
    path("deling/<uuid:given_id>/brud/", views.breach, name="breach"),
]
