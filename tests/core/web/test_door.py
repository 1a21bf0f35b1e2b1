"""The door: strangers are handed a page that was drawn a moment ago, and nobody else ever is."""

from __future__ import annotations

import gzip
import time
from dataclasses import replace

import pytest
from sqlalchemy import text
from support.visitors import queries

from wizzle.core.members import make_space
from wizzle.core.node import Node
from wizzle.core.testing import make_node
from wizzle.core.web import create_app
from wizzle.core.web.kept import LASTS
from wizzle.node_config import ServerSettings

PAGE = "/spaces"
STILL = 0.06
"""Seconds after which a file counts as lying still."""


@pytest.fixture
def site(node):
    app = create_app(node, keeps_pages=True)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return app


@pytest.fixture
def plain(node):
    """A stranger's browser before a website that keeps nothing."""
    return create_app(node).test_client()


@pytest.fixture
def keep(node):
    """Ask for a page until it is handed out without asking the database, and return it."""

    def ask(client, page=PAGE, **options):
        for _ in range(20):
            time.sleep(STILL)
            client.get(page, **options)
            with queries(node) as asked:
                answer = client.get(page, **options)
            if not asked:
                return answer
        raise AssertionError(f"{page} is never kept")

    return ask


def asks(node, client, page=PAGE, **options):
    """Say whether the database is asked for this page."""
    with queries(node) as asked:
        client.get(page, **options)
    return bool(asked)


def told(answer):
    return {(k, v) for k, v in answer.headers.items() if k != "Date"}


