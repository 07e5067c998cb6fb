import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resolutions.addresses import address
from resolutions.models import Resolution, Session, Source, State
from resolutions.models.base import implies, one_of, valid_key
from resolutions.models.publication import Publishable, PublishableQuerySet
from votes.majority import Majority, Tally, Threshold, majority


class Question(models.TextChoices):
    """What was put to the vote."""

    WHOLE = "whole", _("Text as a whole")
    PARAGRAPH = "paragraph", _("Paragraph")  # voted on separately: retained or not
    AMENDMENT = "amendment", _("Amendment")
    DIVISION = "division", _("Motion for division")  # whether parts are voted on separately
    NO_ACTION = "no action", _("Motion of no action")
    ADJOURNMENT = "adjournment", _("Motion to adjourn")
    CLOSURE = "closure", _("Motion to close the debate")
    COMPETENCE = "competence", _("Motion on competence")
    RECONSIDERATION = "reconsideration", _("Motion to reconsider")  # rule 81: two thirds
    APPEAL = "appeal", _("Appeal against a ruling")  # rule 71
    MOTION = "motion", _("Other motion")
    OTHER = "other", _("Told in words only")  # a data set names no text that is known for certain
    ELECTION = "election", _("Election")  # rule 92: by secret ballot


OF_A_TEXT = (Question.WHOLE, Question.PARAGRAPH, Question.AMENDMENT)
# A motion or question that is named by its own words alone.
IN_WORDS = (Question.MOTION, Question.OTHER)


class Venue(models.TextChoices):
    """The body that voted."""

    PLENARY = "plenary", _("General Assembly, plenary")
    C1 = "C.1", _("First Committee")
    C2 = "C.2", _("Second Committee")
    C3 = "C.3", _("Third Committee")
    C4 = "C.4", _("Fourth Committee")
    C5 = "C.5", _("Fifth Committee")
    C6 = "C.6", _("Sixth Committee")
    SPC = "SPC", _("Special Political Committee")  # until 1993
    COUNCIL = "council", _("Security Council")


class Method(models.TextChoices):
    """How it was decided, and so what can exist afterwards."""

    RECORDED = "recorded", _("Recorded vote")  # by machine: totals and positions
    ROLL_CALL = "roll-call", _("Roll-call vote")  # by voice: totals and positions
    NON_RECORDED = "non-recorded", _("Non-recorded vote")  # totals only
    WITHOUT_VOTE = "without a vote", _("Without a vote")  # neither totals nor positions
    ACCLAMATION = "acclamation", _("Acclamation")  # neither
    SECRET_BALLOT = "secret ballot", _("Secret ballot")  # totals; positions can never exist
    NOT_KNOWN = "not known", _("Vote, method not stated")  # totals, where a source gives no more


WITH_POSITIONS = (Method.RECORDED, Method.ROLL_CALL)
WITHOUT_TOTALS = (Method.WITHOUT_VOTE, Method.ACCLAMATION)


class Rule(models.TextChoices):
    """The majority that was needed."""

    TWO_THIRDS = "two thirds", _("Two thirds of members present and voting")
    SIMPLE = "simple", _("Simple majority of members present and voting")
    NINE_VETO = "nine, veto", _("Nine votes and no permanent member against")
    NINE_PROCEDURAL = "nine, procedural", _("Nine votes, procedural")
    NONE = "none", _("No vote was taken")
    NOT_KNOWN = "not known", _("Not known")  # no source says it: both thresholds are shown


COUNCIL_RULES = (Rule.NINE_VETO, Rule.NINE_PROCEDURAL)
THRESHOLDS = {
    Rule.TWO_THIRDS: (Threshold.TWO_THIRDS,),
    Rule.SIMPLE: (Threshold.SIMPLE,),
    Rule.NINE_VETO: (Threshold.NINE,),
    Rule.NINE_PROCEDURAL: (Threshold.NINE,),
    Rule.NONE: (),
    Rule.NOT_KNOWN: (Threshold.TWO_THIRDS, Threshold.SIMPLE),
}


