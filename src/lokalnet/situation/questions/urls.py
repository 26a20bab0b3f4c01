from django.urls import path

from lokalnet.situation.views import links, promising, questions

urlpatterns = [
    path("svar-link/<str:token>/", links.answer_link, name="answer_link"),
    path("indsats/<uuid:measure_id>/spoerg/", questions.ask_question, name="ask_question"),
    path("indsats/<uuid:measure_id>/aftale/", promising.measure_commitment, name="measure_commitment"),
    path("spoergsmaal/<uuid:question_id>/traek-tilbage/", questions.withdraw_question, name="withdraw_question"),
    path("spoergsmaal/<uuid:question_id>/laest/", questions.note_answer, name="note_answer"),
]
