"""Tokens: shown once, good for what they say, ended with whatever ends their person's way in."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from support.programs import Program, token_for

from wizzle.core.auth import accounts, stewardship, tokens
from wizzle.core.models import ApiToken

FORM = {"name": "가격표", "scopes": ["me:read"], "days": "30"}


def made(page):
    found = re.search(r"<code>(wizzle_\w+)</code>", page.text)
    return found and found[1]


def test_a_token_is_made_shown_once_and_works(as_, site, node):
    alice = as_("alice")
    page = alice.post("/me/tokens", data=FORM)
    token = made(page)
    assert page.status_code == 200
    assert token
    assert made(alice.get("/me/tokens")) is None
    answer = Program(site, token).get("/me")
    assert (answer.status_code, answer.json["name"]) == (200, "앨리스")
    with node.db.read() as session:
        kept = session.scalars(select(ApiToken)).one()
        assert token not in (kept.token_hash, kept.name)
        assert len(kept.token_hash) == 64
        assert kept.used_at is not None
    assert "방금" in alice.get("/me/tokens").text


def test_a_token_for_nothing_or_for_ever_is_not_made(as_, node):
    alice = as_("alice")
    for change in ({"name": ""}, {"scopes": []}, {"scopes": ["all"]}, {"days": "9"}, {"days": ""}):
        assert alice.post("/me/tokens", data={**FORM, **change}).status_code == 422, change
    with node.db.read() as session:
        assert session.scalars(select(ApiToken)).all() == []


def test_what_ends_the_way_in_ends_tokens(programs, cast, node, as_, clock):
    alice, id_ = programs.of("alice", "me:read"), cast.person("alice").id
    bob = cast.viewer("bob")

    def works():
        return alice.get("/me").status_code == 200

    def again():
        alice.token = token_for(node, id_, "me:read")
        assert works()

    assert works()
    as_("alice").post("/me/devices/log-out-others")
    assert not works()
    again()
    with node.db.write() as session:
        accounts.change_password(session, node, id_, "-", keep=None)
    assert not works()
    again()
    with node.db.write() as session:
        stewardship.block(session, node, bob, id_)
    assert not works()
    with node.db.write() as session:
        stewardship.unblock(session, node, bob, id_)
    assert not works()
    again()
    clock.advance(days=31)
    assert not works()
    again()
    with node.db.write() as session:
        accounts.leave(session, node, id_)
    assert not works()


def test_one_ends_only_tokens_of_ones_own(as_, programs, node):
    alice = programs.of("alice", "me:read")
    with node.db.read() as session:
        id_ = session.scalars(select(ApiToken.id)).one()
    assert as_("charlie").post(f"/me/tokens/{id_}/end").status_code == 404
    assert alice.get("/me").status_code == 200
    assert as_("alice").post(f"/me/tokens/{id_}/end").status_code == 302
    assert alice.get("/me").status_code == 401


def test_nobody_has_tokens_without_end(node, cast):
    id_ = cast.person("alice").id
    for _ in range(tokens.MOST):
        token_for(node, id_, "me:read")
    with pytest.raises(Exception, match="20 tokens"):
        token_for(node, id_, "me:read")


def test_a_scope_is_asked_of_the_token_and_the_rule_of_the_person(programs):
    answer = programs.of("alice", "me:read").get("/orders")
    assert (answer.status_code, answer.json["scope"]) == (403, "orders:read")
    assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]
    charlie = programs.of("charlie")
    for path in ("/spaces/farm/products", "/spaces/shop/orders", "/webhooks"):
        assert charlie.get(path).status_code == 403, path


def test_a_cookie_counts_for_nothing(as_):
    alice = as_("alice")
    assert alice.get("/api/v1/me").status_code == 401
    assert alice.get("/api/v1/orders").status_code == 401
    posted = alice.post("/api/v1/orders", json={}, headers={"Idempotency-Key": "12345678"})
    assert posted.status_code == 401


def test_a_token_opens_no_page(programs, site):
    token = programs.of("bob").token
    client = site.test_client()
    headers = {"Authorization": f"Bearer {token}"}
    for path in ("/me", "/me/tokens", "/me/password", "/admin", "/admin/people"):
        assert client.get(path, headers=headers).status_code == 302, path


def test_what_is_no_token_is_told_so(programs):
    for header in ("Bearer", "Bearer x", "Bearer wizzle_", "Basic YTpi", "bearer\twizzle_1", "가"):
        sent = {"Authorization": header.encode().decode("latin-1")}
        answer = programs.stranger().get("/me", headers=sent)
        assert answer.status_code == 401, header
        assert answer.json["type"].endswith("#token-invalid")
    # Also where no token is needed: whoever sends one wants it to work.
    public = programs.stranger().get("/spaces", headers={"Authorization": "Bearer x"})
    assert public.status_code == 401


def test_tokens_are_in_ones_data_without_what_they_are(node, cast, as_):
    import io
    import zipfile

    token_for(node, cast.person("alice").id, "me:read")
    archive = zipfile.ZipFile(io.BytesIO(as_("alice").post("/me/data").data))
    text = archive.read("core-tokens.json").decode()
    assert "me:read" in text
    assert "hash" not in text
