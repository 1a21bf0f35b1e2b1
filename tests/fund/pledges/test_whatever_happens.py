"""Whatever order things happen in: each won is held once, given once or paid back once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from support.cast import Cast
from support.drives import Raising

from wizzle.core import ledger
from wizzle.core.errors import Refused
from wizzle.core.models import LedgerPosting
from wizzle.core.testing import make_node
from wizzle.plugins.fund.pledges import queries
from wizzle.plugins.fund.pledges.models import Pledge

PEOPLE = ("alice", "gina", "charlie")
STEPS = st.one_of(
    st.tuples(st.just("pledge"), st.integers(1, 60)),
    st.tuples(st.sampled_from(("arrive", "take_back", "turn_back", "pay_back")), st.integers(0, 5)),
    st.tuples(st.sampled_from(("count", "cancel")), st.just(0)),
)


@pytest.fixture(scope="module")
def one_raising(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Raising]:
    node = make_node(tmp_path_factory.mktemp("drives"))
    yield Raising(node, Cast(node))
    node.close()


@settings(max_examples=25)
@given(st.lists(STEPS, max_size=18), st.booleans(), st.integers(0, 60))
def test_every_won_is_accounted_for(one_raising: Raising, steps, second, match):
    raising = one_raising
    before = raising.balance("bank")
    waits = raising.balance("pledge:back")
    drive_id = raising.opened(minimum=50_000, optimum=120_000, second_days=9 if second else 0)
    area = raising.area(60_000)
    if match:
        raising.match([drive_id], match * 1_000, area)
    pledges: list[int] = []
    for step, number in steps:
        try:
            _do(raising, drive_id, pledges, step, number)
        except Refused:
            continue
        finally:
            _check(raising, drive_id, pledges, before + 60_000, waits)


def _do(raising: Raising, drive_id: int, pledges: list[int], step: str, number: int) -> None:
    if step == "pledge":
        pledges.append(raising.pledge(drive_id, number * 1_000, PEOPLE[number % 3]))
    elif step in ("count", "cancel"):
        getattr(raising, step)(drive_id)
    elif number < len(pledges):
        getattr(raising, step)(pledges[number])


def _check(raising: Raising, drive_id: int, pledges: list[int], bank: int, waits: int) -> None:
    with raising.node.db.read() as session:
        rows = session.scalars(select(Pledge).where(Pledge.drive_id == drive_id)).all()
        row = queries.drive_row(session, drive_id)
        standing = queries.standing(session, row)
        codes = ledger.balances_of(session, [f"pledge:{each.id}" for each in rows])
        assert ledger.verify(session).ok
        paid = select(func.count()).where(LedgerPosting.key.in_(
            [f"pledge:{each.id}:back" for each in rows]
        ))  # fmt: skip
        assert session.scalar(paid) == sum(each.paid_back_at is not None for each in rows)

    def total(*names: str) -> int:
        return sum(e.amount for e in rows if all(getattr(e, name) is not None for name in names))

    arrived, owed = total("arrived_at"), total("owed_at")
    moved, paid_back = total("moved_at"), total("paid_back_at")
    assert sum(codes.values()) == arrived - owed - moved, "held = arrived - refunded - moved"
    assert raising.balance("pledge:back") - waits == owed - paid_back
    assert raising.balance("bank") - bank == arrived - paid_back
    assert not any(each.owed_at and each.moved_at for each in rows), "given or back, never both"
    assert standing.pledged <= standing.counted <= 120_000, "never above the optimum"
    if row.state in ("succeeded", "failed", "cancelled"):
        assert sum(codes.values()) == 0
        assert raising.balance(f"raised:{drive_id}") == 0
    if row.state == "succeeded":
        assert moved + sum(each.matched for each in rows) >= 50_000
