"""What campaigns tell others, what they keep of people, and what their pages cost."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from support.campaigns import PAGE, Board
from support.visitors import queries as asked

from wizzle.core.facts import SpaceChanged, ThingHidden
from wizzle.core.models import Consent, Space
from wizzle.core.node import Node
from wizzle.core.periods import weeks
from wizzle.core.testing import FixedClock
from wizzle.plugins.board.campaigns.models import Campaign, Signature
from wizzle.plugins.board.goods import actions as goods

ZONE = ZoneInfo("Asia/Seoul")


@pytest.fixture
def heard(node: Node, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What is told of things that are published and withdrawn."""
    found: list[tuple[str, Any]] = []
    for name in ("thing_published", "thing_withdrawn"):

        def hear(*, name: str = name, **told: Any) -> None:
            found.append((name.removeprefix("thing_"), told["fact"]))

        monkeypatch.setattr(node.hooks, name, hear)
    return found


def test_nothing_is_told_of_a_draft_and_all_of_what_is_public(
    board: Board, node: Node, heard: list[tuple[str, Any]]
):
    campaign_id = board.opened("petition")
    draft = board.draft("ask")
    board.browser("hana").post(
        f"/campaigns/{draft}/edit", data={"kind": "ask", **PAGE, "version": "1"}
    )
    (what, fact), *rest = heard
    assert (what, rest) == ("published", [])
    assert (fact.subject, fact.kind) == (f"campaign:{campaign_id}", "campaign")
    assert (fact.author, fact.title) == (f"space:{board.group.id}", PAGE["title"])
    with node.db.write() as session:
        for hidden in (True, True, False):
            told = ThingHidden(fact.subject, hidden=hidden)
            node.hooks.thing_hidden(node=node, session=session, fact=told)
    assert [what for what, _ in heard[1:]] == ["withdrawn", "published"]


def test_campaigns_of_a_page_that_closes_are_withdrawn_and_come_back_with_it(
    board: Board, node: Node, heard: list[tuple[str, Any]]
):
    campaign_id, group = board.opened("petition"), board.group.id
    for closed in (node.clock.now(), None):
        with node.db.write() as session:
            session.get_one(Space, group).closed_at = closed
            fact = SpaceChanged(group)
            node.hooks.space_changed(node=node, session=session, fact=fact)
        page = board.site.test_client().get(f"/campaigns/{campaign_id}")
        assert page.status_code == (404 if closed else 200)
    assert [what for what, _ in heard[1:]] == ["withdrawn", "published"]


def test_one_consent_stands_as_long_as_a_name_may_be_handed_on(board: Board, node: Node):
    first, second = board.opened("petition"), board.opened("petition")
    alice, person = board.browser("alice"), board.cast.person("alice").id

    def standing() -> int:
        with node.db.read() as session:
            given = (Consent.person_id == person, Consent.withdrawn_at.is_(None))
            return session.scalar(select(func.count()).where(*given)) or 0

    for campaign_id in (first, second):
        alice.post(f"/campaigns/{campaign_id}/sign", data={"handed_on": "yes"})
    assert standing() == 1
    alice.post(f"/campaigns/{first}/sign/take-back")
    assert standing() == 1
    alice.post(f"/campaigns/{second}/sign", data={})
    assert standing() == 0


def test_people_take_along_what_they_signed_and_gave(board: Board, node: Node):
    board.browser("alice").post(f"/campaigns/{board.opened('petition')}/sign", data={})
    board.arrived(board.appeal(), 30_000)
    for name, rows in (("alice", 1), ("gina", 0)):
        with node.db.read() as session:
            found = node.host.collect(
                "personal_data", node=node, session=session, person_id=board.cast.person(name).id
            )
        ours = {each.name: len(each.rows) for each in found}
        assert (ours["signatures"], ours["donations"], ours["pledges"]) == (rows, rows, 0)


def test_stewards_see_sums_alone(board: Board, node: Node, clock: FixedClock):
    board.arrived(board.appeal(), 30_000)
    clock.advance(hours=1)
    with node.db.read() as session:
        found = node.host.collect(
            "numbers", node=node, session=session, periods=weeks(clock.now(), ZONE, 2)
        )
    numbers = {each.name: each.values for each in found}
    assert numbers["donations"] == (0, 30_000)
    assert numbers["signatures"] == (0, 0)


def test_a_list_costs_the_same_whatever_stands_on_it(board: Board, node: Node):
    board.appeal()
    stranger, counts = board.site.test_client(), []
    stranger.get("/campaigns")
    for _ in range(2):
        with asked(node) as statements:
            assert stranger.get("/campaigns").status_code == 200
        counts.append(len(statements))
        for kind in ("petition", "ask", "things"):
            board.opened(kind)
        board.appeal()
    assert counts[0] == counts[1]
    assert counts[0] <= 6


def test_the_example_is_the_same_loaded_twice(board: Board, node: Node):
    board.cast.person("bob")
    for _ in range(2):
        with node.db.write() as session:
            goods.load(node, session)
    with node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Campaign)) == 6
        assert session.scalar(select(func.count()).select_from(Signature)) == 0
