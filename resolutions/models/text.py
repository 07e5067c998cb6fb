import urllib.parse

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from resolutions import symbols
from resolutions.addresses import address
from resolutions.models.base import KeyedManager, one_of, valid_key
from resolutions.models.publication import Publishable, PublishableQuerySet
from resolutions.models.session import Session

OFFICIAL_DOCUMENTS = "https://docs.un.org/en/"


class Scheme(models.TextChoices):
    UN_LIBRARY = "library", _("UN Library heading")  # as the UN Library prints it
    PORTAL = "portal", _("Heading of this portal")  # ties together the texts of one matter


class Subject(models.Model):
    """A topic heading, of the UN Library or of the portal's own."""

    key = models.CharField(_("key"), max_length=120, unique=True, validators=[valid_key])
    name = models.CharField(
        _("name"),
        max_length=250,
        help_text=_("The heading as readers see it."),
    )
    scheme = models.CharField(
        _("scheme"),
        max_length=10,
        choices=Scheme,
        help_text=_("Where the heading comes from."),
    )

    objects = KeyedManager()

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        ordering = ["name"]
        constraints = [one_of("scheme", Scheme, "subject_scheme_is_known")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.key,)


class Organ(models.TextChoices):
    ASSEMBLY = "assembly", _("General Assembly")
    COUNCIL = "council", _("Security Council")  # only where an Assembly story needs it


class TextKind(models.TextChoices):
    RESOLUTION = "resolution", _("Resolution")
    DECISION = "decision", _("Decision")  # the kind of UN document, A/DEC/…, and nothing else


class ResolutionQuerySet(PublishableQuerySet):
    def in_session(self, session: Session) -> "ResolutionQuerySet":
        return self.filter(session=session)

    def with_symbol(self, symbol: str) -> "ResolutionQuerySet":
        """Return the texts that this canonical symbol names, as a draft or as adopted."""
        return self.filter(
            symbols__symbol=symbol, symbols__role__in=(SymbolRole.DRAFT, SymbolRole.ADOPTED)
        ).distinct()


