"""Every view says which action it is, and no page breaks for anyone."""

from __future__ import annotations

import pytest
from flask import Flask

from wizzle.core.web import create_app


@pytest.fixture
def everything(sqlite_node) -> Flask:
    """The website with every plugin, its errors shown instead of drawn as a page."""
    app = create_app(sqlite_node)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return app


def test_every_view_carries_an_action_that_has_a_rule(everything):
    rules = everything.extensions["wizzle"].permissions
    actions = {
        endpoint: getattr(view, "action", None)
        for endpoint, view in everything.view_functions.items()
    }
    assert len(actions) > 20
    assert {e: a for e, a in actions.items() if a is None or a not in rules} == {}


def test_no_view_that_changes_something_answers_a_get_alone(everything):
    """HEAD follows GET: links are opened by scanners and previews as well."""
    words = ("delete", "remove", "block", "close", "revoke", "send_again", "log_out")
    wrong = [
        rule.endpoint
        for rule in everything.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint.split(".")[-1].startswith(words)
    ]
    assert wrong == []


@pytest.mark.parametrize("who", ["stranger", "charlie", "bob"])
def test_no_page_without_parameters_breaks(everything, sqlite_node, who):
    from support.cast import Cast

    cast = Cast(sqlite_node)
    client = everything.test_client()
    if who != "stranger":
        client = cast.signed_in(everything, who)
    addresses = sorted(
        rule.rule
        for rule in everything.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments
    )
    answers = {address: client.get(address).status_code for address in addresses}
    assert {a: s for a, s in answers.items() if s >= 500} == {}
    assert answers.pop("/styleguide") == 404  # for those who build pages, where they do
    if who == "stranger":
        programs = {status for path, status in answers.items() if path.startswith("/api/")}
        pages = {status for path, status in answers.items() if not path.startswith("/api/")}
        assert pages <= {200, 302}
        assert programs <= {200, 401}


def test_a_stranger_who_only_looks_is_given_no_cookie(everything):
    client = everything.test_client()
    for address in ("/", "/spaces", "/terms", "/privacy", "/healthz", "/nothing"):
        assert client.get(address).headers.getlist("Set-Cookie") == [], address
