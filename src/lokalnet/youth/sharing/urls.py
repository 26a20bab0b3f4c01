from django.urls import path

from lokalnet.youth.views import sharing

SHARE = "sag/<uuid:file_id>/del/"

urlpatterns = [
    path(SHARE, sharing.share, name="share"),
    path(f"{SHARE}se/", sharing.preview, name="share_preview"),
    path(f"{SHARE}del-ikke/", sharing.withhold, name="withhold"),
]
