from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lokalnet.interface import due, menu


class DisclosureConfig(AppConfig):
    name = "lokalnet.disclosure"
    label = "disclosure"

    def ready(self) -> None:
        from lokalnet.access import wording
        from lokalnet.access.rights import Fields, Purpose
        from lokalnet.disclosure.law.due import due_for
        from lokalnet.persons import opening

        wording.register({
            "grounds.read": _("Looked at legal grounds"), "ground.proposed": _("Proposed a legal ground"),
            "ground.approved": _("Approved a legal ground"), "ground.declined": _("Declined a legal ground"),
            "ground.confirmed": _("Confirmed a legal ground in writing")})
        menu.register(menu.Entry("grounds", _("Legal grounds"), lambda actor: bool(
            opening.is_open() and actor.partnership_ids and actor.may(Purpose.DISCLOSURE, Fields.GROUNDS)), place=84,
            in_earnest=True))
        due.register(due_for)
        from lokalnet.persons.sealed_columns import Sealed, register

        # An offer is the giver's, under a key of its own; what was taken of it is the receiver's, under a person's.
        register(*(Sealed("disclosure_offer", column, key="id", controller="giver_id")
                   for column in ("sealed", "snapshot", "answer_sealed")))
        register(Sealed("disclosure_copy", "kept_sealed"), Sealed("disclosure_withheld", controller="giver_id"))
        register(Sealed("disclosure_copy_text", row="copy_id",
                        controller="(select c.controller_id from disclosure_copy c where c.id = copy_id)"))
        _register_gate()


def _register_gate() -> None:
    from lokalnet.access import handover, wording
    from lokalnet.access.rights import Fields, Purpose
    from lokalnet.disclosure.gate import due as gate_due
    from lokalnet.disclosure.gate import leaving, noticing
    from lokalnet.disclosure.gate.wording import EVENTS, MENU
    from lokalnet.notices import kinds
    from lokalnet.persons import opening

    wording.register(EVENTS)
    menu.register(menu.Entry("shared", MENU, lambda actor: bool(
        opening.is_open() and actor.partnership_ids and actor.may(Purpose.DISCLOSURE, Fields.OFFERS)), place=26,
        in_earnest=True))
    due.register(gate_due.due_for)
    handover.register(leaving.KIND, leaving.open_for, leaving.hand_over)
    for kind in noticing.kinds():
        kinds.register(kind)
