"""Somebody who joins with another's e-mail address must not be taken for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from support.cast import Cast

from wizzle.core.models import Grant
from wizzle.core.node import Node

As = Callable[[str], FlaskClient]
WISH = {"password": "correct battery mule 77", "terms": "y", "privacy": "y", "age": "y"}
TAKEN = "hana@example.com"


@pytest.fixture
def impostor(client: FlaskClient) -> FlaskClient:
    """A browser that is logged in to an account whose address nobody has checked."""
    assert client.post("/join", data={**WISH, "name": "Hana", "email": TAKEN}).status_code == 302
    return client


def _roles(node: Node) -> set[str]:
    with node.db.read() as session:
        return set(session.scalars(select(Grant.role)))


@pytest.mark.usefixtures("impostor")
def test_nobody_is_let_in_by_an_address_that_was_not_checked(
    as_: As, cast: Cast, node: Node
) -> None:
    cast.space("other_farm")
    answer = as_("bob").post("/spaces/other_farm/people", data={"email": TAKEN})
    assert answer.status_code == 422
    assert "owner" not in _roles(node)


@pytest.mark.usefixtures("impostor")
def test_nobody_hosts_a_hub_by_an_address_that_was_not_checked(
    as_: As, cast: Cast, node: Node
) -> None:
    cast.space("hub")
    as_("bob").post("/hubs/hub/hosts", data={"host": TAKEN})
    assert "activist" not in _roles(node)
