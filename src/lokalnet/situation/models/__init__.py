"""The tables of the picture, a file for each topic."""

from lokalnet.situation.models.desk import Contact, KnownPlace, Sample, SavedView, Watch
from lokalnet.situation.models.files import Export, Upload
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
    PoliceSees,
    Precision,
    Severity,
    Standing,
    State,
    Text,
    Visibility,
)
from lokalnet.situation.models.traces import Change, ImportRow, Receipt

__all__ = [
    "LONGEST_NOTE", "OPEN_STATES", "Act", "ActKind", "Answer", "Audience", "Category", "Change", "Contact", "Exact",
    "Export", "ImportRow", "KnownPlace", "Measure", "MeasureKind", "MeasureObservation", "MeasurePartner",
    "MeasureState", "MeasureVisibility", "Observation", "Part", "PartnerState", "PoliceSees", "Precision", "Receipt",
    "Sample", "SavedView", "Severity", "Standing", "State", "Step", "StepKind", "Text", "Upload", "Version",
    "Visibility", "Watch",
]
