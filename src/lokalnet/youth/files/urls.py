from django.urls import path

from lokalnet.youth.views import file_acts, file_people, files

FILE = "sag/<uuid:file_id>/"

urlpatterns = [
    path("sager/", files.files, name="files"),
    path("sager/fora/", files.fora, name="fora"),
    path("noedadgang/", file_people.emergency, name="emergency"),
    path(FILE, files.file, name="file"),
    path(f"{FILE}ind/", files.file_enter, name="file_enter"),
    path(f"{FILE}ud/", files.file_leave, name="file_leave"),
    path(f"{FILE}forkert/", files.file_wrong, name="file_wrong"),
    path(f"{FILE}hvem-har-set/", files.file_looks, name="file_looks"),
    path(f"{FILE}note/", file_acts.file_note, name="file_note"),
    path(f"{FILE}kontakt/", file_acts.file_contact, name="file_contact"),
    path(f"{FILE}maerke/", file_acts.file_mark, name="file_mark"),
    path(f"{FILE}forum/", file_acts.file_placing, name="file_placing"),
    path(f"{FILE}orientering/", file_acts.file_informing, name="file_informing"),
    path(f"{FILE}slettes/", file_acts.file_kept, name="file_kept"),
    path(f"{FILE}som/", file_acts.file_about, name="file_about"),
    path(f"{FILE}naevn/", file_acts.file_board, name="file_board"),
    path(f"{FILE}hvem/", file_acts.file_identity, name="file_identity"),
    path(f"{FILE}kolleger/", file_people.file_colleagues, name="file_colleagues"),
    path(f"{FILE}bekymring/<uuid:worry_id>/", file_people.file_concern, name="file_concern"),
]
