from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class YouthConfig(AppConfig):
    name = "lokalnet.youth"
    label = "youth"

    def ready(self) -> None:
        from lokalnet.persons.sealed_columns import Sealed, register

        # A draft's key has the concern's id; once it is sent, the person's.
        register(Sealed("youth_concern_text", row="concern_id", key="coalesce(person_id, concern_id)"))
        register(*(Sealed(f"youth_{table}") for table in ("decision", "reply", "placing", "note", "contact", "mark",
                                                          "informing")))
        _register_files()
        _register_concerns()
        _register_oversight()
        _register_sharing()


def _register_files() -> None:
    from lokalnet.access import handover, wording
    from lokalnet.access.rights import Fields, Purpose
    from lokalnet.interface import due as my_day
    from lokalnet.interface import menu
    from lokalnet.notices import kinds
    from lokalnet.persons import opening
    from lokalnet.youth.files import due, leaving, noticing

    wording.register({
        "file.entered": _("Opened a file"), "file.read": _("Looked at a page of a file"),
        "file.left": _("Left a file"), "file.left-as-wrong": _("Said that it was the wrong file"),
        "file.written": _("Wrote or decided something in a file"),
        "files.due-read": _("Looked at what waits in one's files"),
        "fora.named": _("Named where files are taken up"),
        "override.found-nothing": _("Asked for emergency access and found nothing"),
    })
    kinds.register(kinds.Kind(noticing.CONCERN, noticing.of_concern, noticing.concerns_counted))
    kinds.register(kinds.Kind(noticing.OVERRIDE, noticing.of_override, noticing.overrides_counted))
    handover.register(leaving.KIND, leaving.open_for, leaving.hand_over)
    my_day.register(due.due_for)
    menu.register(menu.Entry("files", _("Files"), lambda actor: bool(
        opening.is_open() and actor.partnership_ids and actor.may(Purpose.EARLY_HELP, Fields.PERSON_FILE)), place=34,
        in_earnest=True))


def _register_concerns() -> None:
    """Telling of a worry, and its triage: their words in the log, their places, what is due, who is told."""
    from lokalnet.access import handover, wording
    from lokalnet.access.rights import Fields, Purpose
    from lokalnet.interface import due as my_day
    from lokalnet.interface import menu
    from lokalnet.notices import kinds
    from lokalnet.persons import opening
    from lokalnet.youth.concerns import due, leaving, noticing

    wording.register({
        "concern.searched": _("Searched before telling of a worry"), "concern.begun": _("Began to write a worry"),
        "concern.thrown-away": _("Deleted a worry that was not sent"), "concern.sent": _("Told of a worry"),
        "concern.own-read": _("Read a worry of one's own"), "concerns.listed": _("Looked at one's own worries"),
        "concerns.waiting-read": _("Looked at which worries wait"),
        "concern.entered": _("Opened a worry to clarify it"), "concern.read": _("Read a worry to clarify it"),
        "concern.decided": _("Decided a step of triage"),
        "concern.answered": _("Answered the one who told of a worry"), "file.opened": _("Opened a new file"),
    })
    kinds.register(kinds.Kind(noticing.CONCERN, noticing.of_concern, noticing.concerns_counted))
    kinds.register(kinds.Kind(noticing.ANSWERED, noticing.of_answer, noticing.answers_counted))
    handover.register("concern", leaving.open_for, leaving.hand_over)
    my_day.register(due.due_for)
    menu.register(menu.Entry("concern_start", _("Worry"), lambda actor: bool(
        opening.is_open() and actor.partnership_ids and actor.may(Purpose.CONCERN, Fields.CONCERN_ENTRY)), place=31,
        prominent=True, in_earnest=True))
    menu.register(menu.Entry("triage", _("Triage"), lambda actor: bool(
        opening.is_open() and actor.partnership_ids and actor.may(Purpose.TRIAGE, Fields.CONCERNS_TRIAGED)), place=33,
        in_earnest=True))
    menu.register(menu.Entry("own_concerns", _("What I have told of"), lambda actor: bool(
        opening.is_open() and actor.partnership_ids and actor.may(Purpose.CONCERN, Fields.CONCERNS_OF_OWN)), place=9,
        personal=True, in_earnest=True))


def _register_oversight() -> None:
    """The data protection officer's desk, and the case numbers of files in everybody's own log."""
    from lokalnet.access import wording
    from lokalnet.access.rights import Fields, Purpose
    from lokalnet.interface import due, menu
    from lokalnet.notices import kinds
    from lokalnet.persons import opening
    from lokalnet.youth.oversight import numbers, telling, unusual

    wording.register({
        "person-log.read": _("Looked in the log of look-ups, for a case"),
        "person-log.copied": _("Made a copy of who has read a file, without names"),
        unusual.LOOKED: _("Looked at an unusual look-up"),
    })
    for kind in numbers.KINDS:
        wording.register_subject(kind, numbers.of)
    kinds.register(kinds.Kind(telling.KIND, telling.render, telling.counted))
    due.register(telling.due_for)
    menu.register(menu.Entry("oversight", _("Look-ups in files"), lambda actor: bool(
        opening.is_open() and actor.partnership_ids
        and actor.may(Purpose.DATA_PROTECTION, Fields.PERSON_LOG)), place=83, in_earnest=True))


def _register_sharing() -> None:
    from lokalnet.interface import beside
    from lokalnet.youth.sharing import pieces

    beside.register("file-shared", pieces.of_file)
    beside.register("sharing", pieces.of_sharing)
