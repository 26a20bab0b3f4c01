from django.urls import path

from lokalnet.partnership import views

urlpatterns = [
    path("aftaler/", views.commitments, name="commitments"),
    path("aftaler/ny/", views.new_commitment, name="new_commitment"),
    path("aftaler/<uuid:commitment_id>/", views.commitment, name="commitment"),
]
