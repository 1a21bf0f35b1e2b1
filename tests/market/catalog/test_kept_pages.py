"""A sale is seen within a second on the pages that strangers are handed from what is kept."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time

import pytest
from sqlalchemy import update

from wizzle.core.web import create_app
from wizzle.plugins.market.catalog.models import Product

AT_MOST = 1.0
"""Seconds until every stranger sees a sale."""

_SELL = """
import sys
from sqlalchemy import text
from wizzle.core.db import Database
with Database(sys.argv[1]).write() as session:
    session.execute(text("UPDATE market_product SET stock = 3"))
"""


@pytest.fixture
def site(node):
    app = create_app(node, keeps_pages=True)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return app


@pytest.fixture
def sell(node):
    """``sell(3)`` leaves so many of everything."""

    def leave(left):
        with node.db.write() as session:
            session.execute(update(Product).values(stock=left, price=1_000 + left, version=left))

    return leave


@pytest.fixture
def look(queries):
    """Look at a page until it is handed out from what is kept, and return it."""

    def wait(client, page):
        for _ in range(20):
            time.sleep(0.06)
            client.get(page)
            with queries() as seen:
                answer = client.get(page)
            if not [each for each in seen if "pg_current_snapshot" not in each[0]]:
                return answer
        raise AssertionError(f"{page} is never kept")

    return wait


def seen_after(client, page, old):
    """Return after how many seconds the page is another one."""
    since = time.monotonic()
    while client.get(page).data == old and time.monotonic() - since < 5:
        time.sleep(0.01)
    return time.monotonic() - since


@pytest.mark.parametrize("page", ["/market", "/market/{id}", "/", "/spaces/farm"])
def test_a_stranger_who_has_just_looked_sees_a_sale(client, node, shelve, sell, look, page):
    page = page.format(id=shelve(stock=50))
    for left in (3, 2, 0):
        before = look(client, page)
        sell(left)
        if node.db.is_sqlite:
            assert client.get(page).data != before.data
        assert seen_after(client, page, before.data) < AT_MOST


def test_a_browser_that_holds_the_page_hears_of_a_sale(client, shelve, sell, look):
    shelve(stock=50)
    held = {"If-None-Match": look(client, "/market").headers["ETag"]}
    assert client.get("/market", headers=held).status_code == 304
    sell(3)
    since = time.monotonic()
    while client.get("/market", headers=held).status_code == 304:
        assert time.monotonic() - since < AT_MOST
        time.sleep(0.01)


def test_one_process_sees_what_another_one_sells(client, node, shelve, look):
    shelve(stock=50)
    with running(_SELL, node) as sale:
        before = look(client, "/market")
        while sale.poll() is None:
            client.get("/market")
        assert sale.returncode == 0
        assert seen_after(client, "/market", before.data) < AT_MOST
    assert "badge-accent" not in before.text  # says that few are left
    assert "badge-accent" in client.get("/market").text


def running(program, node):
    url = node.db.url.render_as_string(hide_password=False)
    return subprocess.Popen([sys.executable, "-c", program, url])


def test_many_readers_at_once_never_see_what_is_long_sold(site, node, shelve, sell):
    shelve(stock=100)
    sell(100)
    sold, seen, done = [(time.monotonic(), 100)], [], threading.Event()

    def read(client):
        while not done.is_set():
            began = time.monotonic()
            page = client.get("/market").text
            seen.append((began, int(re.search(r"1,(\d{3})원", page)[1])))

    readers = [threading.Thread(target=read, args=(site.test_client(),)) for _ in range(4)]
    for each in readers:
        each.start()
    for left in range(99, 69, -1):
        time.sleep(0.12 if left % 3 else 0)
        sell(left)
        sold.append((time.monotonic(), left))
    time.sleep(AT_MOST)
    done.set()
    for each in readers:
        each.join()
    assert seen[-1][1] == 70
    for began, shown in seen:
        assert shown <= min(left for at, left in sold if at <= max(began - AT_MOST, sold[0][0]))
