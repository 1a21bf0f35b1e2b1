"""Money of the fund is moved once, never more than there is, and all of it stays in the books."""

from __future__ import annotations

from itertools import count
from threading import Barrier, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizzle.core import ledger
from wizzle.core.errors import Refused
from wizzle.plugins.fund.books.queries import balance, by_month
from wizzle.plugins.fund.earmarks import actions, queries
from wizzle.plugins.fund.earmarks.actions import Move
from wizzle.plugins.fund.earmarks.models import Earmark

NUMBERS = count(1)


def move(amount: int, key: str = "") -> Move:
    return Move(amount, key or f"move:{next(NUMBERS)}", "test:1", "옮김")


@pytest.fixture
def area(node):
    with node.db.write() as session:
        actions.receive(node, session, move(10_000), target=None)
        made = actions.open_area(node, session, name="먹거리", purpose="", key="a", actor_id=None)
        return made.id


def test_what_is_set_apart_is_not_free_and_still_the_fund_s(node, area):
    with node.db.write() as session:
        food = session.get_one(Earmark, area)
        assert actions.shift(node, session, move(7_000, "k"), source=None, target=food)
        assert not actions.shift(node, session, move(7_000, "k"), source=None, target=food)
        assert queries.free(session) == 3_000
        assert queries.left(session, [area]) == {area: 7_000}
        assert queries.total(session) == balance(session) == 10_000
        assert by_month(node, session, 1)[0].amount == 10_000
        with pytest.raises(Refused):
            actions.shift(node, session, move(3_001), source=None, target=food)
        with pytest.raises(Refused):
            actions.spend(node, session, move(7_001), source=food)


def test_an_area_is_made_once_for_its_form_and_gives_back_what_is_left(node, area):
    with node.db.write() as session:
        again = actions.open_area(
            node, session, name="다른 이름", purpose="", key="a", actor_id=None
        )
        assert (again.id, again.name) == (area, "먹거리")
        actions.shift(node, session, move(4_000), source=None, target=again)
        actions.spend(node, session, move(1_500), source=again)
        actions.close(node, session, again, actor_id=None)
        actions.close(node, session, again, actor_id=None)
        assert queries.free(session) == 8_500
        assert queries.listed(session, "area") == []
        assert ledger.verify(session).ok


def test_a_decision_has_one_earmark(node):
    with node.db.write() as session:
        first = actions.open_for(node, session, "proposal:3", name="마을 의자")
        assert actions.open_for(node, session, "proposal:3", name="x").id == first.id
        assert queries.of_subject(session, "proposal:3").name == "마을 의자"
        assert queries.of_subject(session, "proposal:4") is None


def test_two_at_once_never_spend_the_same_won(node, area):
    ready, refused = Barrier(4), []

    def spend() -> None:
        ready.wait(10)
        try:
            with node.db.write() as session:
                actions.spend(node, session, move(4_000), source=None)
        except Refused as error:
            refused.append(error)

    threads = [Thread(target=spend) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with node.db.read() as session:
        assert len(refused) == 2
        assert queries.free(session) == 2_000


@given(st.lists(st.tuples(st.sampled_from(["in", "apart", "free", "out"]), st.integers(1, 900)),
                max_size=12))  # fmt: skip
@settings(max_examples=15)
def test_whatever_is_done_no_account_of_the_fund_falls_below_nothing(node, steps):
    with node.db.write() as session:
        before = queries.total(session)
        key = f"p{next(NUMBERS)}"
        food = actions.open_area(node, session, name="먹거리", purpose="", key=key, actor_id=None)
        came = went = 0
        for kind, amount in steps:
            try:
                if kind == "in":
                    actions.receive(node, session, move(amount), target=food)
                    came += amount
                elif kind == "out":
                    actions.spend(node, session, move(amount), source=food)
                    went += amount
                else:
                    ends = {"apart": (None, food), "free": (food, None)}[kind]
                    actions.shift(node, session, move(amount), source=ends[0], target=ends[1])
            except Refused:
                continue
            assert queries.free(session) >= 0
            assert queries.left(session, [food.id])[food.id] >= 0
        assert queries.total(session) == before + came - went
