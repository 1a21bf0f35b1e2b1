"""The three layers: what is counted, and that no person ever is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from wizzle.core import ledger
from wizzle.core.facts import ThingPublished, ThingWithdrawn
from wizzle.core.ledger import Draft, account
from wizzle.plugins.locality.directory.actions import say_of_space
from wizzle.plugins.locality.directory.actions.listing import Said
from wizzle.plugins.locality.layers import queries
from wizzle.plugins.locality.layers.models import Published
from wizzle.plugins.locality.layers.rules import added, codes, space_of


@pytest.fixture
def stands(node, cast):
    """``stands("shop", "civic")`` lets the shop say where it stands."""

    def said(name, layer):
        space_id = cast.space(name).id
        with node.db.write() as session:
            say_of_space(node, session, space_id, Said(""), layer, actor_id=None)
        return space_id

    return said


def publishes(node, author, subject, at, kind="news"):
    fact = ThingPublished(subject, kind, author, "제목", "/x", at)
    with node.db.write() as session:
        node.hooks.thing_published(node=node, session=session, fact=fact)


def counted(node):
    with node.db.read() as session:
        found = queries.activity(node, session, queries.periods_of(node))
    return {each.layer: each for each in found}


def test_what_spaces_publish_is_counted_in_its_month_once(node, stands, clock):
    shop = stands("shop", "civic")
    now = clock.now()
    publishes(node, f"space:{shop}", "news:1", now)
    publishes(node, f"space:{shop}", "news:1", now)  # changed: told again
    publishes(node, f"space:{shop}", "news:2", now - timedelta(days=40))
    publishes(node, f"space:{shop}", "news:3", now - timedelta(days=900))
    civic = counted(node)["civic"]
    assert civic.counts["published"] == (0, 0, 0, 0, 1, 1)
    assert civic.totals == (0, 0, 0, 0, 1, 1)
    with node.db.write() as session:
        gone = ThingWithdrawn("news:1", f"space:{shop}", now)
        node.hooks.thing_withdrawn(node=node, session=session, fact=gone)
    assert counted(node)["civic"].totals == (0, 0, 0, 0, 1, 0)


def test_people_are_neither_counted_nor_kept(node, cast, stands, clock):
    stands("shop", "civic")
    publishes(node, f"person:{cast.person('alice').id}", "post:1", clock.now(), "post")
    publishes(node, "space:999999", "news:9", clock.now())
    publishes(node, "nonsense", "news:10", clock.now())
    with node.db.read() as session:
        assert session.scalars(select(Published)).all() == []
    assert all(sum(each.totals) == 0 for each in counted(node).values())


def test_money_counts_by_entry_and_not_by_amount(node, stands, clock):
    farm, hub = stands("farm", "social"), stands("hub", "intimate")
    stands("shop", "")
    with node.db.write() as session:
        for number, won in enumerate((5, 5_000_000)):
            entries = ((account("cash", hub), won), (account("producer", farm), -won))
            draft = Draft(key=f"t:{number}", subject="x:1", memo="m", entries=entries)
            ledger.post(session, [draft], clock.now())
    found = counted(node)
    assert found["social"].counts["money"][-1] == 2
    assert found["intimate"].counts["money"][-1] == 2
    assert found["civic"].spaces == 0


def test_everyone_reads_the_page_and_takes_its_numbers_along(stands, client, node, clock):
    shop = stands("shop", "civic")
    publishes(node, f"space:{shop}", "news:1", clock.now())
    page = client.get("/layers").text
    for words in ("친밀권", "시민력", "사회력", "수유 책방", "순위를 매기지도 않아요"):
        assert words in page
    table = client.get("/layers.csv").data.decode("utf-8-sig").splitlines()
    assert len(table) == 1 + 3 * 6
    assert table[12].split(",")[-3:] == ["1", "0", "0"]


@given(st.lists(st.tuples(st.integers(-2, 8), st.integers(0, 9))))
def test_nothing_within_the_months_is_lost(pairs):
    assert sum(added(pairs, 6)) == sum(amount for month, amount in pairs if 0 <= month < 6)


@settings(max_examples=30)
@given(st.text())
def test_only_spaces_are_spaces(author):
    found = space_of(author)
    assert found is None or author == f"space:{author[6:]}"


def test_accounts_of_a_space_carry_its_id():
    assert codes([7])["producer:7"] == 7
    assert set(codes([7, 8]).values()) == {7, 8}
