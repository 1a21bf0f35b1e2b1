"""Texts that grow while they are brought into the form in which they are kept."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

As = Callable[[str], FlaskClient]
GROWS = "\ufb2c"  # one sign, which NFC writes as three
WISH = {"password": "correct battery mule 77", "terms": "y", "privacy": "y", "age": "y"}


def test_a_name_that_grows_is_too_long_at_once(client: FlaskClient) -> None:
    wish = {**WISH, "name": GROWS * 60, "email": "zoe@example.com"}
    assert client.post("/join", data=wish).status_code == 422


def test_an_address_that_grows_is_too_long_at_once(client: FlaskClient) -> None:
    wish = {**WISH, "name": "Zoe", "email": "\u0130" * 240 + "@example.com"}
    assert client.post("/join", data=wish).status_code == 422


def test_a_page_whose_name_grows_is_too_long_at_once(as_: As) -> None:
    wish = {"kind": "shop", "name": GROWS * 120}
    assert as_("bob").post("/spaces/new", data=wish).status_code == 422


def test_a_hub_whose_name_grows_is_too_long_at_once(as_: As) -> None:
    wish = {
        "name": GROWS * 120, "address": "1", "weekday": "3", "collect_from": "16:00",
        "collect_until": "20:00",
    }  # fmt: skip
    assert as_("bob").post("/hubs/new", data=wish).status_code == 422