@pytest.mark.parametrize("page", [PAGE, "/", "/terms", "/spaces?kind=hub"])
def test_a_kept_page_is_the_page_itself_with_all_its_headers(site, plain, page):
    newcomer = site.test_client()
    time.sleep(STILL)
    drawn = plain.get(page)
    for _ in range(2):
        answer = newcomer.get(page)
        assert answer.data == drawn.data
        assert told(answer) == told(drawn)
    assert drawn.headers["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "Accept-Language"} <= set(drawn.headers["Vary"].split(", "))
    assert drawn.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in drawn.headers


@pytest.mark.parametrize("held", ["{0}", "W/{0}", '"another", {0}', "*"])
def test_a_browser_that_holds_the_page_is_not_sent_it_again(site, plain, keep, held):
    seal = keep(site.test_client()).headers["ETag"]
    held = {"If-None-Match": held.format(seal)}
    answer, drawn = site.test_client().get(PAGE, headers=held), plain.get(PAGE, headers=held)
    assert answer.status_code == drawn.status_code == 304
    assert answer.data == b""
    assert told(answer) == told(drawn)
    assert site.test_client().get(PAGE, headers={"If-None-Match": '"x"'}).status_code == 200


def test_only_asking_whether_it_changed_also_leaves_the_page_to_be_kept(site, node, plain):
    held = {"If-None-Match": plain.get(PAGE).headers["ETag"]}
    time.sleep(STILL)
    client = site.test_client()
    assert [client.get(PAGE, headers=held).status_code for _ in range(2)] == [304, 304]
    assert not asks(node, client)


def test_head_is_answered_like_get_without_the_page(site, plain, keep):
    before = site.test_client().head(PAGE)
    whole = keep(site.test_client())
    after = site.test_client().head(PAGE)
    assert before.data == after.data == b""
    assert told(before) == told(after) == told(whole) == told(plain.head(PAGE))


def test_a_page_lasts_a_moment_by_either_clock(site, node, clock, keep):
    client = site.test_client()
    keep(client)
    clock.advance(seconds=LASTS)
    assert asks(node, client)
    keep(client)
    clock.advance(seconds=-1)
    assert asks(node, client)
    keep(client)
    time.sleep(LASTS)
    assert asks(node, client)


def test_after_a_change_the_page_is_drawn_anew_at_once(site, node, keep):
    client = site.test_client()
    for number in range(3):
        assert f"모임 {number}" not in keep(client).text
        with node.db.write() as session:
            make_space(session, kind="organisation", name=f"모임 {number}", at=node.clock.now())
        assert f"모임 {number}" in client.get(PAGE).text


def test_a_page_drawn_just_after_a_change_is_not_kept(site, node):
    client = site.test_client()
    with node.db.write() as session:
        session.execute(text("UPDATE core_ledger_head SET entry_id = entry_id"))
    client.get(PAGE)
    assert asks(node, client)


def test_everyone_reads_their_own_language(site, node, keep):
    client = site.test_client()
    for language in ("ko", "en", "ko"):
        wished = {"Accept-Language": f"{language};q=0.9, fr;q=0.1"}
        page = keep(client, headers=wished)
        assert f'lang="{language}"' in page.text
    chosen = site.test_client()
    chosen.set_cookie("wizzle_language", "en")
    assert 'lang="en"' in keep(chosen, headers={"Accept-Language": "ko"}).text
    assert 'lang="ko"' in keep(client, headers={"Accept-Language": "ko"}).text
    assert 'lang="ko"' in client.get(PAGE, headers={"Accept-Language": "xx"}).text


@pytest.mark.parametrize(
    "name", ["wizzle", "wizzle_sign_in", "anything", "wizzle_language2", "x_wizzle_language"]
)
def test_who_brings_a_cookie_meets_the_application(site, node, keep, name):
    keep(site.test_client())
    known = site.test_client()
    known.set_cookie(name, "ko")
    assert asks(node, known)
    known.set_cookie("wizzle_language", "ko")
    assert asks(node, known)


def test_a_members_page_is_never_handed_to_a_stranger(site, as_, keep):
    alice = as_("alice")
    time.sleep(STILL)
    for _ in range(3):
        assert "앨리스" in alice.get(PAGE).text
        page = site.test_client().get(PAGE)
        assert "앨리스" not in page.text
        assert "no-store" not in page.headers["Cache-Control"]
    keep(site.test_client())
    assert "앨리스" in alice.get(PAGE).text
    assert "ETag" not in alice.get(PAGE).headers


def test_a_page_with_a_token_or_a_message_is_never_kept(site, node):
    time.sleep(STILL)
    first, second = site.test_client(), site.test_client()
    tokens = [
        each.get("/join").text.split('name="csrf_token"')[1][:120] for each in (first, second)
    ]
    assert tokens[0] != tokens[1]
    first.get("/me")  # sends to log in, with a message for the next page
    assert "flash" in first.get(PAGE).text
    assert "flash" not in second.get(PAGE).text
    assert "flash" not in site.test_client().get(PAGE).text


@pytest.mark.parametrize("page", ["/spaces/nobody", "/nothing", "/me", "/healthz", "/log-in"])
def test_what_is_not_a_page_for_everybody_is_passed_through(site, plain, page):
    time.sleep(STILL)
    client = site.test_client()
    for _ in range(2):
        answer, drawn = client.get(page), plain.get(page)
        assert answer.status_code == drawn.status_code
        assert answer.headers["Cache-Control"] == drawn.headers["Cache-Control"]
        assert "ETag" not in answer.headers


def test_what_is_sent_reaches_the_application(site, plain, keep):
    keep(site.test_client())
    for browser in (site.test_client(), plain):
        assert browser.post(PAGE).status_code == 405
        assert browser.post("/me/leave").status_code in (302, 400)
        assert browser.get(f"{PAGE}?kind=%00").status_code == 400
    assert site.test_client().get(PAGE, headers={"If-Match": '"x"'}).status_code == 412


def test_tries_are_counted_though_pages_are_kept(site, keep):
    client = site.test_client()
    keep(client)
    typed = {"email": "n@example.com", "password": "틀린 비밀번호"}
    answers = [client.post("/log-in", data=typed).status_code for _ in range(61)]
    assert answers[-1] == 429


def test_other_addresses_are_other_pages(site, node, keep):
    client = site.test_client()
    keep(client)
    assert asks(node, client, f"{PAGE}?kind=hub")
    assert asks(node, client, f"{PAGE}?{'x' * 2_000}")
    assert asks(node, client, f"{PAGE}?{'x' * 2_000}")
    assert asks(node, client, PAGE, headers={"Host": "other.example"})


def test_it_stands_behind_what_proxies_say(node, keep):
    settings = replace(node.settings, server=ServerSettings(trusted_proxies=1))
    behind = create_app(Node(settings, node.db, node.host, node.ports), keeps_pages=True)
    answer = keep(behind.test_client(), headers={"X-Forwarded-Host": "gangbuk.example"})
    assert answer.status_code == 200


def test_a_node_in_memory_keeps_nothing(tmp_path):
    node = make_node(tmp_path, plugins=(), url="sqlite://")
    client = create_app(node, keeps_pages=True).test_client()
    time.sleep(STILL)
    client.get(PAGE)
    assert asks(node, client)
    node.close()


def test_strangers_get_a_page_packed_if_they_can_unpack_it(site, plain, keep):
    packing = {"Accept-Encoding": "gzip, deflate, br"}
    drawn = plain.get(PAGE)
    for answer in (
        site.test_client().get(PAGE, headers=packing),
        keep(site.test_client(), headers=packing),
    ):
        assert answer.headers["Content-Encoding"] == "gzip"
        assert int(answer.headers["Content-Length"]) == len(answer.data) < len(drawn.data) / 2
        assert gzip.decompress(answer.data) == drawn.data
        assert answer.headers["Vary"] == drawn.headers["Vary"] + ", Accept-Encoding"
        assert answer.headers["ETag"] == "W/" + drawn.headers["ETag"]
    again = {**packing, "If-None-Match": answer.headers["ETag"]}
    assert site.test_client().get(PAGE, headers=again).status_code == 304
    head = site.test_client().head(PAGE, headers=packing)
    assert (head.data, head.headers["Content-Length"]) == (b"", str(len(answer.data)))
    assert keep(site.test_client()).data == drawn.data


def test_whoever_has_a_session_gets_no_page_packed(site, as_):
    packing = {"Accept-Encoding": "gzip"}
    alice = as_("alice")
    for client, page in ((alice, PAGE), (alice, "/me"), (site.test_client(), "/log-in")):
        assert "Content-Encoding" not in client.get(page, headers=packing).headers
