from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lokalnet.interface import due, menu


class SituationConfig(AppConfig):
    name = "lokalnet.situation"
    label = "situation"

    def ready(self) -> None:
        from lokalnet.access import wording
        from lokalnet.access.rights import Fields, Purpose
        from lokalnet.interface import beside
        from lokalnet.situation import own_day
        from lokalnet.situation.views import exercising

        due.register(own_day.due_for)
        wording.register({
            "picture.read": _("Looked at the overview"), "observation.read": _("Opened an observation"),
            "observation.reported": _("Shared an observation"), "observations.imported": _("Imported observations"),
            "category.changed": _("Changed a category"),
            "journal.copied": _("Copied to the journal"),
            "observation.seen-too": _("Said to have seen it too"),
            "observation.unseen": _("Took back having seen it too"),
            "observation.confirmed": _("Confirmed a report"),
            "observation.refuted": _("Refuted a report"), "observation.reopened": _("Opened a report again"),
            "word.approved": _("Approved a word that was said to be a place"),
            "similar.read": _("Was shown reports that may be the same"),
            "observation.corrected": _("Corrected a report"), "observation.withdrawn": _("Withdrew a report"),
            "observation.restored": _("Restored a report"), "observation.merged": _("Put two reports together"),
            "observation.split": _("Took two reports apart"),
            "observation.recognised": _("Removed a text in which somebody could be recognised"),
            "observation.answered": _("Answered a reporter"), "answers.read": _("Looked at the answers that are due"),
            "own-reports.read": _("Looked at one's own reports"),
            "photo.read": _("Looked at a picture"), "week.quiet": _("Said that the week was quiet"),
        })
        wording.register({
            "area.read": _("Looked at an area"), "figures.read": _("Looked at public figures"),
            "contact.changed": _("Changed a telephone"), "watch.changed": _("Changed a watch"),
        })
        menu.register(menu.Entry("overview", _("Overview"), lambda actor: bool(
            actor.may(Purpose.REPORT, Fields.OBSERVATIONS_OF_OWN)), place=10))
        menu.register(menu.Entry("report", _("Share"), lambda actor: bool(actor.partnership_ids and
            actor.may(Purpose.REPORT, Fields.OBSERVATION_ENTRY)), place=20, prominent=True))
        menu.register(menu.Entry("own_reports", _("My reports"), lambda actor: bool(actor.partnership_ids and
            actor.user_id and actor.may(Purpose.REPORT, Fields.OBSERVATION_ENTRY)), place=30))
        menu.register(menu.Entry("answers", _("Answers"), lambda actor: bool(
            actor.may(Purpose.ANSWER, Fields.ANSWERS)), place=35))
        menu.register(menu.Entry("categories", _("Categories"), lambda actor: bool(
            actor.may(Purpose.ADMINISTRATION, Fields.CATEGORIES)), place=70))
        wording.register({
            "sample.read": _("Read the month's texts to check"), "sample.judged": _("Judged one of the month's texts"),
            "word.struck": _("Struck a word that was said to be a place"), "exercise.begun": _("Began an exercise"),
            "exercise.ended": _("Ended an exercise"), "retention.run": _("Let go what is no longer needed"),
        })
        beside.register("page", exercising.banner)
        menu.register(menu.Entry("exercise", _("Exercise"), lambda actor: bool(actor.partnership_ids and
            actor.may(Purpose.ADMINISTRATION, Fields.EXERCISES)), place=80))
        menu.register(menu.Entry("text_sample", _("Texts to check"), lambda actor: bool(
            actor.may(Purpose.DATA_PROTECTION, Fields.TEXT_SAMPLE)), place=85))
        menu.register(menu.Entry("areas", _("Areas"), lambda actor: bool(
            actor.may(Purpose.SHARED_PICTURE, Fields.OBSERVATIONS_OF_PARTNERS)), place=40))
        menu.register(menu.Entry("figures", _("Figures"), lambda actor: bool(
            actor.may(Purpose.FIGURES, Fields.AREA_FIGURES)
            and not actor.may(Purpose.SHARED_PICTURE, Fields.OBSERVATIONS_OF_PARTNERS)), place=45))
        menu.register(menu.Entry("directory", _("Who do I ring?"), lambda actor: bool(
            actor.may(Purpose.REPORT, Fields.DIRECTORY) or actor.may(Purpose.ADMINISTRATION, Fields.CONTACTS)),
            place=50))
        menu.register(menu.Entry("tonight", _("Who is out"), lambda actor: bool(
            actor.partnership_ids and actor.may(Purpose.REPORT, Fields.DIRECTORY)), place=48))
        wording.register({
            "export.asked": _("Asked for an export"), "export.made": _("An export was made"),
            "export.fetched": _("Fetched an export"), "export.deleted": _("Deleted an export"),
            "documents.read": _("Read reports for a request for access to documents"),
            "documents.asked": _("Asked for a document for a request for access to documents"),
            "import.brought": _("Brought a file to import"), "import.asked": _("Started an import"),
            "import.made": _("Imported a file"),
        })
        menu.register(menu.Entry("imports", _("Import"), lambda actor: bool(
            actor.partnership_ids and actor.may(Purpose.REPORT, Fields.FILE_IMPORT)), place=60))
        wording.register({
            "assessments.read": _("Looked at who has assessed which areas"),
            "assessment.read": _("Read the assessment of an area"),
            "assessment.written": _("Wrote an assessment of an area"),
        })
        menu.register(menu.Entry("assessments", _("Area assessment"), lambda actor: bool(
            actor.partnership_ids and actor.may(Purpose.ASSESSMENT, Fields.ASSESSMENTS_OF_OWN)), place=62))
        _register_due()
        _register_measures()
        _register_conflicts()
        _register_following()
        _register_jobs()
        _register_for_those_below()
        _register_questions()
        _register_briefing()
        _register_looking_for_signals()
        _register_reading_of_signals()
        _register_layers()


