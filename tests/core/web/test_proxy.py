"""Behind a proxy that the node trusts, limits count each visitor by themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wizzle.core.node import Node
from wizzle.core.web import create_app
from wizzle.node_config import ServerSettings


@pytest.fixture
def behind_one_proxy(node):
    settings = replace(node.settings, server=ServerSettings(trusted_proxies=1))
    return create_app(Node(settings, node.db, node.host, node.ports)).test_client()


def guess(browser, number, forwarded):
    from_there = {"X-Forwarded-For": forwarded}
    page = browser.get("/log-in", headers=from_there).text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    typed = {"email": f"n{number}@example.com", "password": "틀린 비밀번호", "csrf_token": token}
    return browser.post("/log-in", data=typed, headers=from_there).status_code


def test_one_visitor_does_not_use_up_the_tries_of_another(behind_one_proxy):
    last = [guess(behind_one_proxy, number, "203.0.113.7") for number in range(61)][-1]
    assert last == 429
    assert guess(behind_one_proxy, 99, "203.0.113.8") == 403


def test_only_what_the_proxy_itself_says_counts(behind_one_proxy):
    answers = [
        guess(behind_one_proxy, number, f"10.0.0.{number}, 203.0.113.7") for number in range(61)
    ]
    assert answers[-1] == 429
