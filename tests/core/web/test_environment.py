"""Templates call plain functions directly; what they draw is the same as ever."""

from __future__ import annotations

import pytest
from flask import render_template_string
from jinja2 import UndefinedError


def drawn(site, text, **values):
    with site.test_request_context("/", headers={"Accept-Language": "en"}):
        site.preprocess_request()
        return render_template_string(text, **values)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{{ _('From %(name)s', name=name) }}", "From &lt;b&gt;"),
        ("{{ _('%(from)s – %(until)s', from=1, until=2) }}", "1 – 2"),
        ("{{ _('%(one)s', **{'one': 1}) }}", "1"),
        ("{{ _(*['Basket']) }}", "Basket"),
        ("{{ ngettext('%(num)s hen', '%(num)s hens', number) }}", "2 hens"),
        ("{{ url_for('core.log_in', next='/a&b') }}", "/log-in?next=/a%26b"),
        ("{% macro _(text) %}<i>{{ text }}</i>{% endmacro %}{{ _('x') }}", "<i>x</i>"),
        ("{% for _ in [1, 2] %}{{ gettext('x') }}{% endfor %}", "xx"),
        ("{% set static_url = name.upper %}{{ static_url() }}", "&lt;B&gt;"),
    ],
)
def test_calls_say_what_they_always_said(site, text, wanted):
    assert drawn(site, text, name="<b>", number=2) == wanted


def test_a_function_that_was_not_given_is_a_mistake_as_ever(site):
    with pytest.raises(UndefinedError):
        drawn(site, "{% macro told(gettext) %}{{ gettext('x') }}{% endmacro %}{{ told() }}")


def test_what_one_page_is_given_is_no_name_of_the_next(site):
    assert drawn(site, "{{ secret }}", secret="하늘") == "하늘"
    assert drawn(site, "{{ secret }}") == ""
    macros = "{% macro told() %}{{ secret }}{% endmacro %}{{ told() }}"
    assert drawn(site, macros) == ""
