"""Whatever a program sends: what is wrong is a problem document, and never the node's fault."""

from __future__ import annotations

import json

import pytest

from wizzle.core.node import Node


@pytest.fixture
def node(sqlite_node: Node) -> Node:
    """How a request is read has nothing to do with the database."""
    return sqlite_node


BAD = {
    "no JSON": b"{",
    "a list": b"[]",
    "a number": b"1",
    "nothing": b"",
    "not a number": b'{"occasion": NaN}',
    "half a sign": b'{"occasion": "\\ud800", "items": []}',
    "a NUL": b'{"occasion": "\\u0000", "items": []}',
    "not UTF-8": b'{"occasion": "\xff"}',
    "very deep": b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep": b'{"items":' + b"[" * 40 + b"]" * 40 + b"}",
    "a long number": b'{"a": ' + b"9" * 10_000 + b"}",
}


def test_a_body_that_cannot_be_read(programs):
    alice = programs.of("alice", "orders:write")
    for name, body in BAD.items():
        answer = alice.post("/orders", data=body, content_type="application/json", key="abcdefgh")
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json"), name
        assert answer.json["type"].endswith("#not-json"), name


def test_a_body_of_another_kind_or_size(programs):
    alice = programs.of("alice", "orders:write")
    form = alice.post("/orders", data={"occasion": "cycle:1"}, key="abcdefgh")
    assert form.status_code == 415
    large = json.dumps({"occasion": "x" * 300_000})
    answer = alice.post("/orders", data=large, content_type="application/json", key="abcdefgh")
    assert answer.status_code == 413


def test_every_mistake_is_named_by_a_pointer(programs):
    body = {
        "occasion": 1, "more": 2,
        "items": [{"product_id": 1, "quantity": 1}, {"product_id": "1", "quantity": 0}],
    }  # fmt: skip
    answer = programs.of("alice", "orders:write").makes("/orders", body)
    assert answer.status_code == 422
    found = {each["pointer"] for each in answer.json["errors"]}
    assert found == {"/occasion", "/more", "/items/1/product_id", "/items/1/quantity"}


def test_problems_are_said_in_the_language_that_is_asked_for(programs):
    stranger = programs.stranger()
    assert stranger.get("/products/7").json["detail"].startswith("There is no such product")
    korean = stranger.get("/products/7", headers={"Accept-Language": "ko"})
    assert "상품" in korean.json["detail"]


def test_addresses_that_lead_nowhere_and_methods_that_are_none(programs):
    stranger = programs.stranger()
    lost = stranger.get("/nothing")
    assert (lost.status_code, lost.mimetype) == (404, "application/problem+json")
    wrong = stranger.asks("DELETE", "/spaces")
    assert (wrong.status_code, wrong.mimetype) == (405, "application/problem+json")
    assert "GET" in wrong.headers["Allow"]


CURSORS = (
    "x", "W10", "WzFd", "WyIxIiwiMSJd", "W251bGwsMV0", "!", "가", "A" * 5000, "%00", "WyJhIiwtMV0",
    "WyJcdTAwMDAiLDFd", "WyJcdWQ4MDAiLDFd", "WyJhIiw5OTk5OTk5OTk5OTk5XQ", "WyJhIix0cnVlXQ",
)  # fmt: skip


def test_a_cursor_that_is_none_of_ours(programs):
    for cursor in CURSORS:
        answer = programs.stranger().get(f"/products?cursor={cursor}")
        assert answer.status_code in (400, 422), cursor
        if answer.status_code == 422:
            assert answer.json["errors"][0]["pointer"] == "/cursor"


def test_a_list_is_read_page_by_page(programs, cast, site):
    for name in ("farm", "other_farm", "shop", "hub"):
        cast.space(name)
    client, path, found = site.test_client(), "/api/v1/spaces?limit=3", []
    while path:
        answer = client.get(path)
        found += [each["slug"] for each in answer.json["items"]]
        link = answer.headers.get("Link")
        path = answer.json["next"]
        assert link == (f'<{path}>; rel="next"' if path else None)
    assert sorted(found) == ["farm", "hub", "other_farm", "shop"]
    assert client.get("/api/v1/spaces?kind=shop").json["items"][0]["slug"] == "shop"


def test_what_has_not_changed_is_not_sent_again(programs, cast):
    cast.space("farm")
    stranger = programs.stranger()
    first = stranger.get("/spaces")
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in first.headers
    again = stranger.get("/spaces", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    cast.space("shop")
    assert stranger.get("/spaces", headers={"If-None-Match": first.headers["ETag"]}).json["items"]
    mine = programs.of("alice", "me:read").get("/me")
    assert mine.headers["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in mine.headers


def test_who_asks_too_often_is_told_when_to_go_on(programs, clock):
    stranger = programs.stranger()
    answers = [stranger.get("/fund") for _ in range(121)]
    assert {each.status_code for each in answers[:120]} == {200}
    assert answers[0].headers["RateLimit"] == '"address";r=119;t=60'
    assert answers[0].headers["RateLimit-Policy"] == '"address";q=120;w=60'
    last = answers[120]
    assert (last.status_code, last.headers["Retry-After"]) == (429, "60")
    assert last.json["type"].endswith("#too-many")
    # A token is counted by itself, and the next minute is a new one.
    assert programs.of("alice", "me:read").get("/me").status_code == 200
    clock.advance(minutes=1)
    assert stranger.get("/fund").status_code == 200


def test_guesses_at_tokens_are_counted_by_address(programs):
    stranger = programs.stranger()
    guess = {"Authorization": "Bearer wizzle_guess"}
    seen = [stranger.get("/me", headers=guess).status_code for _ in range(122)]
    assert seen[:120] == [401] * 120
    assert seen[120:] == [429] * 2


def test_what_changes_something_is_counted_more_strictly(programs):
    erin = programs.of("erin", "spaces:write")
    path = "/spaces/farm"
    seen = [erin.asks("PATCH", path, json={"intro": f"{i}"}).status_code for i in range(61)]
    assert seen == [200] * 60 + [429]


def test_the_page_of_a_space_is_changed_as_its_form_would(programs, cast, node):
    erin = programs.of("erin", "spaces:write")
    answer = erin.asks("PATCH", "/spaces/farm", json={"intro": "  유기농 채소  ", "phone": ""})
    assert (answer.status_code, answer.json["intro"]) == (200, "유기농 채소")
    assert answer.json["name"] == "완주로컬푸드협동조합"
    assert programs.stranger().get("/spaces/farm").json["intro"] == "유기농 채소"
    for wrong in ({"name": " "}, {"kind": "hub"}, {"intro": "x" * 5000}, {"email": "no"}):
        assert erin.asks("PATCH", "/spaces/farm", json=wrong).status_code == 422, wrong
    frank = programs.of("frank", "spaces:write")
    assert frank.asks("PATCH", "/spaces/farm", json={"intro": "x"}).status_code == 403
