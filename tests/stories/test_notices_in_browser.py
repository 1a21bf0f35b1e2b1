"""The bell on a phone, and a push message that a real browser shows."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import waitress
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Blueprint, Response
from playwright.sync_api import Browser, Page, expect
from support.browser import SCREEN, Faults
from support.cast import COOKIE, Cast
from support.telling import Garden, say, told

from wizzle.core.hookspecs import hookimpl
from wizzle.core.node import Node
from wizzle.core.notices import browsers
from wizzle.core.testing import make_node
from wizzle.core.web import create_app, permitted, static_url


class WithWorker(Garden):
    """The least of a service worker, which takes the part that shows messages."""

    @staticmethod
    def blueprints() -> list[Blueprint]:
        pages = Blueprint("worker", __name__)

        @pages.get("/sw.js")
        @permitted("core.see")
        def worker() -> Response:
            part = json.dumps(static_url("core", "push-worker.js"))
            script = f"importScripts({part}); self.skipWaiting();"
            return Response(script, mimetype="text/javascript")

        return [pages]


@dataclass
class Stage:
    node: Node
    address: str
    alice: int


@pytest.fixture
def stage(tmp_path, clock) -> Iterator[Stage]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        node = make_node(tmp_path, plugins=(), clock=clock, address=address)
        for name in ("blueprints", "notice_kinds"):
            hookimpl(getattr(WithWorker, name))
        node.host._manager.register(WithWorker)
        site = waitress.create_server(create_app(node), sockets=[door], threads=4)
        serving = threading.Thread(target=site.run, daemon=True)
        serving.start()
        try:
            yield Stage(node, address, Cast(node).person("alice").id)
        finally:
            site.close()
            site.task_dispatcher.shutdown()
            serving.join(5)
            node.close()


@pytest.fixture
def page(chromium: Browser, stage: Stage) -> Iterator[Page]:
    """alice's phone, which lets this site show messages."""
    context = chromium.new_context(viewport=SCREEN, is_mobile=True, locale="ko-KR")
    context.grant_permissions(["notifications"], origin=stage.address)
    client = Cast(stage.node).signed_in(create_app(stage.node), "alice")
    found = client.get_cookie(COOKIE)
    assert found is not None
    context.add_cookies([{"name": COOKIE, "value": found.value, "url": stage.address}])
    faults = Faults()
    context.on("page", faults.watch)
    yield context.new_page()
    context.close()
    assert faults.seen == []


def test_the_bell_leads_to_the_thing_and_is_empty_then(stage: Stage, page: Page) -> None:
    say(stage.node, stage.alice, title="감자가 왔어요", url="/me/notices/settings")
    page.goto(stage.address)
    bell = page.get_by_role("link", name="알림: 새 알림 1개")
    expect(bell).to_be_visible()
    bell.click()
    page.get_by_role("link", name="감자가 왔어요").click()
    expect(page.get_by_role("heading", name="알림 받는 방법")).to_be_visible()
    expect(page.get_by_role("link", name="알림", exact=True).first).to_be_visible()
    assert told(stage.node, "alice@example.com")[0].read_at is not None
    group = page.get_by_role("group", name="새 알림", exact=True)
    group.get_by_label("메일").first.select_option("daily")
    page.get_by_role("button", name="저장").click()
    expect(page.get_by_text("저장했어요")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= SCREEN["width"]


def test_a_message_is_shown_with_its_title_and_nothing_else(stage: Stage, page: Page) -> None:
    page.goto(f"{stage.address}/me/notices/settings")
    expect(page.get_by_role("button", name="이 브라우저로 알림 받기")).to_be_visible()
    session = page.context.new_cdp_session(page)
    registered: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registered.extend(each["registrationId"] for each in event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    page.evaluate("navigator.serviceWorker.register('/sw.js')")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_timeout(300)
    for data in ("no json", json.dumps({"title": "감자가 왔어요", "url": "/me/notices/1/go"})):
        message = {"origin": stage.address, "registrationId": registered[-1], "data": data}
        session.send("ServiceWorker.deliverPushMessage", message)
    page.wait_for_function(
        "async () => (await (await navigator.serviceWorker.ready).getNotifications()).length > 0"
    )
    shown = page.evaluate(
        "async () => (await (await navigator.serviceWorker.ready).getNotifications())"
        ".map((each) => [each.title, each.body, each.data.url])"
    )
    assert shown == [["감자가 왔어요", "", "/me/notices/1/go"]]


HANDED = """
const keys = { p256dh: new Uint8Array(65).fill(4), auth: new Uint8Array(16).fill(7) };
keys.p256dh.set([4, ...Array.from({ length: 64 }, (_, place) => POINT[place])]);
PushManager.prototype.getSubscription = async () => null;
PushManager.prototype.subscribe = async (options) => {
  window.asked = new Uint8Array(options.applicationServerKey).length;
  return {
    endpoint: "https://push.example/alice", options: {}, unsubscribe: async () => true,
    getKey: (name) => keys[name].buffer,
  };
};
"""
"""What stands in for a push service, which no browser reaches from here: all else is the page's."""


def test_the_button_hands_this_browser_to_the_node(stage: Stage, page: Page) -> None:
    numbers = ec.generate_private_key(ec.SECP256R1()).public_key().public_numbers()
    point = [*numbers.x.to_bytes(32, "big"), *numbers.y.to_bytes(32, "big")]
    page.add_init_script(HANDED.replace("POINT", json.dumps(point)))
    page.goto(f"{stage.address}/me/notices/settings")
    page.get_by_role("button", name="이 브라우저로 알림 받기").click()
    expect(page.locator("[data-push-word]")).not_to_be_empty()
    assert page.evaluate("window.asked") == 65
    with stage.node.db.read() as session:
        (kept,) = browsers(session, stage.alice)
    assert kept.endpoint == "https://push.example/alice"
    page.reload()
    expect(page.get_by_role("button", name="여기로 그만 보내기")).to_be_visible()
