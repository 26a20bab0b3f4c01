"""Go to a door as somebody, and say what came back. Each door gets objects that Anna or her organisation made."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.urls import reverse

from lokalnet.access import founding
from lokalnet.access.models import Invitation, Key, Member, User
from lokalnet.access.rights import MUNICIPALITY, Role, roles_for
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.models import Category
from tests.doors.people import api_key, browser, give_roles, keyed
from tests.world import World

LOGIN = "login"  # sent to the page for logging in
PASSWORD = PBKDF2PasswordHasher().encode("en lang adgangskode", "salt", iterations=1)
SECRET = "Uro, som kun kommunerne skal se"
# Whom a door turns away is a colleague who lacks what the entitled one has.
COLLEAGUE_OF = {"anna": "gorm", "adam": "anna", "gorm": "anna"}
SENT = {"sprog/": {"language": "en"}, "udseende/": {"theme": "dark"}}
ANYTHING = {"sent": "1"}  # enough for a form to look at; whether it is let in comes first


@dataclass(frozen=True)
class Stage:
    world: World
    gorm: Member  # Gladsaxe's data protection officer and nothing else: no right to the picture
    token: str
    objects: dict[str, str]

    def client(self, kind: str, entitled: str) -> Client:
        """The browser or key of an actor kind, at a door whose entitled person is named."""
        if kind == "nobody":
            return Client()
        if kind == "key":
            return keyed(self.token)
        name = {"stranger": "clara", "caretaker": "viggo", "dpo": "dorte", "entitled": entitled,
                "colleague": COLLEAGUE_OF[entitled]}[kind]
        return browser(self.gorm if name == "gorm" else getattr(self.world, name))


def stage(world: World) -> Stage:
    """Clara gets every role that her municipality has: what stops her is that it is another one."""
    give_roles(world.clara, roles_for(MUNICIPALITY))
    token = api_key(world.gladsaxe, "observations")
    invitation = "en invitation fra Gladsaxe"
    made = world.report(world.anna, key="door", text=SECRET, visibility="municipalities")
    with as_role(MIGRATION):
        gorm = founding.member(world.gladsaxe, "Gorm", "gorm@gladsaxe.example", Role.DATA_PROTECTION_OFFICER)
        User.objects.update(password=PASSWORD)
        category = Category.objects.get(partnership=world.partnership, slug="nuisance")
        opened = Invitation.objects.create(
            organisation=world.gladsaxe, email="ny@gladsaxe.example", name="Ny", roles=["street-worker"],
            token_hash=hashlib.sha256(invitation.encode()).digest(), invited_by=world.adam)
        key = Key.objects.get(hash=hashlib.sha256(token.encode()).digest())
    return Stage(world, gorm, token, {
        "observation_id": str(made), "category_id": str(category.id), "invitation_id": str(opened.id),
        "member_id": str(world.anna.id), "key_id": str(key.id), "token": invitation, "uidb36": "abc", "key": "x-y",
        "z": "9", "x": "270", "y": "160"})


def address(pattern: str, objects: dict[str, str]) -> str:
    """The pattern with Anna's objects in its places."""
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>", lambda m: objects[m.group(1) or m.group(2)], pattern)
    return "/" + plain.lstrip("^").rstrip("$")


def knock(client: Client, method: str, pattern: str, objects: dict[str, str]) -> Any:
    sent: dict[str, Any] = SENT.get(pattern, ANYTHING) if method == "POST" else {}
    kind = {"content_type": "application/json"} if pattern.startswith("api/") and method == "POST" else {}
    return getattr(client, method.lower())(address(pattern, objects), sent, **kind)


def outcome(answer: Any) -> int | str:
    if answer.status_code in (301, 302) and answer["Location"].startswith(reverse(settings.LOGIN_URL)):
        return LOGIN
    return int(answer.status_code)
