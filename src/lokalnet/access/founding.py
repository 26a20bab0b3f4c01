"""Found a partnership: its organisations, its parties, its first members. Run as the migration role."""

from datetime import date

from lokalnet.access.models import Member, Organisation, Partnership, Party, User
from lokalnet.access.rights import Role
from lokalnet.places.points import Bounds


def partnership(slug: str, name: str, *, bounds: Bounds, valid_from: date, purpose: str = "",
                projection: int = 25832, timezone: str = "Europe/Copenhagen") -> Partnership:
    made, _ = Partnership.objects.get_or_create(slug=slug, defaults={
        "name": name, "purpose": purpose, "valid_from": valid_from, "west": bounds.west, "south": bounds.south,
        "east": bounds.east, "north": bounds.north, "projection": projection, "timezone": timezone})
    return made


def organisation(name: str, kind: str, *, shown_as: str = "", cvr: str = "") -> Organisation:
    made, _ = Organisation.objects.get_or_create(name=name, defaults={
        "kind": kind, "shown_as": shown_as or name, "cvr": cvr})
    return made


def join(founded: Partnership, *organisations: Organisation) -> None:
    for each in organisations:
        Party.objects.get_or_create(partnership=founded, organisation=each,
                                    defaults={"valid_from": founded.valid_from})


def member(of: Organisation, name: str, email: str, *roles: Role, title: str = "", password_hash: str = "") -> Member:
    """A person at work. `password_hash` is made beforehand, because hashing is slow on purpose."""
    user, made = User.objects.get_or_create(email=email.lower())
    if made or password_hash:
        user.password = password_hash or "!"
        user.save(update_fields=["password"])
    found, _ = Member.objects.get_or_create(user=user, organisation=of, ended_at=None, defaults={
        "name": name, "title": title, "roles": [role.value for role in roles]})
    return found


def system(of: Organisation, name: str) -> Member:
    """A member without a login: an import or an API key acts as it."""
    found = Member.objects.filter(user=None, organisation=of, name=name, ended_at=None, key=None).first()
    return found or Member.objects.create(organisation=of, name=name, roles=[Role.SYSTEM.value])
