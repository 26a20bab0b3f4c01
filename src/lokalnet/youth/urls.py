from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("lokalnet.youth.concerns.urls")),
    path("", include("lokalnet.youth.files.urls")),
    path("", include("lokalnet.youth.oversight.urls")),
    path("", include("lokalnet.youth.sharing.urls")),
]
