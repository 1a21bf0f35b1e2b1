"""What is published, as anybody reads it: pages with marks, and bounds."""

from __future__ import annotations

import pytest
from support.gardens import Pair

from wizzle.core.web import create_app
from wizzle.federation.exchange import rules
from wizzle.federation.trust.actions import budgets


def test_a_page_that_is_known_is_not_read_again(pair):
    pair.garden.grow("potato")
    client = create_app(pair.wanju).test_client()
    path = pair.actor.removeprefix("https://wanju.example") + "/garden"
    first = client.get(f"{path}?cursor=0")
    assert first.status_code == 200
    assert first.content_type.startswith("application/activity+json")
    pages = pair.garden.pages
    again = client.get(f"{path}?cursor=0", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, pair.garden.pages) == (304, b"", pages)
    pair.garden.grow("leek")
    fresh = client.get(f"{path}?cursor=0", headers={"If-None-Match": first.headers["ETag"]})
    assert fresh.status_code == 200
    for wrong, status in (("/orgs/99/garden", 404), (f"{path}x", 404),
                          (f"{path}?since=0", 200), (f"{path}?cursor=-1", 200)):  # fmt: skip
        assert client.get(wrong).status_code == status
    pair.garden.forgotten = 1
    gone = client.get(f"{path}?since=0")
    assert gone.status_code == 410
    assert gone.content_type == "application/problem+json"


def test_asking_for_what_is_not_there_writes_nothing(pair):
    client = create_app(pair.wanju).test_client()
    pair.wanju.db.written.clear()
    assert client.get("/orgs/9999/garden").status_code == 404
    assert not pair.wanju.db.written.is_set()


def let_read(pair: Pair, monkeypatch: pytest.MonkeyPatch, kilobytes: int) -> None:
    """Let the publisher hand out no more than this to anybody in an hour."""
    monkeypatch.setattr(budgets, "MEGABYTE", 1_000)
    monkeypatch.setitem(pair.wanju.host.settings("federation"), "most_read", kilobytes)


def test_who_reads_more_in_an_hour_than_may_be_is_asked_to_come_back(pair, monkeypatch):
    let_read(pair, monkeypatch, 2)
    pair.garden.grow("potato", "leek")
    path = pair.actor.removeprefix("https://wanju.example") + "/garden?cursor=0"
    first, second = create_app(pair.wanju), create_app(pair.wanju)  # as two processes do
    sizes, answers = [], []
    while not answers or answers[-1].status_code == 200:
        site = (first, second)[len(answers) % 2]
        answers.append(site.test_client().get(path))
        sizes.append(len(answers[-1].data))
    assert sum(sizes[:-1]) <= 2_000 < sum(sizes[:-1]) + sizes[0]
    assert answers[-1].content_type == "application/problem+json"
    assert answers[-1].get_json()["reason"] == "too_much"
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3_600
    # A page that is known costs nothing, and another node has a count of its own.
    known = {"If-None-Match": answers[0].headers["ETag"]}
    assert first.test_client().get(path, headers=known).status_code == 304
    pair.follow()
    assert pair.names == {"potato", "leek"}
    pair.clock.advance(hours=1)
    assert first.test_client().get(path).status_code == 200


def test_a_first_reading_beyond_the_bound_goes_on_where_it_stopped(pair, monkeypatch):
    monkeypatch.setattr(rules, "MOST", 10)
    let_read(pair, monkeypatch, 6)
    pair.garden.grow(*(f"plant-{number}" for number in range(95)))
    pair.follow()
    assert "429" in pair.followed().problem
    assert 10 <= len(pair.names) < 95
    for _ in range(8):
        pair.clock.advance(hours=1, minutes=1)
        pair.settle()
    assert len(pair.names) == 95
    assert pair.followed().problem == ""
    assert pair.followed().whole
    pages = [url for _, url in pair.wire.sent if "cursor=" in url]
    assert len(set(pages)) == 10
    assert len(pages) < 20