def _register_due() -> None:
    """What waits for a member, for my day."""
    from lokalnet.interface import due
    from lokalnet.situation.assessments.due import due_for

    due.register(due_for)


def _register_measures() -> None:
    from lokalnet.access import handover, wording
    from lokalnet.access.rights import Fields, Purpose
    from lokalnet.interface import due
    from lokalnet.situation.measures import due as measures_due
    from lokalnet.situation.measures import leaving

    wording.register({
        "measures.read": _("Looked at the measures"), "measures.ended": _("Measures ended by themselves"),
        "measure.read": _("Opened a measure"),
        "measure.proposed": _("Proposed a measure"), "measure.agreed": _("Agreed to a measure"),
        "measure.started": _("Started a measure"), "measure.done": _("Said that a measure is done"),
        "measure.dropped": _("Dropped a measure"), "measure.prolonged": _("Prolonged a measure"),
        "measure.reopened": _("Took up a measure again"), "measure.changed": _("Changed a measure"),
        "measure.asked": _("Asked a partner to take part in a measure"),
        "measure.unasked": _("Took back a question to a partner"), "measure.joined": _("Joined a measure"),
        "measure.declined": _("Declined to take part in a measure"), "measure.commented": _("Commented on a measure"),
        "measure.linked": _("Linked an observation to a measure"),
        "measure.unlinked": _("Took an observation out of a measure"),
    })
    wording.register({"measure.effect-read": _("Read the before and after of a measure")})
    menu.register(menu.Entry("measures", _("Measures"), lambda actor: bool(
        actor.partnership_ids and actor.may(Purpose.MEASURES, Fields.MEASURES)), place=15))
    due.register(measures_due.due_for)
    handover.register("measure", leaving.open_for, leaving.hand_over)


def _register_conflicts() -> None:
    from lokalnet.access import wording
    from lokalnet.access.rights import Fields, Purpose
    from lokalnet.interface import due
    from lokalnet.situation.conflicts.due import due_for

    wording.register({
        "conflicts.read": _("Looked at the list of conflicts"), "conflict.read": _("Looked at a conflict"),
        "conflict.proposed": _("Proposed to open conflict readiness"),
        "conflict.opened": _("Confirmed that conflict readiness opens"),
        "conflict.withdrawn": _("Took back a proposal of conflict readiness"),
        "conflict.joined": _("Took part in a conflict's handling"), "conflict.rung": _("Rang in a contact tree"),
        "conflict.tree-changed": _("Added to a conflict's contact tree"),
        "conflict.logged": _("Wrote in a conflict's log"),
        "conflict.judged": _("Said what an entry in a conflict's log is held to be"),
        "conflict.message-written": _("Wrote a message in a conflict"),
        "conflict.message-agreed": _("Agreed to a message in a conflict"),
        "conflict.message-withdrawn": _("Withdrew a message in a conflict"),
        "conflict.message-copied": _("Copied a message of a conflict"),
        "conflict.reviewed": _("Held a conflict's daily review"), "conflict.prolonged": _("Prolonged a conflict"),
        "conflict.stood-down": _("Stood a conflict down"),
        "contact-tree.read": _("Looked at the contact tree"), "contact-tree.changed": _("Changed the contact tree"),
    })
    menu.register(menu.Entry("conflicts", _("Conflict readiness"), lambda actor: bool(
        actor.partnership_ids and actor.may(Purpose.MEASURES, Fields.MEASURES)), place=64))
    due.register(due_for)


