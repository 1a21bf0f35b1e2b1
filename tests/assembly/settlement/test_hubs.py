"""A round of several hubs: each activist gets the shares of what was collected at their hub."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError
from support.settling import Sold
from support.telling import bring, told, waiting

from wizzle.core import ledger
from wizzle.core.models import LedgerPosting
from wizzle.plugins.assembly.settlement.models import HubStatement, SettledLine, Statement
from wizzle.plugins.assembly.settlement.queries import hubs_of, settlement_page
from wizzle.plugins.market import Order

As = Callable[[str], FlaskClient]


def collect_at(sold: Sold, hub_id: int, *names: str) -> None:
    """Let these residents collect their waiting orders at another hub."""
    people = [sold.cast.person(name).id for name in names]
    with sold.node.db.write() as session:
        session.execute(
            update(Order)
            .where(Order.occasion == sold.occasion, Order.person_id.in_(people))
            .values(host_id=hub_id)
        )


def held_by(sold: Sold, kind: str, hub_id: int) -> int:
    with sold.node.db.read() as session:
        return ledger.balance(session, ledger.account(kind, hub_id))


@pytest.fixture
def two(empty: Sold) -> tuple[Sold, int]:
    """Alice collects at dana's hub, gina at charlie's; all is paid."""
    other = empty.other_hub("charlie")
    (plum,) = empty.goods("매실청", price=990, tax_class="taxed")
    (rice,) = empty.goods("쌀", farm="other_farm", price=5000)
    empty.ready({"alice": {plum: 3}, "gina": {plum: 1, rice: 1}}, ("farm", "other_farm"))
    collect_at(empty, other, "gina")
    return empty.hand_over(), other


def test_the_activist_of_each_hub_gets_the_share_of_what_was_collected_there(
    two: tuple[Sold, int],
):
    sold, other = two
    sold.settle()
    hub = sold.cast.space("hub").id
    assert held_by(sold, "activist", hub) == 208
    assert held_by(sold, "activist", other) == 69 + 350
    assert held_by(sold, "cash", other) == 990 + 5000
    assert sold.balance("held") == 0
    with sold.node.db.read() as session:
        keys = session.scalars(
            select(LedgerPosting.key).where(LedgerPosting.key.startswith("settled:"))
        ).all()
        assert len(keys) == 2  # one a seller still
        found = {each.hub_id: each.sums for each in hubs_of(session, sold.id)}
        lines = session.scalars(select(SettledLine)).all()
        assert {(line.hub_id, line.product_name) for line in lines} == {
            (hub, "매실청"), (other, "매실청"), (other, "쌀")
        }  # fmt: skip
        assert all(line.order_id and line.product_id for line in lines)
    assert (found[hub].taxed, found[hub].exempt, found[hub].split.activist) == (2970, 0, 208)
    assert (found[other].taxed, found[other].exempt) == (990, 5000)
    assert sold.proof().ok


def test_a_hubs_statement_never_changes(two: tuple[Sold, int]):
    sold, _ = two
    sold.settle()
    for statement in (
        "UPDATE assembly_hub_statement SET lines = 1",
        "DELETE FROM assembly_hub_statement",
    ):
        with pytest.raises(DBAPIError, match="append-only"), sold.node.db.write() as session:
            session.execute(text(statement))


def test_each_activist_reads_their_own_and_the_rounds_host_all(two: tuple[Sold, int], as_: As):
    sold, other = two
    sold.settle()
    own, theirs = (
        f"/rounds/{sold.id}/statements/hub/{id_}" for id_ in (sold.cast.space("hub").id, other)
    )
    dana, charlie = as_("dana"), as_("charlie")
    assert dana.get(own).status_code == dana.get(theirs).status_code == 200
    assert charlie.get(theirs).status_code == 200
    assert "419원" in charlie.get(theirs).text
    for path in (own, f"/rounds/{sold.id}/settlement", f"/rounds/{sold.id}/statements/centre"):
        assert charlie.get(path).status_code == 403
    assert theirs in charlie.get("/statements").text
    assert theirs in charlie.get("/me").text
    assert dana.get(f"/rounds/{sold.id}/statements/hub/999999").status_code == 404
    assert own in dana.get(f"/rounds/{sold.id}/settlement").text


def test_producers_and_activists_are_told_with_sum_and_link(two: tuple[Sold, int]):
    sold, other = two
    farm, erin = sold.cast.space("farm").id, sold.cast.person("erin").email
    sold.settle()
    (erins,) = [row for row in told(sold.node, erin) if row.key.startswith("assembly:settled:")]
    assert "3,366원" in erins.text  # 2,524 and 842
    assert erins.url.endswith(f"/statements/{farm}")
    charlie, dana = (sold.cast.person(name).email for name in ("charlie", "dana"))
    (charlies,) = [row for row in told(sold.node, charlie) if "정산" in row.title]
    assert "419원" in charlies.text
    assert charlies.url.endswith(f"/statements/hub/{other}")
    hub = sold.cast.space("hub").id
    assert any(row.url.endswith(f"/statements/hub/{hub}") for row in told(sold.node, dana))
    assert not any("3,366원" in mail["text"] for mail in waiting(sold.node))
    sold.clock.advance(days=1)
    (mail,) = [mail for mail in bring(sold.node) if "3,366원" in mail["text"]]
    assert mail["to"] == erin
    assert f"/statements/{farm}" in mail["text"]


def test_whoever_collects_where_all_sums_agree_to_the_won(empty: Sold):
    other = empty.other_hub("charlie")
    hubs = (empty.cast.space("hub").id, other)

    @settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def rounds(data: st.DataObject) -> None:
        prices = data.draw(st.lists(st.integers(1, 99_999), min_size=1, max_size=4))
        taxes = ("exempt", "taxed")
        goods = [
            empty.goods("물건", farm=("farm", "other_farm")[n % 2], price=price,
                        tax_class=data.draw(st.sampled_from(taxes)))[0]
            for n, price in enumerate(prices)
        ]  # fmt: skip
        wanted = {
            name: {good: data.draw(st.integers(1, 4)) for good in goods}
            for name in ("alice", "gina")
        }
        before = {hub: held_by(empty, "activist", hub) for hub in hubs}
        empty.ready(wanted, ("farm", "other_farm"))
        collect_at(empty, other, *data.draw(st.sets(st.sampled_from(("alice", "gina")))))
        empty.hand_over().settle()
        for line in empty.settled_lines():
            assert line.producer + line.activist + line.centre == line.paid
        with empty.node.db.read() as session:
            whole = settlement_page(session, empty.id).sums
            found = hubs_of(session, empty.id)
            for table in (Statement, HubStatement):
                rows = session.scalars(select(table).where(table.cycle_id == empty.id)).all()
                for name in ("exempt", "taxed", "producer", "activist", "centre", "lines"):
                    parts = {"exempt": whole.exempt, "taxed": whole.taxed, "lines": whole.lines}
                    due = parts.get(name, getattr(whole.split, name, None))
                    assert sum(getattr(row, name) for row in rows) == due, (table, name)
        for each in found:
            gained = held_by(empty, "activist", each.hub_id) - before[each.hub_id]
            assert gained == each.sums.split.activist
        assert empty.balance("held") == 0
        assert empty.proof().ok

    rounds()


def test_before_it_is_settled_the_activist_sees_what_each_hub_would_get(
    two: tuple[Sold, int], as_: As
):
    sold, other = two
    page = as_("dana").get(f"/rounds/{sold.id}/settle").text
    assert "거점별" in page
    assert "419원" in page
    assert f"/statements/hub/{other}" not in page
