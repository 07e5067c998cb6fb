import pytest
from babel.messages.pofile import read_po

from unga_portal.management.commands import extract_messages

PAGE = """
{% load i18n %}
<ul>
    {# Translators: above the list #}
    <li>{% translate "How it voted" %}</li>
  <li>{% translate "May" context "month" %} it's {{ name|default:_("nobody") }}
{% blocktranslate count n=votes %}{{ n }} vote{% plural %}{{ n }} votes{% endblocktranslate %}
</ul>
"""
CODE = """
from django.utils.translation import gettext_lazy as _, npgettext
title = _("Türkiye “voted”")
count = npgettext("page", "%d state", "%d states", 2)
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(PAGE)
    (tmp_path / "votes").mkdir()
    (tmp_path / "votes" / "code.py").write_text(CODE)
    return tmp_path


def test_texts_of_templates_and_code_are_collected_with_context_and_plural(project):
    catalog = extract_messages.collect(project)

    assert {(message.id, message.context) for message in catalog if message.id} == {
        ("How it voted", None),
        ("May", "month"),
        ("nobody", None),
        (("%(n)s vote", "%(n)s votes"), None),
        ("Türkiye “voted”", None),
        (("%d state", "%d states"), "page"),
    }
    heading = catalog.get("How it voted")
    assert heading
    assert heading.auto_comments == ["Translators: above the list"]


def test_an_update_keeps_translations_and_collecting_twice_changes_nothing(project):
    template = extract_messages.collect(project)
    path = project / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr ""\n\nmsgid "nobody"\nmsgstr "personne"\n')

    extract_messages.update(path, template)
    first = path.read_bytes()
    extract_messages.update(path, template)

    assert path.read_bytes() == first
    assert path.with_suffix(".mo").exists()
    with path.open("rb") as file:
        kept = read_po(file, locale="fr").get("nobody")
    assert kept
    assert kept.string == "personne"
