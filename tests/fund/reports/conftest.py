"""People who hold the fund's offices."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from support.cast import Cast

from wizzle.core import members
from wizzle.core.node import Node


@pytest.fixture
def as_(node: Node, site: Flask, cast: Cast) -> Callable[[str], FlaskClient]:
    """A browser of somebody: "alice" keeps the books, "gina" audits them, "bob" is the steward."""

    def browser(name: str) -> FlaskClient:
        office = {"alice": "treasurer", "gina": "auditor"}.get(name)
        if office:
            with node.db.write() as session:
                members.grant(session, cast.person(name).id, office, at=node.clock.now())
        return cast.signed_in(site, name)

    return browser
