"""Concerns, the decisions about them, and files. Everything that is said of a person lies in `sealed`."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lokalnet.access.models import Member, Organisation, identifier
from lokalnet.disclosure.models import Regime
from lokalnet.foundation.times import now
from lokalnet.persons.models import Person


def _controller() -> "models.ForeignKey[Organisation, Organisation]":
    return models.ForeignKey(Organisation, models.PROTECT, related_name="+")


def _member() -> "models.ForeignKey[Member, Member]":
    return models.ForeignKey(Member, models.PROTECT, related_name="+")


class Step(models.TextChoices):
    """The four decisions of triage, each a human's, in this order."""

    CONTACT = "contact", _("Contact")
    FIRST = "first", _("First look")
    SCREENING = "screening", _("Screening")
    FINAL = "final", _("Decision")


class ConcernState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")
    DECIDED = "decided", _("Decided")


class Concern(models.Model):
    """That somebody is worried, and how far it has come. Where the person is helped already those who work on the file
    get it, and nothing in the row says so: its author must not get to know that there is a file.
    """

    id = identifier()
    controller = _controller()
    author = _member()
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    state = models.CharField(max_length=7, choices=ConcernState, default=ConcernState.DRAFT)
    step = models.CharField(max_length=9, choices=Step, default=Step.CONTACT)  # the next decision
    acute = models.BooleanField(default=False)
    notified_on = models.DateField(null=True)  # that a notification of the municipality was sent; never what it said
    edition = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["author", "-made_at"], name="concern_by_author"),
                   models.Index(fields=["controller", "state", "sent_at"], name="concern_by_state"),
                   models.Index(fields=["person"], name="concern_by_person")]
        constraints = [models.CheckConstraint(
            condition=Q(state="draft", person__isnull=True, sent_at__isnull=True)
            | Q(~Q(state="draft"), person__isnull=False, sent_at__isnull=False), name="concern_sent_has_person")]


class ConcernText(models.Model):
    """What it is about, in the author's words, with the identity as the author typed it. Sealed under the draft's own
    key (its id is the concern's) until it is sent, then under the person's.
    """

    concern = models.OneToOneField(Concern, models.CASCADE, primary_key=True, related_name="+")
    controller = _controller()
    author = _member()
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        db_table = "youth_concern_text"


class Outcome(models.TextChoices):
    """What a step of triage came to."""

    ONWARD = "onward", _("Goes on to the next step")
    ADVICE = "advice", _("Advice to the one who told of it")
    NOTIFICATION = "notification", _("The duty to notify was made use of")
    ELSEWHERE = "elsewhere", _("Others help already, or better")
    NOTHING = "nothing", _("No more is needed")
    FILE = "file", _("A file is opened")


class Decision(models.Model):
    """One step of triage: who decided what, when, why, and whether it is urgent."""

    id = identifier()
    concern = models.ForeignKey(Concern, models.CASCADE, related_name="decisions")
    controller = _controller()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    step = models.CharField(max_length=9, choices=Step)
    outcome = models.CharField(max_length=12, choices=Outcome)
    urgent = models.BooleanField(default=False)
    decider = _member()
    at = models.DateTimeField(default=now)
    sealed = models.BinaryField()  # the reason

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concern", "step"], name="decision_once_per_step")]


class Reply(models.Model):
    """What the one who told of a worry is answered: read by them, and by those who clarify it."""

    id = identifier()
    concern = models.ForeignKey(Concern, models.CASCADE, related_name="replies")
    controller = _controller()
    reader = _member()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome)
    sealed = models.BinaryField()
    at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)


class About(models.TextChoices):
    """As what somebody is in a file. A victim or witness is never given a forum (design 3.1)."""

    HELPED = "helped", _("Is offered help")
    VICTIM = "victim", _("Was harmed")
    WITNESS = "witness", _("Has seen something")


class File(models.Model):
    """The controller's file about one person, with the day on which it is to be deleted at the latest."""

    id = identifier()
    controller = _controller()
    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    about = models.CharField(max_length=7, choices=About, default=About.HELPED)
    regime = models.CharField(max_length=4, choices=Regime)
    owner = _member()
    opened_at = models.DateTimeField(default=now)
    deletes_on = models.DateField()
    inform_by = models.DateField()  # GDPR 14: within a month of the data being obtained
    board_since = models.DateField(null=True)  # awaits Ungdomskriminalitetsnævnet: nothing runs beside it
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["controller", "number"], name="file_number_once")]
        indexes = [models.Index(fields=["owner"], name="file_by_owner")]


class Forum(models.Model):
    """Where a file can be taken up: an organisation has three, four or five (configuration)."""

    id = identifier()
    controller = _controller()
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["controller", "position"], name="forum_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1, position__lte=5), name="forum_at_most_five")]


class _OfFile(models.Model):
    """Something said in a file."""

    id = identifier()
    file = models.ForeignKey(File, models.CASCADE, related_name="%(class)ss")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    controller = _controller()
    sealed = models.BinaryField()

    class Meta:
        abstract = True


class Placing(_OfFile):
    """«Hvor tages det op?»: a person's decision with its reason, its day and its end. Never computed from anything."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="+")
    decided_by = _member()
    decided_at = models.DateTimeField(default=now)
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True)


class NoteKind(models.TextChoices):
    FACT = "fact", _("What was seen or told, and by whom")
    ASSESSMENT = "assessment", _("Assessment")
    STRENGTH = "strength", _("What goes well")
    OWN_VIEW = "own-view", _("What the young person says")
    PARENTS_VIEW = "parents-view", _("What the parents say")
    AGREEMENT = "agreement", _("Agreement")


class Note(_OfFile):
    """Facts with their source apart from assessment. Never overwritten: what was wrong is followed by what is right."""

    kind = models.CharField(max_length=12, choices=NoteKind)
    author = _member()
    at = models.DateTimeField(default=now)
    corrects = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")


class Contact(_OfFile):
    """A parent, a teacher, a club: whom one can call."""

    edition = models.PositiveIntegerField(default=1)
    ended_at = models.DateTimeField(null=True)


class Mark(_OfFile):
    """Something to keep in mind until a day. At most three are open (sql/youth.sql)."""

    made_by = _member()
    made_at = models.DateTimeField(default=now)
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True)


class Informing(_OfFile):
    """That the young person and parents were told what is held, or why that waits."""

    class Whom(models.TextChoices):
        YOUTH = "youth", _("The young person")
        PARENTS = "parents", _("The parents")
        BOTH = "both", _("The young person and the parents")
        WAITS = "waits", _("Nobody yet, and why")

    whom = models.CharField(max_length=7, choices=Whom)
    told_on = models.DateField()
    member = _member()
    at = models.DateTimeField(default=now)
