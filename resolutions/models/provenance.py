"""Where each fact comes from."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resolutions import wording
from resolutions.addresses import address
from resolutions.models.base import KeyedManager, implies, one_of, valid_key


class SourceKind(models.TextChoices):
    NEWS = "news", _("News report")
    RECORD = "record", _("Voting record")
    DOCUMENT = "document", _("UN document")
    COVERAGE = "coverage", _("UN press coverage")
    DATA_SET = "data set", _("Data set")
    PORTAL = "portal", _("Worked out by this portal")


class Source(models.Model):
    """A document that facts were taken from."""

    key = models.CharField(_("key"), max_length=60, unique=True, validators=[valid_key])
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=SourceKind,
        help_text=_("What sort of document it is."),
    )
    publisher = models.CharField(
        _("publisher"),
        max_length=200,
        help_text=_("Who published it."),
    )
    title = models.CharField(
        _("title"),
        max_length=400,
        help_text=_("The title as it is printed."),
    )
    date = models.DateField(
        _("date"), null=True, blank=True, help_text=_("The day of publication, where known.")
    )
    date_text = models.CharField(
        _("date in words"),
        max_length=80,
        blank=True,
        help_text=_("Where one day does not say it, for example: 10 and 11 October 2022."),
    )
    url = models.URLField(
        _("address"),
        blank=True,
        max_length=500,
        help_text=_("Where it can be read."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=300,
        blank=True,
        help_text=_("The terms of use, where they are stated."),
    )
    attribution = models.TextField(
        _("attribution"), blank=True, help_text=_("The line that the publisher asks for.")
    )
    note = models.TextField(
        _("note"),
        blank=True,
        help_text=_("What a reader should know."),
    )
    # The original stays known as long as its copy is.
    copy_of = models.ForeignKey(
        "self",
        verbose_name=_("copy of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="copies",
        help_text=_("The document of which this one is a copy or a rewording."),
    )

    objects = KeyedManager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["publisher", "date", "key"]
        constraints = [one_of("kind", SourceKind, "source_kind_is_known")]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"

    def get_absolute_url(self) -> str:
        return f"{address('about')}#source-{self.key}"

    def natural_key(self) -> tuple[str]:
        return (self.key,)

    @property
    def told(self) -> tuple[str, ...]:
        """Return all that a page tells of the source."""
        original = self.copy_of.publisher if self.copy_of else ""
        return (self.publisher, self.title, self.url, self.when, original, self.attribution)

    @property
    def when(self) -> str:
        return self.date_text or (wording.long_date(self.date) if self.date else "")


class Fact(models.TextChoices):
    """The single facts that a citation can stand behind."""

    SYMBOL = "symbol", _("Symbol")
    DRAFT_SYMBOL = "draft symbol", _("Draft symbol")
    TITLE = "title", _("Title")
    SESSION = "session", _("Session")
    SUMMARY = "summary", _("What the text says")
    SPONSORS = "sponsors", _("Sponsors")
    DATE = "date", _("Date")
    MEETING = "meeting", _("Meeting record")
    QUESTION = "question", _("Question put")
    METHOD = "method", _("Method of voting")
    TOTALS = "totals", _("Yes, no, abstentions")
    NON_VOTING = "non-voting", _("Members that did not vote")
    POSITIONS = "positions", _("Position of each member")
    MAJORITY = "majority", _("Majority rule")
    OUTCOME = "outcome", _("Outcome")
    MEMBERS = "members", _("Members concerned")
    EVENT = "event", _("What happened")
    CODES = "codes", _("Codes")
    NAMES = "names", _("Names")
    ADMISSION = "admission", _("Admission")
    GROUPS = "groups", _("Groups")
    SESSION_DATES = "dates", _("Dates of the session")


class Relation(models.TextChoices):
    STATES = "states", _("states it")
    REPEATS = "repeats", _("repeats it")  # a copy of a source that states it
    DIFFERS = "differs", _("says something else")  # kept and shown; the portal does not follow it


valid_subject = RegexValidator(
    r"\A(text|event|timeline|session|state|group):[^\s]+\Z",
    _("Write the kind of object and its key, for example event:2022-03-02-a-es-11-l.1."),
)


class CitationManager(models.Manager["Citation"]):
    def get_by_natural_key(self, subject: str, fact: str, source: str) -> "Citation":
        return self.get(subject=subject, fact=fact, source__key=source)


class Citation(models.Model):
    """What exactly was taken from a source: for which object, for which of its facts."""

    subject = models.CharField(
        _("object"),
        max_length=120,
        db_index=True,
        validators=[valid_subject],
        help_text=_("The stable key of what is cited, for example text:A-ES-11-L.1."),
    )
    fact = models.CharField(
        _("fact"),
        max_length=20,
        choices=Fact,
        help_text=_("What exactly was taken from the source."),
    )
    # A source that something was taken from can't be deleted.
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        related_name="citations",
        help_text=_("The document that says it."),
    )
    relation = models.CharField(
        _("relation"),
        max_length=10,
        choices=Relation,
        default=Relation.STATES,
        help_text=_(
            "Whether the source states it, repeats it from another, or says something else."
        ),
    )
    locator = models.CharField(
        _("place"), max_length=120, blank=True, help_text=_("Where in the source it stands.")
    )
    note = models.TextField(
        _("note"),
        blank=True,
        help_text=_("In our own words; where the source differs, what it says instead."),
    )

    objects = CitationManager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["subject", "fact", "pk"]
        constraints = [
            one_of("fact", Fact, "cited_fact_is_known"),
            one_of("relation", Relation, "citation_relation_is_known"),
            models.UniqueConstraint(
                fields=["subject", "fact", "source"],
                name="one_citation_of_a_fact_per_source",
                violation_error_message=_("This source is cited for this fact already."),
            ),
            models.CheckConstraint(
                condition=implies(Q(relation=Relation.DIFFERS), ~Q(note="")),
                name="a_disagreement_says_what_the_source_says",
                violation_error_message=_(
                    "Where the source says something else, write in the note what it says."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.fact}: {self.source.key}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.subject, self.fact, self.source.key)

    natural_key.dependencies = ["resolutions.source"]  # type: ignore[attr-defined]


class RunOutcome(models.TextChoices):
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    UNCHANGED = "unchanged", _("Unchanged file")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Failed")


class ImportRun(models.Model):
    """One run of an importer."""

    importer = models.CharField(_("importer"), max_length=60)
    file_name = models.CharField(_("file"), max_length=300)
    checksum = models.CharField(_("SHA-256 of the file"), max_length=64)
    # The run stays readable as long as its source is named.
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="runs",
    )
    version = models.CharField(_("version of the data"), max_length=60, blank=True)
    started = models.DateTimeField(_("started"))
    finished = models.DateTimeField(_("finished"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=RunOutcome, default=RunOutcome.RUNNING
    )
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    refusals = models.JSONField(
        _("refusals"), default=list, blank=True, help_text=_("Line, content and reason of each.")
    )
    notices = models.JSONField(
        _("notices"),
        default=list,
        blank=True,
        help_text=_("What was left as it is and deserves a look: record, line and sentence."),
    )

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering = ["-started"]
        constraints = [one_of("outcome", RunOutcome, "run_outcome_is_known")]

    def __str__(self) -> str:
        return f"{self.importer} {self.file_name}"
