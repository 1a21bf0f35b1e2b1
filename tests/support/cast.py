"""The cast: people who appear in many tests, with the spaces that they run.

alice and gina live here, bob is the steward, dana the activist of the hub, erin grows vegetables
and runs a producer's page, frank has a shop, charlie is logged in and has no part in anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from wizzle.core.models import Grant, Person, SignIn, Space
from wizzle.core.node import Node
from wizzle.core.values import Viewer

COOKIE = "wizzle_sign_in"

SPACES = {
    "hub": ("hub", "수유 마을부엌"),
    "farm": ("producer", "완주로컬푸드협동조합"),
    "other_farm": ("producer", "진안마을 주식회사"),
    "shop": ("shop", "수유 책방"),
}

PEOPLE: dict[str, tuple[str, tuple[tuple[str | None, str], ...]]] = {
    "alice": ("앨리스", ()),
    "gina": ("지나", ()),
    "charlie": ("찰리", ()),
    "bob": ("보배", ((None, "steward"),)),
    "dana": ("다나", (("hub", "activist"),)),
    "erin": ("에린", (("farm", "owner"),)),
    "frank": ("프랑", (("shop", "owner"),)),
}


@dataclass
class Cast:
    """Makes each person and space when first asked for."""

    node: Node

    def space(self, name: str) -> Space:
        kind, title = SPACES[name]
        with self.node.db.write() as session:
            space = session.scalars(select(Space).where(Space.name == title)).one_or_none()
            if space is None:
                space = Space(
                    kind=kind, slug=name, name=title, province="전북", county="완주",
                    address="전북 완주군 1", phone="063-000-0000", email=f"{name}@example.com",
                    representative="홍길동", business_number="000-00-00000",
                    created_at=self.node.clock.now(),
                )  # fmt: skip
                session.add(space)
        return space

    def person(self, name: str) -> Person:
        title, roles = PEOPLE[name]
        email = f"{name}@example.com"
        with self.node.db.read() as session:
            known = session.scalars(select(Person).where(Person.email == email)).one_or_none()
            if known is not None:
                session.expunge(known)  # the end of the session would empty it
                return known
        granted = [(self.space(space).id if space else None, role) for space, role in roles]
        now = self.node.clock.now()
        with self.node.db.write() as session:
            person = Person(
                email=email, name=title, phone="010-0000-1234", password_hash="-", language="ko",
                email_checked_at=now, created_at=now,
            )  # fmt: skip
            session.add(person)
            session.flush()
            for space_id, role in granted:
                session.add(
                    Grant(person_id=person.id, space_id=space_id, role=role, granted_at=now)
                )
        return person

    def viewer(self, name: str) -> Viewer:
        """The person as actions see them."""
        person = self.person(name)
        with self.node.db.read() as session:
            grants = session.execute(
                select(Grant.space_id, Grant.role).where(Grant.person_id == person.id)
            )
            roles = frozenset((row.space_id, row.role) for row in grants)
        return Viewer(person.id, person.name, person.email, person.language, roles=roles)

    def signed_in(self, site: Flask, name: str) -> FlaskClient:
        """A browser in which the person is logged in."""
        person = self.person(name)
        token = self.node.random.token()
        now = self.node.clock.now()
        with self.node.db.write() as session:
            session.add(
                SignIn(
                    person_id=person.id,
                    token_hash=hashlib.sha256(token.encode()).hexdigest(),
                    device="test",
                    created_at=now,
                    seen_at=now,
                    expires_at=now.replace(year=now.year + 1),
                )
            )
        client = site.test_client()
        client.set_cookie(COOKIE, token)
        return client


@pytest.fixture
def cast(node: Node) -> Cast:
    """The people and spaces of ``node``."""
    return Cast(node)


@pytest.fixture
def as_(cast: Cast, site: Flask) -> Callable[[str], FlaskClient]:
    """``as_("alice")`` is a browser in which she is logged in."""
    return lambda name: cast.signed_in(site, name)
