"""Parts of templates that are rendered once."""

from collections.abc import Callable

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from resolutions.templatetags.once import MOST


def template(part: str, values: str = "") -> Callable[..., str]:
    made = Template("{% load once %}{% once " + values + " %}" + part + "{% endonce %}")
    return lambda **context: made.render(Context(context))


def test_a_part_is_rendered_once():
    render = template("{{ word }}")

    assert [render(word="first"), render(word="second")] == ["first", "first"]


def test_a_part_is_rendered_once_for_each_of_its_values():
    render = template("{{ word }}", "place other")

    assert render(word="a", place=1, other="x") == "a"
    assert render(word="b", place=2, other="x") == "b"
    assert render(word="c", place=1, other="y") == "c"
    assert render(word="d", place=1, other="x") == "a"


def test_a_part_is_rendered_once_for_each_language():
    render = template("{{ word }}")
    with translation.override("fr"):
        assert render(word="mot") == "mot"

    assert render(word="word") == "word"
    with translation.override("fr"):
        assert render(word="other") == "mot"


def test_two_parts_of_one_template_do_not_share():
    two = Template("{% load once %}{% once %}a{% endonce %}{% once %}b{% endonce %}")

    assert [two.render(Context()), two.render(Context())] == ["ab", "ab"]


def test_no_more_than_so_many_are_remembered():
    render = template("{{ word }}", "word")
    for number in range(MOST + 10):
        assert render(word=number) == str(number)

    assert render(word=MOST + 5) == str(MOST + 5)


def test_a_part_without_an_end_is_an_error():
    with pytest.raises(TemplateSyntaxError, match="endonce"):
        Template("{% load once %}{% once %}")
