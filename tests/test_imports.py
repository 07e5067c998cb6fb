"""The rooms of the code: imports run downward, and only doors look into both rooms."""

import ast
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("votes", "resolutions")
# `embed`: pictures and frames for other sites, with headers and refusals of their own.
DOORS = {"views", "admin", "feeds", "api", "urls", "management", "embed"}
WORKSHOPS = {"queries", "charts", "ingest", "importing", "opendata", "summaries"}
# Files and arrays in, plain values out: they know no Django and no database.
PLAIN = {"readers", "symbols", "majority", "tiles", "analysis"}
BASE = PLAIN | {"models"}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    name_of(path): path
    for package in ("unga_portal", *ROOMS)
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts
}


@cache
def imports(module: str) -> frozenset[str]:
    """Every name that a module imports, wherever in it, as far as a module of that name exists."""
    tree = ast.parse(MODULES[module].read_text())
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            source = absolute(module, node)
            full = {f"{source}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else source for name in full}
    return frozenset(found - {module})


def absolute(module: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = module.split(".")
    if MODULES[module].name == "__init__.py":
        package.append("")
    return ".".join([*package[: -node.level], *([node.module] if node.module else [])])


def own_imports(module: str) -> list[str]:
    return sorted(name for name in imports(module) if name in MODULES)


def room(module: str) -> str:
    return module.split(".")[0]


def storey(module: str) -> str:
    """The part that says where in its room a module belongs: `views` of `votes.views.state`."""
    return [*module.split("."), ""][1]


def offences(forbidden) -> list[str]:
    return [
        f"{importer} imports {imported}"
        for importer in MODULES
        for imported in own_imports(importer)
        if forbidden(importer, imported)
    ]


def test_there_are_modules_to_judge():
    assert {room(module) for module in MODULES} == {"unga_portal", *ROOMS}
    assert "unga_portal.environment" in own_imports("unga_portal.settings")


def test_no_room_imports_the_roof():
    assert not offences(lambda a, b: room(a) in ROOMS and room(b) == "unga_portal")


def test_what_the_assembly_said_knows_nothing_of_votes_except_at_its_doors():
    assert not offences(
        lambda a, b: room(a) == "resolutions" and room(b) == "votes" and storey(a) not in DOORS
    )


def test_nobody_comes_in_through_a_door_but_addresses_and_the_roof():
    def breaks_in(importer: str, imported: str) -> bool:
        same_door = room(importer) == room(imported) and storey(importer) == storey(imported)
        allowed = same_door or room(importer) == "unga_portal" or storey(importer) == "urls"
        return room(imported) in ROOMS and storey(imported) in DOORS and not allowed

    assert not offences(breaks_in)


def test_the_base_does_not_import_the_workshops():
    assert not offences(lambda a, b: storey(a) in BASE and storey(b) in WORKSHOPS)


def test_plain_modules_do_not_import_models():
    assert not offences(lambda a, b: storey(a) in PLAIN and storey(b) == "models")


@pytest.mark.parametrize("module", [name for name in MODULES if storey(name) in PLAIN])
def test_plain_modules_know_no_django(module):
    assert not [name for name in imports(module) if name.split(".")[0] == "django"]


def test_there_is_no_circle_between_modules():
    try:
        TopologicalSorter({module: own_imports(module) for module in MODULES}).prepare()
    except CycleError as error:
        pytest.fail("circle: " + " ← ".join(error.args[1]))


def test_a_worker_holds_no_library_before_somebody_asks_for_what_needs_it():
    """Each takes memory, in every worker."""
    program = "import sys, unga_portal.wsgi, unga_portal.urls; print(*sys.modules)"
    asked = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    loaded = set(asked.stdout.split())
    assert "votes.views" in loaded
    assert loaded.isdisjoint({"resvg_py", "segno", "pyarrow", "xlsxwriter", "argon2", "numpy"})
