"""Money that goes round: added up once, shown so that it tells about nobody, quick in any month."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from support.cast import Cast
from support.going_round import Money
from support.visitors import queries as counted_queries

from wizzle.core.models import LedgerAccount, LedgerEntry, LedgerPosting, Space
from wizzle.core.node import Node
from wizzle.plugins.locality.network.actions.counting import added, count_all, month_of
from wizzle.plugins.locality.network.models import Flow
from wizzle.plugins.locality.network.queries.circulation import circulation

SEOUL = ZoneInfo("Asia/Seoul")
DECEMBER = datetime(2026, 12, 3, tzinfo=UTC)


def sums(node: Node) -> dict[tuple[str, str, str], int]:
    with node.db.read() as session:
        rows = session.execute(select(Flow.month, Flow.payer, Flow.receiver, Flow.amount))
        return {(row[0], row[1], row[2]): int(row[3]) for row in rows if row[3]}


def recounted(node: Node) -> dict[tuple[str, str, str], int]:
    """The same, from the whole ledger at once."""
    with node.db.read() as session:
        rows = session.execute(
            select(
                LedgerEntry.posting_id, LedgerEntry.amount, LedgerAccount.code,
                LedgerPosting.at, LedgerPosting.subject, LedgerPosting.reverses_id,
            )
            .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
            .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
            .order_by(LedgerEntry.id)
        ).all()  # fmt: skip
    return {key: won for key, won in added(rows, SEOUL).won.items() if won}


def near(money: Money, *names: str) -> None:
    with money.node.db.write() as session:
        for name in names:
            space = session.get_one(Space, money.cast.space(name).id)
            space.province, space.county = "서울", "강북구"


def test_of_a_round_that_enough_shared_it_is_told_where_the_money_went(money, client):
    near(money, "farm")
    money.settle(1, {"farm": (60_000, 6), "other_farm": (40_000, 7)})
    money.add_up()
    page = client.get("/circulation").text
    assert "51,000원" in page  # 60,000 less 15 %
    assert "34,000원" in page
    assert "15,000원" in page
    # 51,000 and 15,000 of 100,000 stayed
    assert "660원" in page
    assert "완주로컬푸드협동조합" in page
    assert "다나" not in page


def test_a_sum_of_fewer_than_five_is_joined_to_another_and_the_page_says_so(money, client):
    money.settle(1, {"farm": (60_000, 8), "other_farm": (40_000, 4), "shop": (900, 9)})
    money.add_up()
    page = client.get("/circulation").text
    assert "34,000원" not in page
    assert "34,765원" in page  # with the shop's 765, the smallest beside it
    assert "판매자 2곳을 합친 금액" in page
    assert "진안마을" not in page
    assert "51,000원" in page


def test_a_round_of_four_is_not_told_at_all(money, client):
    money.settle(1, {"farm": (60_000, 4)})
    money.add_up()
    page = client.get("/circulation").text
    assert "51,000" not in page
    assert "60,000" not in page
    assert "5명보다 적은" in page


def test_one_sale_between_two_looks_changes_nothing_that_is_shown(money, node, clock):
    near(money, "shop")
    money.settle(1, {"shop": (60_000, 6), "farm": (10_000, 5)})
    money.add_up()
    with node.db.read() as session:
        before = circulation(node, session).months
    money.sell("shop", 7_777, 1)
    money.add_up()
    with node.db.read() as session:
        assert circulation(node, session).months == before
    clock.set(DECEMBER)  # and when the month is over, one buyer alone is still not told
    with node.db.read() as session:
        [month] = circulation(node, session).months
    assert month.shown == before[0].shown


def test_sales_of_a_shop_to_five_are_told_when_the_month_is_over(money, node, clock):
    near(money, "shop")
    for order in range(5):
        money.sell("shop", 1_000, order)
    money.add_up()
    with node.db.read() as session:
        [month] = circulation(node, session).months
        assert month.shown.total is None
    clock.set(DECEMBER)
    with node.db.read() as session:
        [month] = circulation(node, session).months
    assert (month.shown.total, month.stays, month.running) == (5_000, 1_000, False)


def test_what_the_fund_gave_is_told(money, client):
    money.settle(1, {"farm": (60_000, 6)})
    money.post(money.draft("grant:1", ("fund", 3_000), ("organisation:1", -3_000)))
    money.add_up()
    assert "마을기금에서 단체에 3,000원을 보탰어요" in client.get("/circulation").text


def test_the_table_can_be_taken_along(money, client):
    money.settle(1, {"farm": (60_000, 6)})
    money.add_up()
    answer = client.get("/circulation.csv")
    assert answer.status_code == 200
    assert "51000" in re.sub(",(?=[0-9]{3})", "", answer.text)


def test_nothing_yet_says_what_will_stand_there(client):
    page = client.get("/circulation").text
    assert "아직 돈 돈이 없어요" in page
    assert client.get("/circulation?month=9999-99'--").status_code == 200


def test_home_shows_it_as_soon_as_it_may_be_told(money, client):
    assert "주민이 낸 1,000원" not in client.get("/").text
    money.settle(1, {"farm": (60_000, 6)})
    money.add_up()
    assert "주민이 낸 1,000원" in client.get("/?again").text


def test_of_a_month_that_was_corrected_a_part_is_taken_off(money, node, clock):
    money.settle(1, {"farm": (60_000, 6)})
    for order in range(5):
        money.sell("farm", 1_000, order)
    farm = money.cast.space("farm").id
    money.post(money.draft("cycle:1", (f"producer:{farm}", 400), ("resident:3", -400)))
    money.add_up()
    clock.set(DECEMBER)
    with node.db.read() as session:
        [month] = circulation(node, session).months
    assert month.shown.total == 60_000 + 5_000 - 400
    assert sums(node) == recounted(node)


postings = st.lists(
    st.tuples(
        st.sampled_from(["cycle:1", "order:2", "payout:3", "grant:4"]),
        st.sampled_from(["held", "cash:1", "producer:1", "fund", "centre"]),
        st.sampled_from(["producer:2", "activist:1", "organisation:1", "centre"]),
        st.integers(1, 10**9),
        st.integers(0, 70),
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=8)
@given(postings, st.integers(1, 9))
def test_added_up_in_any_pieces_it_is_what_a_full_recount_gives(sqlite_node, made, piece):
    money = Money(sqlite_node, Cast(sqlite_node))
    clock = sqlite_node.clock
    for place, (subject, payer, receiver, won, days) in enumerate(made):
        if payer != receiver:
            money.post(money.draft(subject, (payer, won), (receiver, -won)))
        clock.advance(hours=days * 12)
        if place % 3 == 0:
            money.add_up(piece)
    money.add_up(piece)
    assert sums(sqlite_node) == recounted(sqlite_node)


def test_two_who_add_up_at_once_count_nothing_twice(money, node):
    for round_ in range(30):
        money.settle(round_, {"farm": (60_000, 6)})
    threads = [threading.Thread(target=count_all, args=(node,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sums(node) == recounted(node)


def test_the_month_is_the_nodes_own(node):
    assert month_of(datetime(2026, 11, 30, 15, 0, tzinfo=UTC), SEOUL) == "2026-12"
    assert month_of(datetime(2026, 11, 30, 14, 59, tzinfo=UTC), SEOUL) == "2026-11"


def test_it_costs_as_many_queries_for_many_sellers_as_for_one(money, node, client):
    money.settle(1, {"farm": (60_000, 6)})
    money.add_up()
    with counted_queries(node) as few:
        client.get("/circulation?a=1")
    money.settle(2, {"farm": (60_000, 6), "other_farm": (9_000, 6), "shop": (9_000, 6)})
    money.add_up()
    with counted_queries(node) as many:
        client.get("/circulation?a=2")
    assert len(few) == len(many) <= 8
