"""The pages of neighbours as people and strangers meet them."""

from __future__ import annotations

import re

from sqlalchemy import select

from wizzle.core.web.headers import POLICY
from wizzle.plugins.locality.neighbours.models import Neighbour


def code_in(page):
    found = re.search(r'class="big-code">([A-Z0-9-]+)<', page.text)
    assert found, page.text
    return found[1]


def test_one_chooses_shows_a_code_and_is_confirmed(node, as_, quarters):
    alice, bob = as_("alice"), as_("bob")
    refused = alice.post("/neighbours", data={"quarter": quarters["수유1동"]})
    assert refused.status_code == 422  # nothing is kept without the box
    alice.post("/neighbours", data={"quarter": quarters["수유1동"], "agree": "yes"})
    code = code_in(alice.post("/neighbours/ask"))
    first = bob.post("/neighbours/confirm", data={"code": code})
    assert "앨리스" in first.text
    assert "수유1동" in first.text
    with node.db.read() as session:
        assert session.scalars(select(Neighbour.expires_at)).one() is None  # one step more
    bob.post("/neighbours/confirm", data={"code": code, "sure": "yes"})
    assert "확인됨" in alice.get("/neighbours").text
    assert code not in alice.get("/neighbours").text


def test_codes_cannot_be_guessed_by_trying(as_, quarters):
    bob = as_("bob")
    answers = [bob.post("/neighbours/confirm", data={"code": f"AAAA-{n:04}"}) for n in range(22)]
    assert {each.status_code for each in answers[:20]} == {404}
    assert answers[-1].status_code == 429


def test_whose_code_it_is_is_told_only_to_who_may_confirm(as_, live):
    live("alice")
    code = code_in(as_("alice").post("/neighbours/ask"))
    answer = as_("charlie").post("/neighbours/confirm", data={"code": code})
    assert answer.status_code == 404
    assert "앨리스" not in answer.text


def test_stewards_name_parts_and_print_codes_and_others_do_not(as_, client):
    bob = as_("bob")
    bob.post("/neighbours/run", data={"names": "우이동\n인수동\n우이동"})
    assert "우이동" in as_("alice").get("/neighbours").text
    paper = bob.post("/neighbours/papers", data={"number": "3"})
    assert paper.mimetype == "application/pdf"
    assert paper.headers["Cache-Control"] == "private, no-store"
    assert bob.post("/neighbours/papers", data={"number": "100000"}).status_code == 302
    for path in ("/neighbours/run", "/neighbours/papers", "/neighbours/papers/void"):
        assert as_("dana").post(path, data={}).status_code == 403
    assert client.get("/neighbours").status_code == 302


def test_no_page_asks_a_device_where_it_is(as_, quarters):
    page = as_("alice").get("/neighbours")
    assert "geolocation=()" in page.headers["Permissions-Policy"]
    assert page.headers["Content-Security-Policy"] == POLICY
    assert "geolocation" not in page.text


def test_another_part_that_is_not_offered_is_refused(as_, quarters):
    alice = as_("alice")
    for wrong in ("999", "0", "-1", "x", ""):
        answer = alice.post("/neighbours", data={"quarter": wrong, "agree": "yes"})
        assert answer.status_code in (404, 422)


def test_stewards_take_a_confirmation_back(node, cast, as_, live):
    live("alice")
    code = code_in(as_("alice").post("/neighbours/ask"))
    bob = as_("bob")
    bob.post("/neighbours/confirm", data={"code": code, "sure": "yes"})
    assert as_("dana").post("/neighbours/undo", data={}).status_code == 403
    for email in ("", "nobody@example.com", cast.person("alice").email):
        assert bob.post("/neighbours/undo", data={"email": email}).status_code == 302
    with node.db.read() as session:
        assert session.scalars(select(Neighbour.expires_at)).one() is None
