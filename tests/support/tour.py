"""A tour in a real browser: somebody who is logged in without having typed a password."""

from __future__ import annotations

from playwright.sync_api import Page
from sqlalchemy import select

from wizzle.core.auth import accounts
from wizzle.core.auth.accounts import Device
from wizzle.core.models import Person

from .cast import COOKIE
from .served import Served


def come_in(page: Page, town: Served, role: str, *, language: str = "ko") -> None:
    """Log the browser of this page in as one of the example's people; a stranger stays one."""
    if role == "stranger":
        return
    with town.node.db.write() as session:
        email = f"{role}@gangbuk.example"
        person = session.scalars(select(Person).where(Person.email == email)).one()
        person.language = language
        token = accounts.log_in(session, town.node, person.id, Device("test", "127.0.0.1"))
    page.context.add_cookies([{"name": COOKIE, "value": token, "url": town.address}])