class Outcome(models.TextChoices):
    ADOPTED = "adopted", _("Adopted")  # for a paragraph: retained; for a motion: carried
    REJECTED = "rejected", _("Rejected")
    VETOED = "vetoed", _("Vetoed")  # Security Council: a permanent member against
    NOT_KNOWN = "not known", _("Not known")


class VoteEventQuerySet(PublishableQuerySet):
    def published(self) -> Self:
        """Return the events the public may see: published themselves, and of a published text."""
        return super().published().filter(Q(text__isnull=True) | Q(text__state=State.PUBLISHED))

    def on_whole_texts(self) -> Self:
        return self.filter(question=Question.WHOLE)

    def in_time_order(self) -> Self:
        return self.order_by("date", "sequence", "pk")


def shared_subject(source_key: str) -> str:
    return f"event:all-of-{source_key}"


def announced(help_text: Any, verbose_name: Any) -> "models.PositiveSmallIntegerField[Any, Any]":
    return models.PositiveSmallIntegerField(
        verbose_name, null=True, blank=True, help_text=help_text
    )


class VoteEvent(Publishable):
    """One action of an organ on one question; an adoption without a vote is one too."""

    key = models.CharField(
        _("key"),
        max_length=80,
        unique=True,
        validators=[valid_key],
        help_text=_("A stable name for addresses, citations and fixtures; it never changes."),
    )
    # A text with a history of votes can't be deleted.
    text = models.ForeignKey(
        Resolution,
        verbose_name=_("text"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        help_text=_("The text that was acted on; empty for a motion on no text."),
    )
    # A session with votes can't be deleted: its votes would lose their place.
    session = models.ForeignKey(
        Session,
        verbose_name=_("session"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="votes",
        help_text=_("The session of a vote on no text; where there is a text, it is the text's."),
    )
    question = models.CharField(
        _("kind of question"),
        max_length=16,
        choices=Question,
        default=Question.WHOLE,
        help_text=_("What was put to the vote: a text as a whole, a part of it, or a motion."),
    )
    question_text = models.CharField(
        _("question in words"),
        max_length=400,
        blank=True,
        help_text=_("Which paragraph, amendment or motion; empty for a text as a whole."),
    )
    venue = models.CharField(
        _("organ"),
        max_length=10,
        choices=Venue,
        default=Venue.PLENARY,
        help_text=_("The body that voted."),
    )
    method = models.CharField(
        _("method of voting"),
        max_length=16,
        choices=Method,
        default=Method.NOT_KNOWN,
        help_text=_(
            "Only a recorded vote or a roll-call leaves positions; elections are held by secret "
            "ballot (rule 92)."
        ),
    )
    rule = models.CharField(
        _("majority rule"),
        max_length=18,
        choices=Rule,
        default=Rule.NOT_KNOWN,
        help_text=_(
            "Important questions take two thirds of the members present and voting (Charter, "
            "Article 18; rules 83 and 84), others a simple majority (rule 85). Leave “not known” "
            "where no source says which rule applied."
        ),
    )
    rule_basis = models.CharField(
        _("basis of the rule"),
        max_length=120,
        blank=True,
        help_text=_("The provision that asks for this majority, where a source names it."),
    )
    outcome = models.CharField(
        _("outcome"),
        max_length=10,
        choices=Outcome,
        default=Outcome.NOT_KNOWN,
        help_text=_(
            "What was decided. A tie is voted on again within 48 hours and then rejected (rule 95)."
        ),
    )
    date = models.DateField(
        _("date"),
        help_text=_("The day of the vote: it says which members had a seat."),
    )
    sequence = models.PositiveSmallIntegerField(
        _("order"), default=1, help_text=_("The order among the votes of one day.")
    )
    meeting = models.CharField(
        _("meeting record"), max_length=60, blank=True, help_text=_("For example A/ES-11/PV.5.")
    )
    announced_yes = announced(_("In favour, as announced."), _("announced yes"))
    announced_no = announced(_("Against, as announced."), _("announced no"))
    announced_abstain = announced(
        _("Abstentions, as announced: they do not count as votes (rule 86)."),
        _("announced abstentions"),
    )
    announced_non_voting = announced(
        _("Members that did not vote, where the source prints it."), _("announced non-voting")
    )
    adopted_as = models.CharField(
        _("adopted as"),
        max_length=80,
        blank=True,
        help_text=_(
            "The symbol that a published text gets as soon as this vote, which adopted it, is "
            "published."
        ),
    )
    undl_id = models.PositiveBigIntegerField(
        _("UN Digital Library record"),
        null=True,
        blank=True,
        unique=True,
        help_text=_("The number with which the address of the record ends."),
    )
    rcid = models.PositiveIntegerField(
        _("number in Voeten’s data (rcid)"), null=True, blank=True, unique=True
    )
    # What was imported stays tied to where it came from.
    data_set = models.ForeignKey(
        Source,
        verbose_name=_("data set"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        help_text=_("The data set that the event was imported from, cited once for all its votes."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("What a reader should know."))

    objects = VoteEventQuerySet.as_manager()
    subject_kind = "event"

    class Meta(Publishable.Meta):
        verbose_name = _("vote event")
        verbose_name_plural = _("vote events")
        ordering = ["-date", "-sequence", "key"]
        indexes = [models.Index(fields=["date", "sequence"], name="event_in_time_order")]
        constraints = [
            *Publishable.Meta.constraints,
            one_of("question", Question, "question_is_known"),
            one_of("venue", Venue, "venue_is_known"),
            one_of("method", Method, "method_is_known"),
            one_of("rule", Rule, "rule_is_known"),
            one_of("outcome", Outcome, "outcome_is_known"),
            models.CheckConstraint(
                condition=implies(Q(question__in=OF_A_TEXT), Q(text__isnull=False)),
                name="a_vote_on_a_text_names_it",
                violation_error_message=_(
                    "A vote on a text, a paragraph or an amendment needs its text."
                ),
            ),
            models.CheckConstraint(
                condition=Q(session__isnull=True) | Q(text__isnull=True),
                name="the_session_of_a_vote_is_that_of_its_text",
                violation_error_message=_(
                    "Leave the session empty: it is that of the text that was voted on."
                ),
            ),
            models.CheckConstraint(
                condition=implies(
                    Q(question__in=[Question.PARAGRAPH, Question.AMENDMENT, *IN_WORDS]),
                    ~Q(question_text=""),
                ),
                name="a_part_or_motion_is_named",
                violation_error_message=_(
                    "Say in words which paragraph, amendment or motion was voted on."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    announced_yes__isnull=True,
                    announced_no__isnull=True,
                    announced_abstain__isnull=True,
                    announced_non_voting__isnull=True,
                )
                | Q(
                    announced_yes__isnull=False,
                    announced_no__isnull=False,
                    announced_abstain__isnull=False,
                ),
                name="announced_totals_come_together",
                violation_error_message=_(
                    "Give all three announced totals – yes, no and abstentions – or none."
                ),
            ),
            models.CheckConstraint(
                condition=implies(Q(method__in=WITHOUT_TOTALS), Q(announced_yes__isnull=True)),
                name="no_totals_without_a_vote",
                violation_error_message=_(
                    "Where nothing was voted on there are no totals: leave them empty."
                ),
            ),
            models.CheckConstraint(
                condition=implies(
                    Q(method__in=WITHOUT_TOTALS), Q(rule=Rule.NONE, outcome=Outcome.ADOPTED)
                ),
                name="without_a_vote_means_adopted_by_no_majority",
                violation_error_message=_(
                    "Without a vote or by acclamation a text is adopted: choose “Adopted” and “No "
                    "vote was taken”."
                ),
            ),
            models.CheckConstraint(
                condition=implies(Q(rule=Rule.NONE), Q(method__in=WITHOUT_TOTALS)),
                name="every_vote_has_a_majority_rule",
                violation_error_message=_(
                    "“No vote was taken” fits only an adoption without a vote or by acclamation."
                ),
            ),
            models.CheckConstraint(
                condition=implies(Q(outcome=Outcome.VETOED), Q(venue=Venue.COUNCIL)),
                name="only_the_council_has_a_veto",
                violation_error_message=_("Only the Security Council knows a veto."),
            ),
            models.CheckConstraint(
                condition=implies(Q(rule__in=COUNCIL_RULES), Q(venue=Venue.COUNCIL))
                & implies(
                    Q(venue=Venue.COUNCIL),
                    ~Q(rule__in=[Rule.TWO_THIRDS, Rule.SIMPLE]),
                ),
                name="majority_rule_fits_the_organ",
                violation_error_message=_(
                    "This majority rule does not fit the organ: the Assembly decides by two thirds "
                    "or a simple majority (Charter, Article 18; rules 83 to 85), the Security "
                    "Council by nine votes."
                ),
            ),
            models.CheckConstraint(
                condition=implies(Q(rule=Rule.NINE_PROCEDURAL), ~Q(outcome=Outcome.VETOED)),
                name="no_veto_on_procedure",
                violation_error_message=_("On procedure there is no veto."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.get_question_display()})"

    def get_absolute_url(self) -> str:
        """Return the page that shows the event: its text's where it decided the whole text."""
        if self.text is not None and self.question == Question.WHOLE:
            return self.text.get_absolute_url()
        return address("vote", self.key)

    # Django's own translates all labels of a field, each time that one of them is shown.

    def get_question_display(self) -> str:  # type: ignore[no-redef]
        return str(Question(self.question).label)

    def get_venue_display(self) -> str:  # type: ignore[no-redef]
        return str(Venue(self.venue).label)

    def get_method_display(self) -> str:  # type: ignore[no-redef]
        return str(Method(self.method).label)

    def get_outcome_display(self) -> str:  # type: ignore[no-redef]
        return str(Outcome(self.outcome).label)

    @property
    def subject_key(self) -> str:
        return f"{self.subject_kind}:{self.key}"

    @property
    def shared_subject(self) -> str:
        """Return the key under which is cited what stands behind all votes of the data set."""
        return shared_subject(self.data_set.key) if self.data_set else ""

    @property
    def of_session(self) -> Session | None:
        """Return the session of the text, or the vote's own where it is on no text."""
        held: Session | None = self.text.session if self.text else self.session
        return held

    @property
    def question_in_words(self) -> str:
        """Return the kind of question and which one; a motion is named by its own words alone."""
        if self.question in IN_WORDS:
            return self.question_text
        return ": ".join(filter(None, (self.get_question_display(), self.question_text)))

    @property
    def can_have_positions(self) -> bool:
        return self.method in WITH_POSITIONS

    @property
    def is_a_vote(self) -> bool:
        return self.method not in WITHOUT_TOTALS

    @property
    def announced(self) -> Tally | None:
        """Return the totals that were announced; the counted ones are the sum of the positions."""
        return Tally.as_announced(
            self.announced_yes,
            self.announced_no,
            self.announced_abstain,
            self.announced_non_voting,
        )

    def majorities(self, tally: Tally) -> list[Majority]:
        """Return the rule's threshold applied to `tally`; both thresholds where it is not known."""
        # The Council needs nine votes on any question, with or without a veto.
        rule = Rule.NINE_PROCEDURAL if self.venue == Venue.COUNCIL else Rule(self.rule)
        return [majority(threshold, tally) for threshold in THRESHOLDS[rule]]

    @property
    def year(self) -> int:
        date: datetime.date = self.date
        return date.year