def _register_following() -> None:
    """What members follow, and the notices that it makes."""
    from lokalnet.access import wording
    from lokalnet.interface import beside
    from lokalnet.notices import kinds
    from lokalnet.situation.following import pieces, subscribing, telling

    wording.register({
        "follow.made": _("Began to follow something"), "follow.changed": _("Changed what is followed"),
        "follow.stopped": _("Stopped following something"),
    })
    for kind in telling.KINDS:
        kinds.register(kind)
    menu.register(menu.Entry("followed", _("What you follow"), lambda actor: bool(
        actor.partnership_ids and subscribing.offered(actor)), place=12, personal=True))
    beside.register("notices", pieces.of_notices)


def _register_jobs() -> None:
    """What a worker runs has to be known to it, whichever page asked for it."""
    from lokalnet.situation.exporting import making  # noqa: F401
    from lokalnet.situation.importing import browser  # noqa: F401


def _register_for_those_below() -> None:
    """The entry guard holds every text of the house to its rules, also of capabilities that may not know it."""
    from lokalnet.access import words
    from lokalnet.situation import acting

    words.register(acting.broken_rule)


def _register_questions() -> None:
    """Questions by a link, and what a measure was promised as: their words in the log, their places, what is due."""
    from lokalnet.access import wording
    from lokalnet.interface import beside, due
    from lokalnet.situation.questions import asking, pieces

    wording.register({
        "question.asked": _("Asked a partner by a link"), "question.withdrawn": _("Withdrew a question"),
        "question.answered": _("A partner answered through a link"),
    })
    beside.register("measure", pieces.of_measure)
    beside.register("commitment", pieces.of_commitment)
    due.register(asking.due_for)


def _register_looking_for_signals() -> None:
    from lokalnet.access import wording
    from lokalnet.notices import kinds
    from lokalnet.situation.signals import noticing

    kinds.register(kinds.Kind(noticing.KIND, noticing.render, noticing.counted))
    wording.register({"signals.looked": _("A look at what is unusual made or changed signals")})


def _register_briefing() -> None:
    from lokalnet.access import wording
    from lokalnet.access.rights import Fields, Purpose
    from lokalnet.interface import beside, due
    from lokalnet.notices import kinds
    from lokalnet.situation.briefing import noticing, pieces
    from lokalnet.situation.briefing.due import due_for

    kinds.register(kinds.Kind(noticing.KIND, noticing.render, noticing.counted))
    wording.register({
        "briefing.read": _("Read a briefing"), "briefings.read": _("Looked at the archive of briefings"),
        "briefing.written": _("Wrote in a briefing"), "briefing.decided": _("Decided something from a briefing"),
        "briefing.drafted": _("A briefing was drafted"), "briefing.counted": _("Counted a briefing's figures anew"),
        "briefing.approved": _("Approved a briefing"), "briefing.begun": _("Began a new edition of a briefing"),
    })
    menu.register(menu.Entry("week", _("The week"), lambda actor: bool(
        actor.partnership_ids and actor.may(Purpose.BRIEFING, Fields.BRIEFING)), place=16))
    due.register(due_for)
    beside.register("briefing acts", pieces.way_in)
    beside.register("briefing", pieces.left_over)


def _register_reading_of_signals() -> None:
    """What is unusual, as members read and judge it; what finds it is registered beside."""
    from lokalnet.access import wording
    from lokalnet.interface import beside, due
    from lokalnet.situation.signals import own_day, pieces, reading

    wording.register({
        "signals.read": _("Looked at what is unusual"), "signal.read": _("Opened a signal"),
        "signal.judged": _("Said what a signal turned out to be"),
        "stop-question.answered": _("Answered what would have to be true to stop"),
    })
    menu.register(menu.Entry("signals", _("Unusual"), reading.reads, place=41))
    due.register(own_day.due_for)
    beside.register("area", pieces.of_area)
    beside.register("briefing now", pieces.of_briefing)
    beside.register("measure", pieces.of_measure)


def _register_layers() -> None:
    from lokalnet.access import wording

    wording.register({"layers.read": _("Looked at a layer over the map")})