class Resolution(Publishable):
    """One text from its draft to its end; its status follows from its events and is not stored."""

    key = models.CharField(
        _("key"),
        max_length=60,
        unique=True,
        validators=[valid_key],
        help_text=_("A stable name for citations and fixtures; it never changes."),
    )
    organ = models.CharField(
        _("organ"),
        max_length=10,
        choices=Organ,
        default=Organ.ASSEMBLY,
        help_text=_("The organ whose text it is."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=TextKind,
        default=TextKind.RESOLUTION,
        help_text=_("“Decision” is a kind of UN document, A/DEC/…, and means nothing else here."),
    )
    title = models.CharField(
        _("title"),
        max_length=600,
        help_text=_("The official title, or a description where the text has none."),
    )
    title_is_ours = models.BooleanField(
        _("title is a description"),
        default=False,
        help_text=_("Tick this where the text has no official title and the portal describes it."),
    )
    # A session with texts can't be deleted: its texts would lose their place.
    session = models.ForeignKey(
        Session,
        verbose_name=_("session"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="texts",
        help_text=_("The Assembly's session; empty for texts of the Security Council."),
    )
    subjects = models.ManyToManyField(
        Subject,
        verbose_name=_("subjects"),
        blank=True,
        related_name="texts",
        help_text=_("The headings under which the text is found."),
    )
    agenda_item = models.CharField(
        _("agenda item"),
        max_length=600,
        blank=True,
        help_text=_("As the meeting record prints it."),
    )
    summary = models.TextField(
        _("what the text says"), blank=True, help_text=_("One or two neutral sentences of our own.")
    )

    objects = ResolutionQuerySet.as_manager()
    subject_kind = "text"

    class Meta(Publishable.Meta):
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["key"]
        constraints = [
            *Publishable.Meta.constraints,
            one_of("organ", Organ, "text_organ_is_known"),
            one_of("kind", TextKind, "text_kind_is_known"),
            models.CheckConstraint(
                condition=Q(organ=Organ.ASSEMBLY) | Q(session__isnull=True),
                name="only_the_assembly_sits_in_sessions",
                violation_error_message=_(
                    "Leave the session empty: the Security Council does not sit in sessions."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="text_has_a_title",
                violation_error_message=_(
                    "Give the text a title, or describe it where it has none."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}".strip()

    def get_absolute_url(self) -> str:
        return address("resolution", self.symbol or self.key)

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """Django's own translates the labels of all kinds each time."""
        return str(TextKind(self.kind).label)

    @property
    def subject_key(self) -> str:
        return f"{self.subject_kind}:{self.key}"

    @cached_property
    def all_symbols(self) -> list["DocumentSymbol"]:
        return list(self.symbols.all())

    def symbols_as(self, role: "SymbolRole") -> list[str]:
        return [row.symbol for row in self.all_symbols if row.role == role]

    @property
    def adopted_symbol(self) -> str:
        return next(iter(self.symbols_as(SymbolRole.ADOPTED)), "")

    @property
    def draft_symbol(self) -> str:
        """Return the last draft: the one that was voted on."""
        return next(reversed(self.symbols_as(SymbolRole.DRAFT)), "")

    @property
    def symbol(self) -> str:
        """Return the symbol that the text goes by: the resolution's, or the draft's before that."""
        return self.adopted_symbol or self.draft_symbol


class SymbolRole(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ADOPTED = "adopted", _("Resolution or decision as adopted")
    REPORT = "report", _("Committee report")  # one report may carry many drafts
    CORRIGENDUM = "corrigendum", _("Corrigendum")


class DocumentSymbolManager(models.Manager["DocumentSymbol"]):
    def get_by_natural_key(self, symbol: str, text: str) -> "DocumentSymbol":
        return self.get(symbol=symbol, text__key=text)


class DocumentSymbol(models.Model):
    """A symbol of a text, in the canonical spelling of `resolutions.symbols`."""

    text = models.ForeignKey(
        Resolution,
        verbose_name=_("text"),
        on_delete=models.CASCADE,
        related_name="symbols",
        help_text=_("The text that the symbol names."),
    )
    symbol = models.CharField(
        _("symbol"), max_length=80, db_index=True, help_text=_("For example A/RES/ES-11/1.")
    )
    role = models.CharField(
        _("role"),
        max_length=12,
        choices=SymbolRole,
        help_text=_(
            "What the symbol names: a draft, the text as adopted, a report, a corrigendum."
        ),
    )
    sequence = models.PositiveSmallIntegerField(
        _("order"), default=1, help_text=_("The order of several drafts, from the first.")
    )

    objects = DocumentSymbolManager()

    class Meta:
        verbose_name = _("document symbol")
        verbose_name_plural = _("document symbols")
        ordering = ["sequence", "pk"]
        constraints = [
            one_of("role", SymbolRole, "symbol_role_is_known"),
            models.UniqueConstraint(
                fields=["symbol", "text"],
                name="one_symbol_once_per_text",
                violation_error_message=_("The text has this symbol already."),
            ),
            models.UniqueConstraint(
                fields=["symbol"],
                condition=Q(role__in=[SymbolRole.DRAFT, SymbolRole.ADOPTED]),
                name="a_draft_or_resolution_symbol_names_one_text",
                violation_error_message=_(
                    "Another text has this draft or resolution symbol already."
                ),
            ),
            models.UniqueConstraint(
                fields=["text"],
                condition=Q(role=SymbolRole.ADOPTED),
                name="a_text_is_adopted_under_one_symbol",
                violation_error_message=_(
                    "The text has a symbol as adopted already: a text is adopted under one."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.symbol

    def natural_key(self) -> tuple[str, str]:
        return (self.symbol, self.text.key)

    natural_key.dependencies = ["resolutions.resolution"]  # type: ignore[attr-defined]

    def clean(self) -> None:
        try:
            self.symbol = symbols.normalise(self.symbol)
        except symbols.SymbolError as error:
            raise ValidationError({"symbol": str(error)}) from error

    @property
    def document_url(self) -> str:
        return document_url(self.symbol)


def document_url(symbol: str) -> str:
    """Return the address of a document on the UN's own site."""
    return OFFICIAL_DOCUMENTS + urllib.parse.quote(symbol, safe="/()")
