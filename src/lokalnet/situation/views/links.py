"""The page behind a one-time link: a question to somebody who never logs in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lokalnet.situation.questions import links
from lokalnet.situation.questions.forms import AnswerForm
from lokalnet.situation.questions.links import LinkClosed, Opened
from lokalnet.situation.refusing import BadReport


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def answer_link(request: HttpRequest, token: str) -> HttpResponse:
    """Look without consuming anything; answer once. A link that works no more is one page, whatever the reason."""
    answer = _answered(request, token)
    # Not even to ourselves: the address holds the token. "no-referrer" would make browsers send "Origin: null".
    answer["Referrer-Policy"] = "strict-origin"
    return answer


def _answered(request: HttpRequest, token: str) -> HttpResponse:
    try:
        question = links.opened(token)
        form = AnswerForm(request.POST if request.method == "POST" else None, question=question)
        if form.is_valid() and _taken(form, token):
            return render(request, "situation/link_answered.html", {"thanks": True})
    except LinkClosed:
        return _closed(request, token)
    return _page(request, question, form)


def _taken(form: AnswerForm, token: str) -> bool:
    try:
        links.answer(token, form.cleaned_data.get("reply", ""), form.cleaned_data.get("words", ""))
    except BadReport as problem:
        form.add_error(problem.field, str(problem))
    return not form.errors


def _page(request: HttpRequest, question: Opened, form: AnswerForm) -> HttpResponse:
    return render(request, "situation/link.html", {"question": question, "form": form},
                  status=422 if form.is_bound else 200)


def _closed(request: HttpRequest, token: str) -> HttpResponse:
    """A second click a moment after the first is told that the first one counts; everybody else gets one page."""
    if request.method == "POST" and links.just_answered(token):
        return render(request, "situation/link_answered.html", status=409)
    return render(request, "situation/link_closed.html", status=404)
