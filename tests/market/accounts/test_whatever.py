"""Whatever people do with money and boxes, in whatever order: the books hold (I4, I5, I6, I10)."""

from __future__ import annotations

from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from wizzle.core import ledger
from wizzle.core.errors import Refused
from wizzle.plugins.market.accounts import actions
from wizzle.plugins.market.accounts.models import ContainerMove, CreditPayout, Refund, Tender
from wizzle.plugins.market.orders.models import Order, OrderLine

who = st.sampled_from(["alice", "gina"])
nth = st.integers(0, 4)
steps = st.one_of(
    st.tuples(st.just("order"), who, st.integers(1, 3), st.integers(0, 1)),
    st.tuples(st.just("hand"), nth, st.none() | st.integers(-12_000, 12_000)),
    st.tuples(st.just("back"), nth, st.integers(-5, 9_000), st.integers(0, 3)),
    st.tuples(st.just("bring"), who, st.integers(0, 1), st.integers(0, 4), st.integers(0, 9),
              st.sampled_from(["cash", "balance"])),
    st.tuples(st.just("deposit"), st.integers(0, 1), st.integers(1, 900)),
    st.tuples(st.just("ask"), who, st.integers(0, 9_000)),
    st.tuples(st.just("pay"), nth),
)  # fmt: skip
beginning = st.lists(
    st.tuples(st.just("order"), who, st.integers(1, 3), st.integers(0, 1)), min_size=2, max_size=3
)
rounds = count()


class Play:
    """Plays steps, each in its transaction; a refused one leaves nothing behind."""

    def __init__(self, purse):
        self.purse, self.stall = purse, purse.stall
        self.round = next(rounds)
        self.boxes = [
            purse.container(f"통 {self.round}-{each}", 300 * each + 200) for each in (0, 1)
        ]
        self.good = self.stall.product(f"우유 {self.round}", price=1_990, stock=None)
        self.orders = []

    def do(self, step):
        try:
            getattr(self, f"_{step[0]}")(*step[1:])
        except Refused:
            return

    def _order(self, name, number, box):
        self.orders.append(
            self.purse.order(name, {self.good: number}, {self.good: self.boxes[box]})
        )

    def _one(self, number):
        if not self.orders:
            raise Refused("none yet")
        return self.orders[number % len(self.orders)]

    def _hand(self, number, difference):
        order = self._one(number)
        due = self.purse.due(order)
        cash = None if difference is None or due is None else due.cash + difference
        taken = self.purse.hand(order, cash=cash)
        if due is not None:
            assert taken == (due.cash if cash is None else cash)

    def _back(self, number, amount, key):
        self.purse.back(self.stall.line(self._one(number)), amount, f"r{key}")

    def _bring(self, name, box, number, key, way):
        self.purse.bring(name, self.boxes[box], number, f"boxes-{self.round}-{key}", way=way)

    def _deposit(self, box, deposit):
        self.purse.act(
            actions.change_container,
            self.boxes[box],
            name=f"통 {self.round}-{box}",
            deposit=deposit,
        )

    def _ask(self, name, amount):
        person = self.stall.cast.person(name).id
        with self.purse.node.db.write() as session:
            actions.ask_payout(
                self.purse.node, session, person, amount, way="cash", host_id=self.purse.hub
            )

    def _pay(self, number):
        with self.purse.node.db.read() as session:
            found = session.scalars(select(CreditPayout.id).order_by(CreditPayout.id)).all()
        if found:
            self.purse.act(actions.pay_out, found[number % len(found)])

    def check(self):
        self.purse.check()
        with self.purse.node.db.read() as session:
            self._check_orders(session)
            self._check_cash(session)
            for person, box in session.execute(
                select(ContainerMove.person_id, ContainerMove.container_id).distinct()
            ):
                moves = select(func.sum(ContainerMove.number)).where(
                    ContainerMove.person_id == person, ContainerMove.container_id == box
                )
                assert session.scalar(moves) >= 0

    def _check_orders(self, session):
        """Tenders make what was paid, refunds what each gave back; never more (I5, I6)."""
        for order in session.scalars(select(Order)):
            lines = session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).all()
            tenders = session.scalars(select(Tender).where(Tender.order_id == order.id)).all()
            refunds = session.scalars(select(Refund).where(Refund.order_id == order.id)).all()
            assert sum(each.amount for each in tenders) == sum(line.paid for line in lines)
            for line in lines:
                assert line.refunded == sum(r.amount for r in refunds if r.line_id == line.id)
                assert line.refunded <= line.paid
            for tender in tenders:
                assert tender.refunded == sum(getattr(each, tender.kind) for each in refunds)

    def _check_cash(self, session):
        """All that lies in hand is somebody's: the sellers', the residents', or a deposit."""
        people = {order.person_id for order in session.scalars(select(Order))}
        owed = sum(ledger.balance(session, f"resident:{person}") for person in people)
        owed += ledger.balance(session, "held") + ledger.balance(session, "deposit")
        assert ledger.balance(session, f"cash:{self.purse.hub}") == owed


@settings(max_examples=40)
@given(beginning, st.lists(steps, min_size=6, max_size=24))
def test_whatever_people_do(purse, first, story):
    play = Play(purse)
    for step in first + story:
        play.do(step)
    play.check()
