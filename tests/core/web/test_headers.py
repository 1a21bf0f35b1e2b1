"""Headers: what browsers may do with our pages, and who may keep copies."""

from __future__ import annotations

import re

import pytest

from wizzle.core.testing import make_node
from wizzle.core.web import create_app


@pytest.fixture
def by_https(tmp_path):
    home = tmp_path / "https"
    home.mkdir()
    node = make_node(home, plugins=(), address="https://gangbuk.example")
    yield create_app(node)
    node.close()


def test_a_page_may_load_and_send_nothing_elsewhere(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    for part in (
        "default-src 'self'", "frame-ancestors 'none'", "base-uri 'self'", "form-action 'self'",
        "object-src 'none'",
    ):  # fmt: skip
        assert part in policy
    assert "unsafe" not in policy
    assert "*" not in policy


@pytest.mark.parametrize("address", ["/", "/log-in", "/nothing", "/healthz", "/terms"])
def test_every_answer_is_guarded(client, address):
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_pages_hold_nothing_that_their_policy_forbids(client, as_):
    for browser in (client, as_("bob")):
        for address in ("/", "/log-in", "/join", "/spaces", "/privacy", "/admin", "/me"):
            page = browser.get(address, follow_redirects=True).text
            inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", page)
            # Data in the page is no script, and the policy has no word in it.
            assert set(inline) <= {'<script type="application/ld+json">'}, address
            assert not re.search(r"\son\w+=|\sstyle=|<style|javascript:", page), address
            assert not re.search(r'(src|srcset)="(?!/static/|/pictures/)', page), address


def test_https_is_asked_for_and_kept_where_the_node_has_it(by_https, client):
    visitor = by_https.test_client()
    answer = visitor.get("/log-in", base_url="https://gangbuk.example")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert all("Secure" in c for c in answer.headers.getlist("Set-Cookie"))
    assert answer.headers.getlist("Set-Cookie")
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_no_shared_cache_keeps_a_page(client, as_):
    headers = client.get("/").headers
    assert headers["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "Accept-Language"} <= {v.strip() for v in headers["Vary"].split(",")}
    assert as_("alice").get("/").headers["Cache-Control"] == "private, no-store"


def test_a_static_file_is_kept_for_ever_under_an_address_of_its_content(client):
    page = client.get("/").text
    sheet = re.search(r'href="(/static/core/[0-9a-f]+/wizzle\.css)"', page).group(1)
    answer = client.get(sheet)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"].startswith("text/css")
    again = client.get(sheet, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "address",
    [
        "/static/core/0/wizzle.css", "/static/../core/db.py", "/static/core/%2e%2e/app.py",
        "/static/core/", "/static/", "/static/core/0/../../../setup.cfg",
    ],
)  # fmt: skip
def test_no_other_file_is_served(client, address):
    assert client.get(address).status_code == 404


def test_everything_that_pages_name_as_static_is_there(client, as_):
    for browser, addresses in (
        (client, ("/", "/join", "/spaces")),
        (as_("bob"), ("/admin", "/me")),
    ):
        for address in addresses:
            for file in set(re.findall(r'"(/static/[^"#]+)', browser.get(address).text)):
                assert client.get(file).status_code == 200, file
