"""Pages of access: invitations, the local administrator, API keys, memberships, and the log. They only translate."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lokalnet.access import administration, devices, handover, joining, keys, memberships, reading
from lokalnet.access.acting import Actor
from lokalnet.access.administration import Refused
from lokalnet.access.forms import InviteForm, KeyForm, LeaveForm, LogForm, MemberForm, PasswordForm
from lokalnet.access.joining import InvitationClosed, MailNotSent
from lokalnet.access.middleware import SESSION_KEY
from lokalnet.access.models import User

View = Callable[..., HttpResponseBase]


def acting(view: View) -> View:
    """Give the view its actor; send the unknown to log in, and who works nowhere to the page that says so."""

    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is not None:
            return view(request, actor, *args, **kwargs)
        if request.user.is_authenticated:
            return redirect("memberships")
        return redirect_to_login(request.get_full_path())

    entered.__name__, entered.__doc__ = view.__name__, view.__doc__
    return entered


def _status(form: Form) -> int:
    return 422 if form.errors else 200


# Invitation


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Choose a password and be in; or, with a log-in already, accept as oneself."""
    opened = joining.opened(token)
    if opened is None:
        return _closed(request, token)
    if request.user.is_authenticated:
        return _accept_as_user(request, token, opened)
    if opened.has_login:
        return render(request, "access/invitation.html", {"opened": opened, "needs_login": True})
    form = PasswordForm(request.POST or None, email=opened.email)
    if request.method == "POST" and form.is_valid():
        try:
            user, member_id = joining.join_anew(token, password=form.cleaned_data["password"])
        except InvitationClosed:
            return _closed(request, token)
        return _enter(request, user, member_id)
    return render(request, "access/invitation.html", {"opened": opened, "form": form}, status=_status(form))


def _accept_as_user(request: HttpRequest, token: str, opened: joining.Opened) -> HttpResponseBase:
    assert isinstance(request.user, User)
    if request.user.email.lower() != opened.email.lower():
        return render(request, "access/invitation.html", {"opened": opened, "other_user": True})
    if request.method == "GET":
        return render(request, "access/invitation.html", {"opened": opened, "accept": True})
    try:
        member_id = joining.join_as(token, request.user)
    except InvitationClosed:
        return _closed(request, token)
    request.session[SESSION_KEY] = str(member_id)
    return redirect("front")


def _closed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The friendly 404; but a second click a moment after the first gets where the first one got."""
    email = joining.just_joined(token) if request.method == "POST" else None
    if email and isinstance(request.user, User) and request.user.email.lower() == email.lower():
        return redirect("front")
    if email and (password := request.POST.get("password")):
        user = get_adapter().authenticate(request, email=email, password=password)
        if user:
            return _enter(request, user, None)
    return render(request, "access/invitation_closed.html", status=404)


def _enter(request: HttpRequest, user: User, member_id: UUID | None) -> HttpResponseBase:
    """Through allauth's door, so that second factor and session list know of it."""
    answer: HttpResponseBase = perform_password_login(
        request, {"email": user.email}, Login(user=user, email=user.email, redirect_url=reverse("front")))
    if member_id:
        request.session[SESSION_KEY] = str(member_id)
    if request.user.is_authenticated:
        reauthenticate_by_password(request)  # the second factor is set up next; the password was given just now
    return answer


# The local administrator


