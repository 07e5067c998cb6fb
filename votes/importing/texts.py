"""The texts that were voted on: found by symbol, made where there is none, kept up to date."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from resolutions.models import DocumentSymbol, Origin, Resolution, State, Subject
from resolutions.models.text import Organ, Scheme, SymbolRole
from resolutions.symbols import Symbol
from votes.bulk import Bulk, Keyless
from votes.importing import keys
from votes.importing.changes import Changes, replaced
from votes.importing.datasets import DataSet
from votes.importing.memory import Memory, Remembered
from votes.importing.merging import Conflict, merge, remembered
from votes.importing.report import Report
from votes.importing.sessions import Sessions
from votes.importing.told import Told
from votes.readers.rollcalls import Mark, MarkCode
from votes.search.upkeep import note_text

NAMING = (SymbolRole.DRAFT, SymbolRole.ADOPTED)
FIELDS = ("kind", "title", "title_is_ours", "agenda_item", "session")
EMPTY = {"kind": "resolution", "title_is_ours": False}
Through = Resolution.subjects.through


@dataclass
class Held:
    """A text as the database has it, or will have it after this batch."""

    pk: int
    key: str
    values: dict[str, Any]
    state: str = State.PUBLISHED.value
    symbols: dict[str, str] = field(default_factory=dict)
    headings: set[int] = field(default_factory=set)
    memory: Remembered = field(default_factory=Remembered)

    @property
    def is_adopted(self) -> bool:
        return SymbolRole.ADOPTED in self.symbols.values()

    @property
    def subject(self) -> str:
        return f"{Resolution.subject_kind}:{self.key}"


class Texts:
    def __init__(
        self,
        data_set: DataSet,
        sessions: Sessions,
        report: Report,
        memory: Keyless,
        changes: Changes,
    ) -> None:
        self.data_set, self.sessions = data_set, sessions
        self.report = report
        self.changes = changes
        self.memory = Memory(Resolution, data_set.memory, memory)
        library = Subject.objects.filter(scheme=Scheme.UN_LIBRARY)
        self.subjects: dict[str, int] = dict(library.values_list("name", "pk"))
        self.subject_keys = set(Subject.objects.values_list("key", flat=True))
        self.told: set[int] = set()  # whose own facts this file has told already
        self.new = Bulk(
            Resolution,
            state=State.PUBLISHED.value,
            origin=Origin.IMPORT.value,
            organ=Organ.ASSEMBLY.value,
        )
        self.new_symbols = Keyless(DocumentSymbol)
        self.new_subjects = Bulk(Subject, scheme=Scheme.UN_LIBRARY.value)
        self.new_headings = Keyless(Through)
        self.held: dict[int, Held] = {}
        self.by_symbol: dict[str, int] = {}
        self.keys: set[str] = set()

    def take_out(self, batch: Iterable[Told]) -> None:
        """Read what the database holds of the texts of this batch."""
        batch = [told for told in batch if told.symbol]
        naming = {symbol for told in batch for symbol, role in told.symbols if role in NAMING}
        rows = DocumentSymbol.objects.filter(symbol__in=naming, role__in=NAMING)
        self.by_symbol = dict(rows.values_list("symbol", "text"))
        self.held = self._read(set(self.by_symbol.values()))
        wanted = {keys.text_key(told.symbol.canonical) for told in batch if told.symbol}
        self.keys = set(Resolution.objects.filter(key__in=wanted).values_list("key", flat=True))

    def _read(self, pks: set[int]) -> dict[int, Held]:
        rows = Resolution.objects.filter(pk__in=pks).values("pk", "key", "state", *FIELDS)
        held = {
            row["pk"]: Held(row.pop("pk"), row.pop("key"), row, row.pop("state")) for row in rows
        }
        symbols = DocumentSymbol.objects.filter(text__in=pks).order_by()
        for pk, symbol, role in symbols.values_list("text", "symbol", "role"):
            held[pk].symbols[symbol] = role
        headings = Through._default_manager.filter(resolution__in=pks)
        for pk, subject in headings.values_list("resolution_id", "subject_id"):
            held[pk].headings.add(subject)
        memory = self.memory.of([text.key for text in held.values()])
        for text in held.values():
            text.memory = memory[text.key]
        return held

    def place(self, told: Told) -> Held | None:
        """The text that was acted on, brought up to date; None where no symbol names it."""
        if told.symbol is None:
            return None
        text = self._find(told, told.symbol)
        if text is None:
            return self._make(told, told.symbol)
        if text.state != State.PUBLISHED:
            sentence = f"Its text {text.key} is not published, so that nobody sees the vote."
            self.report.notice("hidden texts", told.record, told.line, sentence, text.subject)
        self._update(told, text)
        return text

    def _find(self, told: Told, symbol: Symbol) -> Held | None:
        if symbol.canonical in self.by_symbol:
            return self.held[self.by_symbol[symbol.canonical]]
        for draft, role in told.symbols:
            pk = self.by_symbol.get(draft)
            if role == SymbolRole.DRAFT and pk is not None and not self.held[pk].is_adopted:
                return self.held[pk]
        return None

    def _make(self, told: Told, symbol: Symbol) -> Held:
        number = f"{self.data_set.prefix}-{told.record}"
        wanted = keys.text_key(symbol.canonical)
        key = keys.free(wanted, self.keys, number, keys.LONGEST_TEXT)
        self.keys.add(key)
        origin = {"origin": Origin.IMPORT.value}
        says = {"title": symbol.canonical, "title_is_ours": True} | self._says(told)
        values = {"kind": "resolution", "agenda_item": "", "session": None} | says
        columns = {**values, "session_id": values["session"]}
        del columns["session"]
        text = Held(self.new.add(key=key, **columns), key, values)
        note_text(text.pk)
        self.held[text.pk] = text
        if told.text:
            self.told.add(text.pk)
        self._add_lists(told, text)
        self._remember(told, text, says | origin)
        return text

    def _says(self, told: Told) -> dict[str, Any]:
        session = self.sessions.key(told.session)
        return told.text | ({"session": session} if session else {})

    def _update(self, told: Told, text: Held) -> None:
        """Whatever names the same text later in the file only adds symbols and headings."""
        known = text.memory.values
        if self.data_set.memory == "voeten" and "undl" in known:
            return
        says = self._says(told) if told.text and text.pk not in self.told else {}
        if says:
            self.told.add(text.pk)
            self._merge(told, text, says, known.get("voeten", {}) | known.get("undl", {}))
            self._drop_lists(told, text, known.get(self.data_set.memory, {}))
        self._add_lists(told, text)
        self._remember(told, text, says)

    def _merge(self, told: Told, text: Held, says: dict[str, Any], before: dict[str, Any]) -> None:
        merged = merge(says, before, text.values, EMPTY)
        is_described = merged.changes.get("title_is_ours") and "title" not in merged.changes
        # Who describes a text in the words of its title does not make that a description.
        if is_described or any(conflict.what == "title" for conflict in merged.conflicts):
            merged.changes.pop("title_is_ours", None)
        self._conflicts(told, text, merged.conflicts)
        if merged.changes:
            note_text(text.pk)
            self._tell(told, text, merged.changes)
            Resolution.objects.filter(pk=text.pk).update(**merged.changes)
            text.values |= merged.changes
            self.report.counts["texts changed"] += 1

    def _tell(self, told: Told, text: Held, changes: dict[str, Any]) -> None:
        """A title of a data set's own making stood for none."""
        here, now = self._in_words(text.values), self._in_words(changes)
        now.pop("title_is_ours", None)
        if here["title_is_ours"]:
            here["title"] = ""
        symbol = told.symbol.canonical if told.symbol else text.key
        self.changes.values(
            text.subject,
            f"{symbol} {text.values['title']}",
            replaced(now, here, EMPTY),
            was_public=text.state == State.PUBLISHED,
        )

    def _in_words(self, values: dict[str, Any]) -> dict[str, Any]:
        """The session by its code, as the history names rows."""
        if "session" not in values:
            return dict(values)
        return values | {"session": self.sessions.code(values["session"])}

    def _conflicts(self, told: Told, text: Held, conflicts: list[Conflict]) -> None:
        for conflict in conflicts:
            if conflict.what != "title_is_ours":
                sentence = f"Text {text.key}: {conflict}."
                self.report.notice("conflicts", told.record, told.line, sentence, text.subject)

    def _add_lists(self, told: Told, text: Held) -> None:
        for place, (symbol, role) in enumerate(told.symbols, 1):
            if symbol in text.symbols:
                continue
            if role in NAMING:
                if self.by_symbol.setdefault(symbol, text.pk) != text.pk:
                    told.marks.append(self._of_another(symbol, role))
                    continue
                if role == SymbolRole.ADOPTED and text.is_adopted:
                    continue
            note_text(text.pk)
            text.symbols[symbol] = role
            self.new_symbols.add(text_id=text.pk, symbol=symbol, role=role, sequence=place)
        for heading in told.headings:
            subject = self._subject(heading)
            if subject not in text.headings:
                note_text(text.pk)
                text.headings.add(subject)
                self.new_headings.add(resolution_id=text.pk, subject_id=subject)

    def _of_another(self, symbol: str, role: str) -> Mark:
        sentence = f"{symbol}, its {role}, is a symbol of another text already."
        return Mark(MarkCode.DRAFT_OF_ANOTHER, sentence)

    def _drop_lists(self, told: Told, text: Held, before: dict[str, Any]) -> None:
        """What the data set named before and has replaced by something else."""
        now, roles = (
            {f"{role} {symbol}" for symbol, role in told.symbols},
            {role for _symbol, role in told.symbols},
        )
        for said in set(before.get("symbols", ())) - now:
            role, _space, symbol = said.partition(" ")
            if role in roles and text.symbols.get(symbol) == role:
                del text.symbols[symbol]
                DocumentSymbol.objects.filter(text=text.pk, symbol=symbol).delete()
        gone = set(before.get("headings", ())) - set(told.headings) if told.headings else set()
        dropped = {self.subjects[name] for name in gone if name in self.subjects} & text.headings
        if dropped:
            note_text(text.pk)
            text.headings -= dropped
            Through._default_manager.filter(resolution_id=text.pk, subject_id__in=dropped).delete()

    def _subject(self, name: str) -> int:
        if name not in self.subjects:
            key = keys.free(
                keys.subject_key(name), self.subject_keys, keys.digest(name), keys.LONGEST_SUBJECT
            )
            self.subject_keys.add(key)
            self.subjects[name] = self.new_subjects.add(key=key, name=name)
        return self.subjects[name]

    def _remember(self, told: Told, text: Held, says: dict[str, Any]) -> None:
        """The first telling of a file replaces the lists; what comes later adds to them."""
        before = text.memory.values.get(self.data_set.memory, {})
        kept = {} if says else before
        symbols = {f"{role} {symbol}" for symbol, role in told.symbols}
        lists = {
            "symbols": sorted(symbols.union(kept.get("symbols", ()))),
            "headings": sorted({*told.headings, *kept.get("headings", ())}),
        }
        self.memory.put(text.key, {**before, **remembered(says), **lists}, text.memory)

    def flush(self) -> None:
        self.sessions.flush()
        self.memory.settle()
        for bulk in (self.new, self.new_symbols, self.new_subjects, self.new_headings):
            bulk.flush()
