"""Forms for opening a conflict and for the rows of the contact tree."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from lokalnet.access.models import Organisation
from lokalnet.foundation.ordering import danish
from lokalnet.places.models import Area
from lokalnet.situation.conflicts import tree
from lokalnet.situation.conflicts.opening import Proposed
from lokalnet.situation.conflicts.tree import Entered
from lokalnet.situation.directory.desk_forms import Telephone
from lokalnet.situation.models.conflicts import LONGEST_FUNCTION, LONGEST_WORDS, TreeRow
from lokalnet.situation.models.measures import LONGEST_TITLE
from lokalnet.situation.partnerships import Frame


class Keyed(forms.Form):
    """With a key that becomes the row's id, so that a double click is harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)


class ConflictForm(Keyed):
    """What is typed is checked by `opening.propose`; here only whether it can be read."""

    title = forms.CharField(label=_("What is it called?"), max_length=LONGEST_TITLE,
                            help_text=_("A place and what happens. No names of persons or groups."))
    known = forms.CharField(label=_("What is known?"), max_length=LONGEST_WORDS,
                            widget=forms.Textarea(attrs={"rows": 4}),
                            help_text=_("What you know yourselves, and what you only heard. No names of persons or "
                                        "groups."))
    areas = forms.TypedMultipleChoiceField(label=_("Areas"), coerce=UUID,
                                           widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, frame: Frame) -> None:
        super().__init__(data, initial={"areas": [str(id_) for id_ in frame.actor.area_ids]})
        choices: dict[str, Any] = self.fields
        # Where people live and meet; nobody speaks of a conflict in a parish.
        choices["areas"].choices = [(str(area.id), area.name) for area in frame.areas.values()
                                    if area.kind != Area.Kind.PARISH]

    def entered(self) -> Proposed:
        said = self.cleaned_data
        return Proposed(said["title"], said["known"], tuple(said["areas"]), str(said["key"] or ""))


class TreeRowForm(Keyed):
    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=UUID)
    function = forms.CharField(label=_("Which duty?"), max_length=LONGEST_FUNCTION,
                               help_text=_("A duty, such as «Duty officer» or «Head of school on duty», not a "
                                           "person's name."))
    phone = Telephone(help_text=_("Duty telephones only, no private numbers."))
    parent = forms.TypedChoiceField(label=_("Rung by"), coerce=UUID, empty_value=None, required=False)
    position = forms.IntegerField(label=_("Position in the order"), min_value=1, max_value=99, initial=1,
                                  help_text=_("1 is rung first."))
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, frame: Frame, rows: list[TreeRow], row: TreeRow | None = None) -> None:
        super().__init__(data, initial=_as_entered(row) if row else None)
        choices: dict[str, Any] = self.fields
        parties = Organisation.objects.filter(parties__partnership=frame.partnership).order_by(danish("name"))
        choices["organisation"].choices = [(str(id_), name) for id_, name in parties.values_list("id", "name")]
        choices["parent"].choices = [("", _("Whoever opens it")), *(
            (str(each.id), "\u00a0" * 3 * depth + each.function) for each, depth in tree.in_order(rows)
            if row is None or each.id != row.id)]

    def entered(self) -> Entered:
        said = self.cleaned_data
        return Entered(said["organisation"], said["function"].strip(), said["phone"], said["parent"],
                       said["position"])


def _as_entered(row: TreeRow) -> dict[str, Any]:
    return {"organisation": row.organisation_id, "function": row.function, "phone": row.phone,
            "parent": row.parent_id, "position": row.position, "edition": row.edition}