@require_http_methods(["GET", "POST"])
@acting
def administer(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Members, open invitations, and the form that invites."""
    administration.may(actor)
    form = InviteForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid() and _invite(request, actor, form):
        return redirect("administration")
    return render(request, "access/administration.html", {
        "members": administration.members_of_own(actor), "invitations": joining.pending(actor), "form": form},
        status=_status(form))


def _invite(request: HttpRequest, actor: Actor, form: InviteForm) -> bool:
    try:
        joining.invite(actor, form.invited(),
                       link=lambda token: request.build_absolute_uri(reverse("invitation", args=[token])))
    except Refused as problem:
        form.add_error(_field(form, problem), str(problem))
        return False
    except MailNotSent as problem:
        form.add_error("email", str(problem))
        return False
    messages.success(request, _("The invitation has been sent."))
    return True


@require_POST
@acting
def withdraw_invitation(request: HttpRequest, actor: Actor, invitation_id: UUID) -> HttpResponseBase:
    joining.withdraw(actor, invitation_id)
    messages.success(request, _("The invitation has been withdrawn."))
    return redirect("administration")


@require_http_methods(["GET", "POST"])
@acting
def member(request: HttpRequest, actor: Actor, member_id: UUID) -> HttpResponseBase:
    """Somebody moves."""
    shown = administration.member_of_own(actor, member_id)
    form = MemberForm(request.POST or None, actor=actor, member=shown, areas=administration.areas_for(actor))
    if request.method == "POST" and form.is_valid():
        try:
            administration.change(actor, member_id, form.change())
        except Refused as problem:
            form.add_error(_field(form, problem), str(problem))
        else:
            messages.success(request, _("Saved."))
            return redirect("administration")
    return _member_page(request, actor, shown.id, form, LeaveForm(member=shown))


@require_POST
@acting
def end_member(request: HttpRequest, actor: Actor, member_id: UUID) -> HttpResponseBase:
    """Somebody leaves."""
    shown = administration.member_of_own(actor, member_id)
    form = LeaveForm(request.POST, member=shown)
    if form.is_valid():
        try:
            administration.end(actor, member_id, hand_to=form.cleaned_data["hand_to"])
        except Refused as problem:
            form.add_error("hand_to" if problem.field == "hand_to" else None, str(problem))
        else:
            messages.success(request, _("%(name)s no longer has access.") % {"name": shown.name})
            return redirect("administration")
    unchanged = MemberForm(None, actor=actor, member=shown, areas=administration.areas_for(actor))
    return _member_page(request, actor, shown.id, unchanged, form)


def _member_page(request: HttpRequest, actor: Actor, member_id: UUID, form: MemberForm,
                 leave: LeaveForm) -> HttpResponse:
    return render(request, "access/member.html", {
        "member": administration.member_of_own(actor, member_id), "form": form, "leave": leave,
        "open": handover.open_for(member_id), "oneself": member_id == actor.member_id},
        status=max(_status(form), _status(leave)))


def _field(form: Form, problem: Refused) -> str | None:
    return problem.field if problem.field in form.fields else None


# API keys


@require_http_methods(["GET", "POST"])
@acting
def api_keys(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The list, and the form that makes a key. The answer to the form is the only page that ever shows the key."""
    keys.may(actor)
    form = KeyForm(request.POST or None)
    token = ""
    if request.method == "POST" and form.is_valid():
        token = keys.make(actor, label=form.cleaned_data["label"], scopes=form.cleaned_data["scopes"],
                          expires_at=form.cleaned_data["expires_on"])
        form = KeyForm()
    return render(request, "access/keys.html", {"keys": keys.shown(actor), "form": form, "token": token},
                  status=_status(form))


@require_POST
@acting
def revoke_key(request: HttpRequest, actor: Actor, key_id: UUID) -> HttpResponseBase:
    keys.revoke(actor, key_id)
    messages.success(request, _("The key has been revoked."))
    return redirect("api_keys")


# Memberships and the log


@require_http_methods(["GET", "POST"])
def choose_membership(request: HttpRequest) -> HttpResponseBase:
    """For whom one acts in this session."""
    if not isinstance(request.user, User):
        return redirect_to_login(request.get_full_path())
    actor: Actor | None = getattr(request, "actor", None)
    if request.method == "POST":
        chosen = memberships.chosen(request.user, request.POST.get("member", ""))
        memberships.switch(request, chosen)
        return redirect("front")
    return render(request, "access/memberships.html", {
        "memberships": memberships.of(request.user), "current": actor.member_id if actor else None})


@require_GET
@acting
def own_acts(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    return render(request, "access/own_acts.html", {
        "page": reading.own(actor, cursor=request.GET.get("cursor", "")), "continued": "cursor" in request.GET})


@require_http_methods(["GET", "POST"])
@acting
def log(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """By POST, so that no case number ends up in an address."""
    reading.may_oversee(actor)
    form = LogForm(request.POST or None)
    page = None
    if request.method == "POST" and form.is_valid():
        page = reading.overseen(actor, form.search(), cursor=request.POST.get("cursor", ""))
    return render(request, "access/log.html", {"form": form, "page": page}, status=_status(form))


# Paired phones


@require_GET
@acting
def own_devices(request: HttpRequest, actor: Actor) -> HttpResponse:
    return render(request, "access/devices.html", {"devices": devices.of(actor)})


@require_POST
@acting
def pair_device(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Sent by the phone's own script. With the id of a device it wakes that one; 409 where it must be paired anew."""
    devices.may_pair(actor)
    try:
        said = {name: str(value) for name, value in json.loads(request.body).items()}
        device = (devices.wake(actor, UUID(said["device"]), said["public_key"]) if said.get("device")
                  else devices.pair(actor, label=said.get("label", ""), public_key=said.get("public_key", "")))
    except devices.BadDevice as problem:
        return JsonResponse({"errors": {problem.field: [problem.rule]}}, status=422)
    except (ValueError, AttributeError, KeyError, RecursionError):
        return JsonResponse({"errors": {"body": [_("This is not what a phone sends.")]}}, status=422)
    if device is None:
        return JsonResponse({"errors": {"device": [_("Pair the phone again.")]}}, status=409)
    request.session[devices.SESSION_KEY] = str(device.id)
    return JsonResponse({"device": str(device.id), "expires": device.expires_at.isoformat()})


@require_POST
@acting
def revoke_device(request: HttpRequest, actor: Actor, device_id: UUID) -> HttpResponse:
    devices.revoke(actor, device_id)
    messages.success(request, _("The device is revoked. It can send nothing more."))
    return redirect("own_devices")
