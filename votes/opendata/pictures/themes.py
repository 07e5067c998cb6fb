"""The colours of the pictures: those of the portal's pages, by light and by dark."""

from dataclasses import dataclass

HOLLOW = "xi"  # non-voting and not eligible, by their names in the style sheets


@dataclass(frozen=True)
class Paint:
    """How one position is painted: its area, a mark beside it, and what stands on the area."""

    area: str
    edge: str  # of a hollow area
    mark: str
    on: str


@dataclass(frozen=True)
class Theme:
    """The names are those of the variables in `static/css/portal.css`."""

    paper: str
    wash: str
    ink: str
    soft: str
    rule: str
    y: str
    n: str
    a: str
    x: str
    y_ink: str
    n_ink: str
    a_ink: str
    on_y: str
    on_n: str
    on_a: str

    def paint(self, css: str) -> Paint:
        if css in HOLLOW:
            return Paint(self.paper, self.x, self.soft, self.soft)
        area = getattr(self, css)
        return Paint(area, "none", getattr(self, f"{css}_ink"), getattr(self, f"on_{css}"))

    def colour(self, name: str) -> str:
        return str(getattr(self, name))


LIGHT = Theme(
    paper="#fff",
    wash="#f5f7f9",
    ink="#17212b",
    soft="#4d5b68",
    rule="#d6dee5",
    y="#128252",
    n="#9c1c16",
    a="#c77f00",
    x="#73818e",
    y_ink="#0d6b42",
    n_ink="#a4221b",
    a_ink="#7a5600",
    on_y="#fff",
    on_n="#fff",
    on_a="#1f1600",
)
DARK = Theme(
    paper="#10161c",
    wash="#18212a",
    ink="#e8edf1",
    soft="#a9b6c1",
    rule="#2c3944",
    y="#3fb982",
    n="#e0564b",
    a="#f7cf5f",
    x="#8a98a4",
    y_ink="#5ccb98",
    n_ink="#ff9a91",
    a_ink="#f0bd3a",
    on_y="#06130c",
    on_n="#1a0201",
    on_a="#241a00",
)
THEMES: dict[str, Theme] = {"light": LIGHT, "dark": DARK}
