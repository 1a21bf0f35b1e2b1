"""A passkey in a real browser: Chromium's own virtual device answers."""

from __future__ import annotations

import shutil

import pytest
from support.browser import open_phone
from support.cast import Cast
from support.neighbour import Neighbour
from support.served import served

from wizzle.core.auth import accounts
from wizzle.core.models import Passkey, Person

PASSWORD = "구름이 흘러가는 곳 열두 시"


@pytest.fixture
def town(tmp_path, sqlite_template):
    """A node at an address with a name: browsers keep no passkeys for one of figures."""
    shutil.copyfile(sqlite_template, tmp_path / "wizzle.db")
    with served(tmp_path, migrated=True, host="localhost") as found:
        yield found


def test_a_passkey_is_added_and_opens_the_door(chromium, town):
    cast, node = Cast(town.node), town.node
    alice = cast.person("alice")
    with node.db.write() as session:
        session.get_one(Person, alice.id).password_hash = accounts.hashed(node, PASSWORD)
    with open_phone(chromium) as page:
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                    "hasUserVerification": True, "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )  # fmt: skip
        neighbour = Neighbour(page, town.address)
        neighbour.logs_in(alice.email, PASSWORD)
        neighbour.goes_to("/me/passkeys")
        page.get_by_label("이름").last.fill("시험 전화기")
        page.get_by_role("button", name="패스키 더하기").click()
        page.get_by_text("이제 이 패스키로 로그인할 수 있어요").wait_for()
        page.get_by_role("heading", name="시험 전화기").wait_for()
        page.context.clear_cookies()
        neighbour.goes_to("/log-in")
        page.get_by_role("button", name="패스키로 로그인").click()
        page.wait_for_url(f"{town.address}/")
        neighbour.goes_to("/me")
        page.get_by_role("heading", name="앨리스").wait_for()
        assert neighbour.complaints == []
    with node.db.read() as session:
        key = session.query(Passkey).one()
        assert key.used_at is not None
