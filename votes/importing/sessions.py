"""The sessions that records name: found, or made of what their code tells."""

from resolutions.models import Session
from resolutions.symbols import SymbolError, parse_session
from votes.bulk import Bulk
from votes.importing.told import Told
from votes.readers.rollcalls import Mark, MarkCode, long_date


class Sessions:
    """All sessions by their code, read once; dates of a new one are not known."""

    def __init__(self) -> None:
        rows = Session.objects.values_list("code", "pk", "opened", "closed")
        self._keys = {code: pk for code, pk, _opened, _closed in rows}
        self._new = Bulk(Session)
        self._dates = {code: (opened, closed) for code, _pk, opened, closed in rows}

    def key(self, code: str) -> int | None:
        """Return the key of the session, or None where the code is that of none."""
        if code not in self._keys:
            try:
                read = parse_session(code)
            except SymbolError:
                return None
            self._keys[code] = self._new.add(
                code=str(read), kind=read.kind.value, number=read.number
            )
        return self._keys[code]

    def flush(self) -> None:
        self._new.flush()

    def code(self, key: int | None) -> str | None:
        return next((code for code, pk in self._keys.items() if pk == key), None)

    def look_at(self, told: Told) -> None:
        """Mark what is dated outside its session, where the dates of that are known."""
        opened, closed = self._dates.get(told.session, (None, None))
        if (opened and told.date < opened) or (closed and told.date > closed):
            sentence = f"It is dated {long_date(told.date)}, outside session {told.session}."
            told.marks.append(Mark(MarkCode.DATE_OUTSIDE_SESSION, sentence))
