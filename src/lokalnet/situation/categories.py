"""The categories that a new partnership starts with; each partnership then changes its own."""

from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lokalnet.access.models import Partnership
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.models import Category, Severity, Theme

# Icon names stand for symbols in interface/static/icons.svg; shape says the category where colour cannot.
ICONS = {
    "noise": _("Sound"), "spray": _("Spray can"), "bag": _("Bag"), "warning": _("Warning triangle"), "fist": _("Fist"),
    "burst": _("Burst"), "spark": _("Firework"), "blade": _("Blade"), "lamp": _("Lamp"), "star": _("Star"),
    "dot": _("Dot"),
}


@dataclass(frozen=True)
class Standard:
    slug: str
    da: str
    en: str
    icon: str
    severity: Severity
    theme: Theme
    guidance_da: str = ""
    guidance_en: str = ""
    takes_photos: bool = False  # only what is about damage, lighting and places


STANDARD = (
    Standard("nuisance", "Larm og uro", "Nuisance", "noise", Severity.LOW, Theme.UNREST,
             "Støj, råben, kørsel på scooter, uro om natten.", "Noise, shouting, scooters, unrest at night."),
    Standard("vandalism", "Hærværk", "Vandalism", "spray", Severity.LOW, Theme.DAMAGE,
             "Knuste ruder, graffiti, brand i affald. Ved brand: ring 112.",
             "Broken windows, graffiti, burning waste. On fire: call 112.", takes_photos=True),
    Standard("drug-dealing", "Hash og narkohandel", "Drug dealing", "bag", Severity.MEDIUM, Theme.DRUGS,
             "Salg set på stedet. Beskriv handlingen, ikke personen.",
             "Dealing seen on the spot. Describe the act, not the person."),
    Standard("threats", "Trusler", "Threats", "warning", Severity.MEDIUM, Theme.VIOLENCE,
             "Truende adfærd. Ring 112, hvis det sker nu.", "Threatening behaviour. Call 112 if it is happening now."),
    Standard("violence", "Vold", "Violence", "fist", Severity.HIGH, Theme.VIOLENCE,
             "Ring 112, hvis nogen er i fare.", "Call 112 if anybody is in danger."),
    Standard("shots", "Skud", "Shots", "burst", Severity.HIGH, Theme.VIOLENCE,
             "Ring 112 først. Skriv kun det, du selv så eller hørte.",
             "Call 112 first. Write only what you saw or heard yourself."),
    Standard("fireworks", "Fyrværkeri", "Fireworks", "spark", Severity.LOW, Theme.UNREST,
             "Fyrværkeri uden for nytår, eller mod mennesker (ring 112).",
             "Fireworks out of season, or aimed at people (call 112)."),
    Standard("weapons", "Våben", "Weapons", "blade", Severity.HIGH, Theme.VIOLENCE,
             "Ring 112. Rør ikke ved fund.", "Call 112. Do not touch what you find."),
    Standard("unsafe-place", "Her føles utrygt", "Unsafe place", "lamp", Severity.LOW, Theme.UNREST,
             "Mørke, tomhed, manglende lys eller opsyn.", "Darkness, emptiness, missing light or supervision.",
             takes_photos=True),
    Standard("positive", "Noget går godt", "Going well", "star", Severity.GOOD, Theme.GOOD,
             "Det, der virker, skal også ses.", "What works should be seen too."),
    Standard("other", "Andet", "Other", "dot", Severity.LOW, Theme.NONE),
)


class BadCategory(ValueError):
    """It cannot be like that: `field`, and the rule in the reader's words."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(rule)
        self.field = field


def check_theme(entered: Category) -> None:
    """What goes well is looked at by itself, never together with what does not. Raises BadCategory."""
    if (entered.severity == Severity.GOOD) != (entered.theme == Theme.GOOD):
        raise BadCategory("theme", gettext("What goes well has a group of its own: choose “Going well” in both, or in "
                                           "neither."))


def check_names(partnership: Partnership, entered: Category) -> None:
    """Raises BadCategory where another has this name already, in either language."""
    others = Category.objects.filter(partnership=partnership).exclude(id=entered.id)
    for field in ("name_da", "name_en"):
        if others.filter(**{f"{field}__iexact": getattr(entered, field)}).exists():
            raise BadCategory(field, gettext("Another category has this name already."))


def add(partnership: Partnership, entered: Category) -> None:
    """A new category of the partnership, with an address of its own made from its English name. Raises BadCategory."""
    check_names(partnership, entered)
    check_theme(entered)
    taken = set(Category.objects.filter(partnership=partnership).values_list("slug", flat=True))
    wanted = slugify(entered.name_en)[:36] or "category"
    entered.partnership = partnership
    entered.slug = next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, 100))) if slug not in taken)
    entered.save(force_insert=True)


def change(partnership: Partnership, entered: Category) -> None:
    """Save what was changed of a category. Raises BadCategory."""
    check_names(partnership, entered)
    check_theme(entered)
    entered.save()


def install_as_owner(partnership: Partnership) -> None:
    """`install`, for a command that runs as the owner of the database."""
    with as_role(MIGRATION):
        install(partnership)


def install(partnership: Partnership) -> None:
    """Give a partnership the standard categories that it does not have yet."""
    there = set(Category.objects.filter(partnership=partnership).values_list("slug", flat=True))
    Category.objects.bulk_create([
        Category(partnership=partnership, slug=row.slug, name_da=row.da, name_en=row.en, icon=row.icon,
                 severity=row.severity, theme=row.theme,
                 guidance_da=row.guidance_da, guidance_en=row.guidance_en, position=place,
                 takes_photos=row.takes_photos)
        for place, row in enumerate(STANDARD, 1) if row.slug not in there])
