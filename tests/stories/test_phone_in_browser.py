"""Pages on a phone whose network comes and goes: seen before, they open with their age, and nobody
sees what somebody else saw."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from support.neighbour import Neighbour
from support.served import Served

from .conftest import PASSWORD, Enter

CONTROLLED = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


def ready(neighbour: Neighbour, path: str) -> Page:
    """Go to a page with the service worker at work."""
    page = neighbour.page
    neighbour.goes_to(path)
    page.wait_for_function(CONTROLLED)
    neighbour.goes_to(path)
    return page


def test_pages_seen_before_open_without_a_network_and_others_say_why(
    town: Served, stranger: Enter
) -> None:
    neighbour = stranger()
    page = ready(neighbour, "/terms")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#offline-bar")).to_contain_text("1분 전에 본 화면이에요")
    page.goto(f"{town.address}/privacy")
    expect(page.locator("h1")).to_have_text("지금은 인터넷이 안 돼요")
    page.goto(f"{town.address}/terms")
    page.context.set_offline(False)
    expect(page.locator("#offline-bar")).to_be_hidden(timeout=15_000)  # it loads anew by itself
    neighbour.complaints.clear()


def test_a_form_that_finds_no_network_is_kept_as_it_was(town: Served, phone_of: Enter) -> None:
    alice = phone_of("alice")
    page = ready(alice, "/me/profile")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.context.set_offline(True)
    page.get_by_label("이름").fill("앨리스 둘")
    page.locator("main form button").first.click()
    expect(page.locator("#offline-bar")).to_contain_text("보내지 않았어요")
    expect(page.get_by_label("이름")).to_have_value("앨리스 둘")
    page.context.set_offline(False)
    page.wait_for_timeout(500)
    assert "POST" not in sent  # nothing is sent again by itself
    with page.expect_navigation():
        page.locator("main form button").first.click()
    assert sent.count("POST") == 1
    alice.complaints.clear()


def test_on_one_phone_nobody_sees_what_another_saw(town: Served, phone_of: Enter) -> None:
    alice = phone_of("alice")
    page = ready(alice, "/me")
    page.context.set_offline(True)
    page.goto(f"{town.address}/me")
    expect(page.locator("h1")).to_contain_text("앨리스")
    page.context.set_offline(False)
    page.context.clear_cookies()  # the session is over, and nobody logged out
    page.goto(f"{town.address}/terms")
    page.wait_for_function("caches.keys().then(names => !names.some(n => /pages-[1-9]/.test(n)))")
    page.context.set_offline(True)
    page.goto(f"{town.address}/me")
    expect(page.locator("h1")).to_have_text("지금은 인터넷이 안 돼요")
    assert "앨리스" not in page.content()
    alice.complaints.clear()
    assert PASSWORD not in page.content()


def test_no_more_than_thirty_pages_stay(town: Served, stranger: Enter) -> None:
    neighbour = stranger()
    page = ready(neighbour, "/terms")
    for number in range(34):
        page.goto(f"{town.address}/terms?n={number}")
    kept = "caches.open('wizzle-pages-').then(c => c.keys()).then(k => k.map(r => r.url))"
    page.wait_for_function(f"{kept}.then(k => k.length === 30 && k[29].endsWith('33'))")
    assert not [url for url in page.evaluate(kept) if url.endswith("n=0")]
