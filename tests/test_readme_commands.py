"""What the documents name must exist, and what exists must be described."""

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
READ = re.compile(r'environment\.(?:text|flag|number|choice|words|secret)\(\s*"([A-Z_]+)"')
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


def code_in(document: Path) -> str:
    """Return only what is set as code, so that "make sure" in a sentence is no command."""
    return "\n".join(CODE.findall(document.read_text()))


def make_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text()
    return set(re.findall(r"^([a-z][a-z-]*):.*##", makefile, re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_in_a_document_exists(document):
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", code_in(document)))

    assert named - make_targets() == set()


@pytest.mark.parametrize("document", [*DOCUMENTS, ROOT / "Makefile"], ids=lambda path: path.name)
def test_every_management_command_in_a_document_exists(document):
    text = document.read_text() if document.name == "Makefile" else code_in(document)
    named = set(re.findall(r"manage\.py ([a-z_]+)", text))

    assert named - set(get_commands()) == set()


def test_the_readme_names_the_two_commands_to_begin_with():
    assert {"demo", "test"} <= set(re.findall(r"\bmake ([a-z-]+)", code_in(ROOT / "README.md")))


def test_every_variable_is_described_and_every_described_variable_is_read():
    read = {
        name
        for path in (ROOT / "unga_portal" / "settings.py", ROOT / "gunicorn.conf.py")
        for name in READ.findall(path.read_text())
    }
    table = re.findall(
        r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE
    )

    assert read == set(table)
    assert len(table) == len(set(table))


def test_every_direct_dependency_is_explained_and_no_other():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["formats"],
        *project["dependency-groups"]["dev"],
    ]
    explained = re.findall(
        r"^\| `([\w-]+)` \|", (ROOT / "docs" / "dependencies.md").read_text(), re.MULTILINE
    )

    assert sorted(explained) == sorted(re.split(r"[\[><=~ ]", line)[0] for line in wanted)
