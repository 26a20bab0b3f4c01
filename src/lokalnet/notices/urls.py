from django.urls import path

from lokalnet.notices import views

urlpatterns = [
    path("beskeder/", views.notices, name="notices"),
    path("beskeder/alle-set/", views.open_all, name="open_all_notices"),
    path("beskeder/antal.json", views.number, name="notices_number"),
    path("beskeder/indstillinger/", views.settings, name="notice_settings"),
    path("beskeder/stop/<str:token>/", views.stop, name="stop_notices"),
    path("beskeder/<uuid:notice_id>/", views.open_one, name="open_notice"),
]
