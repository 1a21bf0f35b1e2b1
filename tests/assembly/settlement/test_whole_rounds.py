"""Random whole rounds: shortages, refunds, people who never came; not a won is lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from support.settling import Sold

from wizzle.core.models import LedgerEntry, Space
from wizzle.core.values import split
from wizzle.plugins.assembly.cycles import actions as cycles
from wizzle.plugins.assembly.settlement.queries import seller_statements, settlement_page

PEOPLE = ("alice", "gina", "charlie", "frank")
FARMS = ("farm", "other_farm")
goods = st.tuples(st.sampled_from(FARMS), st.integers(1, 60_000) | st.just(990), st.booleans())
carts = st.dictionaries(st.integers(0, 3), st.integers(1, 12), min_size=1, max_size=4)
fates = st.sampled_from(["collected", "collected", "collected", "not_collected"])
weeks = st.fixed_dictionaries(
    {
        "goods": st.lists(goods, min_size=4, max_size=4),
        "carts": st.lists(carts, max_size=len(PEOPLE)),
        "fates": st.lists(fates, min_size=len(PEOPLE), max_size=len(PEOPLE)),
        "short": st.lists(st.integers(0, 100), min_size=16, max_size=16),
        "refunds": st.lists(st.integers(0, 200), min_size=16, max_size=16),
    }
)


def play(sold: Sold, week: dict) -> None:
    """Play a week up to the settlement, through the hub's own actions."""
    products = [
        sold.goods(f"상품 {number}", farm=farm, price=price,
                   tax_class="taxed" if taxed else "exempt")[0]
        for number, (farm, price, taxed) in enumerate(week["goods"])
    ]  # fmt: skip
    sold.draft().offer(*{farm for farm, _, _ in week["goods"]}).to("open")
    for name, cart in zip(PEOPLE, week["carts"], strict=False):
        wanted = {products[number]: quantity for number, quantity in cart.items()}
        sold.order(name, wanted, key=f"{name}-{sold.id}")
    sold.to("received")
    for line, percent in zip(sold.lines(), week["short"], strict=False):
        shorten(sold, line, line.quantity * percent // 100)
    sold.to("distributing")
    for order, fate in zip(sold.waiting(), week["fates"], strict=False):
        if fate == "collected":
            sold.hand_over(order.id)
        else:
            sold.give_up(order.id)
    for line, percent in zip(sold.lines(), week["refunds"], strict=False):
        amount = min(line.paid, line.paid * percent // 100)
        if amount and percent < 150:
            sold.refund(line.line_id, amount)
            sold.refund(line.line_id, amount)  # the same request once more


def shorten(sold: Sold, line, delivered: int) -> None:
    with sold.node.db.write() as session:
        cycles.deliver_less(
            sold.node, session, sold.id, line.line_id, delivered,
            reason="흉작", actor_id=sold.dana,
        )  # fmt: skip


def test_no_won_is_lost_or_made(empty: Sold):
    """One node lives through all the weeks, so that each begins with books that are full."""

    @settings(max_examples=15)
    @given(week=weeks)
    def a_week(week: dict) -> None:
        before = {kind: balances(empty, kind) for kind in ("producer", "activist", "fund")}
        play(empty, week)
        lines = empty.lines()
        kept = sum(line.paid - line.refunded for line in lines)
        assert empty.balance("held") == kept
        made, again = empty.settle(), empty.settle()
        assert again.settled_at == made.settled_at

        assert made.producer + made.activist + made.centre == kept
        assert made.exempt + made.taxed == kept
        expected = [
            split(line.paid - line.refunded, line.activist_bp, line.centre_bp)
            for line in lines
            if line.paid > line.refunded
        ]
        settled = empty.settled_lines()
        assert [(s.producer, s.activist, s.centre) for s in settled] == [
            (s.producer, s.activist, s.centre) for s in expected
        ]
        gained = {kind: balances(empty, kind) - held for kind, held in before.items()}
        assert gained == {
            "producer": made.producer, "activist": made.activist, "fund": made.centre
        }  # fmt: skip
        check_books(empty)

    a_week()


def balances(sold: Sold, kind: str) -> int:
    spaces = {"producer": FARMS, "activist": ("hub",), "fund": (None,)}[kind]
    return sum(sold.balance(kind, space) for space in spaces)


def check_books(sold: Sold) -> None:
    assert sold.balance("held") == 0
    assert sold.balance("centre") == 0
    found = sold.proof()
    assert (found.breaks, found.total) == ([], 0)
    with sold.node.db.read() as session:
        assert (session.scalar(select(func.sum(LedgerEntry.amount))) or 0) == 0
        page = settlement_page(session, sold.id)
        sellers = seller_statements(session, sold.id)
        names = dict(session.execute(select(Space.id, Space.name)).all())
    assert sum(each.sums.paid for each in sellers) == page.sums.paid
    assert all(each.seller_name == names[each.seller_id] for each in sellers)
