"""What of a file can be shared: groups of fields, ticked one by one and never in advance."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Shared(TextChoices):
    IDENTITY = "identity", _("Name, date of birth and CPR number")
    CONTACT = "contact", _("Address, telephone and parents")
    CONCERN_FACTS = "concern-facts", _("What was seen, by whom and when")
    STRENGTHS = "strengths", _("What goes well")
    AGREEMENTS = "agreements", _("What was agreed")
    ASSESSMENT = "assessment", _("Our assessment")
    OWN_VIEW = "own-view", _("What the young person and the parents say")
    FORUM = "forum", _("Where it is taken up")
