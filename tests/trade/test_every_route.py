"""Every view of trade says which action it is, and breaks for nobody."""

from __future__ import annotations

import pytest
from support.cast import Cast

from wizzle.core.node import Node
from wizzle.core.web import create_app


@pytest.mark.parametrize("who", ["stranger", "charlie", "dana", "bob"])
def test_no_view_of_trade_breaks_or_lacks_its_rule(sqlite_node: Node, who: str):
    app = create_app(sqlite_node)
    app.config.update(TESTING=True)
    client = app.test_client()
    if who != "stranger":
        client = Cast(sqlite_node).signed_in(app, who)
    permissions = app.extensions["wizzle"].permissions
    ours = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("trade.")]
    assert len(ours) > 10
    for rule in ours:
        assert app.view_functions[rule.endpoint].action in permissions  # type: ignore[attr-defined]
        if "GET" in (rule.methods or ()):
            path = rule.rule
            for name in rule.arguments:
                path = path.replace(f"<{name}>", "1").replace(f"<int:{name}>", "1")
                path = path.replace(f"<path:{name}>", "1")
            assert client.get(path).status_code < 500


def test_programs_are_told_of_errors_as_documents(client):
    for path in ("/proposals/1", "/krw/api/dfc/Enterprises/x"):
        answer = client.get(path, headers={"Accept": "application/activity+json"})
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
        assert "Set-Cookie" not in answer.headers
