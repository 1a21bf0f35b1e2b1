"""Webhooks by page and by program: made by those who run a space, seen by their makers alone."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from wizzle.core.models import ApiAnswer


@pytest.fixture
def body():
    return {"to": "https://shop.example/hook", "kinds": ["order.placed"], "space": "shop"}


def test_a_program_makes_one_sees_it_and_takes_it_back(programs, body, node):
    frank = programs.of("frank", "webhooks:manage")
    made = frank.makes("/webhooks", body, key="my-only-hook")
    assert made.status_code == 201
    assert made.json["secret"].startswith("whsec_")
    assert frank.makes("/webhooks", body, key="my-only-hook").json == made.json
    with node.db.read() as session:
        kept = session.scalars(select(ApiAnswer.body)).one()
        assert "whsec_" not in kept
    (seen,) = frank.get("/webhooks").json["items"]
    assert (seen["to"], seen["space"], seen["kinds"]) == (body["to"], "shop", ["order.placed"])
    assert "secret" not in seen
    path = seen["url"].removeprefix("/api/v1")
    assert frank.get(f"{path}/deliveries").json == {"items": [], "next": None}
    for other in ("dana", "bob"):
        assert programs.of(other).get(path).status_code == 404
        assert programs.of(other).asks("DELETE", path).status_code == 404
    assert frank.asks("DELETE", path).status_code == 204
    assert frank.get(path).status_code == 404


def test_nobody_listens_where_they_do_not_run_things(programs, body):
    assert programs.of("alice").makes("/webhooks", body).status_code == 403
    assert programs.of("dana").makes("/webhooks", body).status_code == 422
    whole = {**body, "space": None}
    assert programs.of("frank").makes("/webhooks", whole).status_code == 403
    assert programs.of("bob").makes("/webhooks", whole).status_code == 201
    for wrong in ({"to": "http://shop.example/"}, {"kinds": []}, {"kinds": ["x"]}, {"to": 1}):
        assert programs.of("frank").makes("/webhooks", {**body, **wrong}).status_code == 422


def test_the_page_shows_the_secret_once_and_ends_it(as_):
    frank = as_("frank")
    form = {"url": "https://shop.example/hook", "space": "shop", "kinds": ["order.placed"]}
    page = frank.post("/me/webhooks", data=form)
    assert page.status_code == 200
    assert re.search(r"whsec_[A-Za-z0-9+/=]{40,}", page.text)
    again = frank.get("/me/webhooks").text
    assert "whsec_" not in again
    (path,) = set(re.findall(r"/me/webhooks/\d+", again))
    assert frank.get(path).status_code == 200
    assert as_("dana").get(path).status_code == 404
    assert as_("alice").get("/me/webhooks").status_code == 403
    assert frank.post("/me/webhooks", data={**form, "space": "hub"}).status_code == 422
    assert frank.post(f"{path}/end").status_code == 302
    assert frank.get(path).status_code == 404
