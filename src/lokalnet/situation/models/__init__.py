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
    LOOKED_AT,
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
    Theme,
    Visibility,
)
from lokalnet.situation.models.questions import AnswerKind, Question, Reply
from lokalnet.situation.models.signals import (
    Look,
    Signal,
    SignalAudience,
    SignalMeasure,
    SignalState,
    SignalStep,
    SignalStepKind,
    SignalVerdict,
    SignalWord,
    StopQuestion,
    TurnedOut,
)
from lokalnet.situation.models.traces import Change, ImportRow, QuietWeek, Receipt

__all__ = [
    "LONGEST_DECISION", "LONGEST_NOTE", "LONGEST_WORDS", "LOOKED_AT", "OPEN_STATES", "Act", "ActKind", "Answer",
    "AnswerKind", "Assessment", "AssessmentVersion", "Audience", "Briefing", "BriefingDecision", "BriefingReader",
    "BriefingState", "BriefingWords", "CallOutcome", "Category", "Certainty", "Change", "Contact", "DecisionKind",
    "Exact", "Export", "ImportRow", "KnownPlace", "LogEntry", "LogStanding", "Look", "Measure", "MeasureKind",
    "MeasureObservation", "MeasurePartner", "MeasureState", "MeasureVisibility", "Message", "MessageAgreement",
    "MessageAudience", "MessageEdition", "MessageWithdrawal", "Observation", "Part", "PartnerState", "Photo",
    "PoliceSees", "Precision", "Question", "QuietWeek", "Receipt", "Reply", "Review", "ReviewChoice", "Sample",
    "SavedView", "Seen", "Severity", "Sign", "Signal", "SignalAudience", "SignalMeasure",
    "SignalState", "SignalStep", "SignalStepKind", "SignalVerdict", "SignalWord", "Source", "Standing", "State",
    "Step", "StepKind", "StopQuestion", "Subscription", "Text", "Theme", "TreeCall", "TreeRow", "TurnedOut",
    "Upload", "Version", "Visibility", "Watch",
]
