"""The tables of the picture, a file for each topic."""

from lokalnet.situation.models.assessments import (
    LONGEST_WORDS,
    Assessment,
    AssessmentVersion,
    Certainty,
    Seen,
    Sign,
    Source,
)
from lokalnet.situation.models.briefing import (
    LONGEST_DECISION,
    Briefing,
    BriefingDecision,
    BriefingReader,
    BriefingState,
    BriefingWords,
    DecisionKind,
)
from lokalnet.situation.models.conflicts import (
    CallOutcome,
    LogEntry,
    LogStanding,
    Message,
    MessageAgreement,
    MessageAudience,
    MessageEdition,
    MessageWithdrawal,
    Review,
    ReviewChoice,
    TreeCall,
    TreeRow,
)
from lokalnet.situation.models.desk import Contact, KnownPlace, Sample, SavedView, Watch
from lokalnet.situation.models.files import Export, Upload
from lokalnet.situation.models.following import Subscription
from lokalnet.situation.models.history import LONGEST_NOTE, Act, ActKind, Answer, Version
from lokalnet.situation.models.measures import (
    OPEN_STATES,
    Measure,
    MeasureKind,
    MeasureObservation,
    MeasurePartner,
    MeasureState,
    MeasureVisibility,
    PartnerState,
    Step,
    StepKind,
)
from lokalnet.situation.models.observations import (
    Audience,
    Category,
    Exact,
    Observation,
    Part,
    Photo,
    PoliceSees,
    Precision,
    Severity,
    Standing,
    State,
    Text,
    Visibility,
)
from lokalnet.situation.models.questions import AnswerKind, Question, Reply
from lokalnet.situation.models.traces import Change, ImportRow, QuietWeek, Receipt

__all__ = [
    "LONGEST_DECISION", "LONGEST_NOTE", "LONGEST_WORDS", "OPEN_STATES", "Act", "ActKind", "Answer", "AnswerKind",
    "Assessment", "AssessmentVersion", "Audience", "Briefing", "BriefingDecision", "BriefingReader", "BriefingState",
    "BriefingWords", "CallOutcome", "Category", "Certainty", "Change", "Contact", "DecisionKind", "Exact", "Export",
    "ImportRow", "KnownPlace", "LogEntry", "LogStanding", "Measure", "MeasureKind", "MeasureObservation",
    "MeasurePartner", "MeasureState", "MeasureVisibility", "Message", "MessageAgreement", "MessageAudience",
    "MessageEdition", "MessageWithdrawal", "Observation", "Part", "PartnerState", "Photo", "PoliceSees",
    "Precision", "Question", "QuietWeek", "Receipt", "Reply", "Review", "ReviewChoice", "Sample", "SavedView", "Seen",
    "Severity", "Sign", "Source", "Standing", "State", "Step", "StepKind", "Subscription", "Text", "TreeCall",
    "TreeRow", "Upload", "Version", "Visibility", "Watch",
]
