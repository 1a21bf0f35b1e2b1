"""The papers of a round: what they hold, and who may read them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from support.rounds import Round

from wizzle.plugins.assembly.cycles import actions, queries
from wizzle.plugins.assembly.cycles.rules import State
from wizzle.plugins.market import withdraw_order


@pytest.fixture
def ordered(round_: Round) -> Round:
    """Two residents ordered of two farms; one more order was withdrawn."""
    round_.goods("옥수수", farm="other_farm", price=2_500)
    round_.offer("farm", "other_farm").to("open")
    potato, onion, corn = round_.products
    round_.order("alice", {potato: 3, corn: 2})
    round_.order("gina", {potato: 1, onion: 1})
    gone = round_.order("charlie", {potato: 100})
    charlie = round_.cast.viewer("charlie")
    with round_.node.db.write() as session:
        withdraw_order(round_.node, session, charlie, gone.id)
    return round_


def text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def test_a_producers_sheet_sums_what_is_ordered_and_names_nobody(
    ordered: Round, as_: Callable[[str], FlaskClient]
) -> None:
    ordered.to("sent")
    page = text(as_("erin"), f"/rounds/{ordered.id}/sheets/{ordered.cast.space('farm').id}")
    assert "감자" in page
    assert "5,000원" in page
    assert "옥수수" not in page
    for name in ("앨리스", "지나", "찰리"):
        assert name not in page
    with ordered.node.db.read() as session:
        sheet = queries.order_sheet(session, ordered.id, ordered.cast.space("farm").id)
    assert [(row.product_name, row.units) for row in sheet.rows] == [("감자", 4), ("대파", 1)]


def test_a_producer_reads_the_own_sheet_alone_and_not_before_it_is_sent(
    ordered: Round, as_: Callable[[str], FlaskClient]
) -> None:
    erin = as_("erin")
    farm, other = (ordered.cast.space(name).id for name in ("farm", "other_farm"))
    for state in ("open", "closed"):
        ordered.to(state)
        assert erin.get(f"/rounds/{ordered.id}/sheets/{farm}").status_code == 404
        assert f"/sheets/{farm}" not in text(erin, "/me")
    ordered.to("sent")
    assert erin.get(f"/rounds/{ordered.id}/sheets/{farm}").status_code == 200
    assert f"/rounds/{ordered.id}/sheets/{farm}" in text(erin, "/me")
    assert erin.get(f"/rounds/{ordered.id}/sheets/{other}").status_code == 403
    for page in ("sheets", "packing", "collection", "desk", "handover", "offers"):
        assert erin.get(f"/rounds/{ordered.id}/{page}").status_code == 403
    for name in ("alice", "charlie", "frank"):
        assert as_(name).get(f"/rounds/{ordered.id}/sheets/{farm}").status_code == 403


def test_a_producer_keeps_the_sheet_after_the_round_is_settled(
    ordered: Round, as_: Callable[[str], FlaskClient]
) -> None:
    ordered.to("settled")
    farm = ordered.cast.space("farm").id
    assert "감자" in text(as_("erin"), f"/rounds/{ordered.id}/sheets/{farm}")


def test_what_came_short_stands_on_the_sheet(
    ordered: Round, as_: Callable[[str], FlaskClient]
) -> None:
    ordered.to("received")
    dana = ordered.cast.person("dana").id
    with ordered.node.db.read() as session:
        line = queries.packing_lines(session, ordered.id)[0]
    with ordered.node.db.write() as session:
        actions.deliver_less(
            ordered.node, session, ordered.id, line.line_id, 1, reason="덜 왔어요", actor_id=dana
        )
    page = text(as_("erin"), f"/rounds/{ordered.id}/sheets/{ordered.cast.space('farm').id}")
    assert "온 것" in page


def test_the_packing_sheet_by_bag_and_by_product(ordered: Round, dana: FlaskClient) -> None:
    ordered.to("packed")
    bags = text(dana, f"/rounds/{ordered.id}/packing")
    assert bags.index("앨리스") < bags.index("지나")
    assert "찰리" not in bags
    for order in ordered.orders()[:2]:
        assert order.code in bags
    products = text(dana, f"/rounds/{ordered.id}/packing?by=product")
    potato = products[products.index("감자") : products.index("대파")]
    assert '<b class="pack-sum">4</b>' in potato
    assert "앨리스" in potato
    assert "지나" in potato


def test_the_collection_list_is_by_name_with_codes_and_sums(
    ordered: Round, dana: FlaskClient
) -> None:
    ordered.to("distributing")
    page = text(dana, f"/rounds/{ordered.id}/collection")
    first, second, gone = ordered.orders()
    assert page.index("앨리스") < page.index(first.code) < page.index("지나")
    assert second.code in page
    assert gone.code not in page
    for amount in ("8,000원", "2,000원", "10,000원"):
        assert amount in page


def test_every_paper_is_made_to_print(ordered: Round, dana: FlaskClient) -> None:
    ordered.to("packed")
    farm = ordered.cast.space("farm").id
    for paper in ("sheets", f"sheets/{farm}", "packing", "packing?by=product", "collection"):
        page = text(dana, f"/rounds/{ordered.id}/{paper}")
        assert 'class="sheet"' in page, paper
        assert "data-print" in page
        assert '<nav class="menu"' not in page
    assert text(dana, f"/rounds/{ordered.id}/sheets").count('<section class="sheet">') == 2


def test_the_desk_counts_what_stands(ordered: Round, dana: FlaskClient) -> None:
    with ordered.node.db.read() as session:
        numbers = queries.numbers_of(session, ordered.id)
    assert (numbers.orders, numbers.lines, numbers.ordered, numbers.due) == (2, 4, 10_000, 10_000)
    assert [(each.name, each.won) for each in numbers.producers] == [
        ("완주로컬푸드협동조합", 5_000),
        ("진안마을 주식회사", 5_000),
    ]
    assert "10,000원" in text(dana, f"/rounds/{ordered.id}/desk")


def test_a_round_without_orders_has_papers_too(round_: Round, dana: FlaskClient) -> None:
    round_.to("packed")
    assert round_.state is State.PACKED
    for paper in ("sheets", "packing", "packing?by=product", "collection"):
        assert "들어온 주문이 없어요" in text(dana, f"/rounds/{round_.id}/{paper}")
    strangers = round_.cast.space("other_farm").id
    assert dana.get(f"/rounds/{round_.id}/sheets/{strangers}").status_code == 404
