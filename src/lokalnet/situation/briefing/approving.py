"""To approve what was read: neither figures nor words may be others than those that stood on the page."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lokalnet.situation.briefing import freezing, writing
from lokalnet.situation.briefing.freezing import CountedMeanwhile, NotADraft
from lokalnet.situation.models import Briefing, BriefingState
from lokalnet.situation.partnerships import Frame


class WrittenMeanwhile(ValueError):
    """Somebody wrote in the draft since its words were read."""

    def __init__(self) -> None:
        super().__init__(_("Somebody wrote in the briefing since you opened the page. Read it, and approve again."))


def ask(briefing: Briefing, *, digest: str) -> str:
    """The mark of the words that are asked about. Raises NotADraft, CountedMeanwhile (`digest` is that of the page)."""
    if briefing.state != BriefingState.DRAFT:
        raise NotADraft(_("This briefing is approved already, and frozen."))
    if briefing.digest != digest:
        raise CountedMeanwhile
    return writing.mark_of_all(writing.words_of(briefing))


def approve(frame: Frame, briefing_id: UUID, *, digest: str, words: str) -> Briefing:
    """Raises NotAllowed, Http404, NotADraft, CountedMeanwhile, WrittenMeanwhile."""
    freezing.may_edit(frame)
    with transaction.atomic():
        if writing.mark_of_all(writing.words_of(freezing.locked_draft(briefing_id))) != words:
            raise WrittenMeanwhile
    return freezing.approve(frame, briefing_id, digest=digest)  # the row stays locked while the request lasts
