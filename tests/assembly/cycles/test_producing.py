"""A producer's rounds on the page of the day: demand before the harvest, and sheets to confirm."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from support.rounds import Round
from support.visitors import queries

from wizzle.core.models import AuditRecord
from wizzle.plugins.assembly.cycles.models import Part

PAGE = "/spaces/farm/today"


@pytest.fixture
def this_round(node, cast, clock):
    cast.person("erin")
    made = Round(node, cast, clock)
    made.goods("감자", price=990)
    made.goods("사과", farm="other_farm", price=2000)
    return made.draft().offer("farm", "other_farm").to("open")


def confirmed(node, this_round, farm=None):
    with node.db.read() as session:
        rows = session.execute(select(Part.seller_id, Part.sheet_confirmed_at)).all()
    return {row.seller_id: row.sheet_confirmed_at for row in rows}


def confirm(client, this_round, cast, farm="farm"):
    return client.post(f"/rounds/{this_round.id}/sheets/{cast.space(farm).id}/confirm")


def test_demand_is_seen_while_orders_still_come_in(as_, this_round):
    potato, apple = this_round.products
    this_round.order("alice", {potato: 3, apple: 8})
    this_round.order("gina", {potato: 4})
    page = as_("erin").get(PAGE).text
    assert "감자" in page
    assert "<b>7</b>" in page
    assert "주문이 더 들어와요" in page
    assert "사과" not in page  # another producer's
    assert "확인했어요" not in page


def test_a_sheet_is_confirmed_once_and_the_page_says_so(as_, this_round, cast, node):
    this_round.order("alice", {this_round.products[0]: 3})
    this_round.to("sent")
    erin = as_("erin")
    assert "확인했어요" in erin.get(PAGE).text
    assert confirm(erin, this_round, cast).headers["Location"] == PAGE
    at = confirmed(node, this_round)[cast.space("farm").id]
    assert at is not None
    node.clock.advance(hours=1)
    assert confirm(erin, this_round, cast).status_code == 302
    assert confirmed(node, this_round)[cast.space("farm").id] == at
    assert "주문서를 확인하셨어요" in erin.get(PAGE).text
    with node.db.read() as session:
        done = session.scalars(select(AuditRecord.action)).all()
    assert done.count("assembly.cycle.sheet_confirmed") == 1


def test_nothing_can_be_confirmed_before_it_is_sent(as_, this_round, cast, node):
    this_round.order("alice", {this_round.products[0]: 3})
    erin = as_("erin")
    confirm(erin, this_round, cast)
    assert "아직 보내지 않은 주문서" in erin.get(PAGE).text
    assert confirmed(node, this_round)[cast.space("farm").id] is None


def test_nobody_confirms_the_sheet_of_others(as_, this_round, cast, node, client):
    potato, apple = this_round.products
    this_round.order("alice", {potato: 3, apple: 1})
    this_round.to("sent")
    assert confirm(as_("erin"), this_round, cast, "other_farm").status_code == 403
    for who in ("frank", "charlie", "alice"):
        assert confirm(as_(who), this_round, cast).status_code == 403
    assert confirm(client, this_round, cast).status_code == 302
    assert set(confirmed(node, this_round).values()) == {None}


def test_the_activist_notes_what_a_producer_said_on_the_phone(as_, this_round, cast, node):
    this_round.order("alice", {this_round.products[0]: 3})
    this_round.to("sent")
    answer = confirm(as_("dana"), this_round, cast)
    assert answer.headers["Location"] == f"/rounds/{this_round.id}/desk"
    assert confirmed(node, this_round)[cast.space("farm").id] is not None


def test_the_page_asks_the_same_for_one_round_and_for_many(as_, this_round, node, cast, clock):
    this_round.order("alice", {this_round.products[0]: 3})
    erin = as_("erin")
    with queries(node) as few:
        erin.get(PAGE)
    for _ in range(4):
        Round(node, cast, clock).draft().offer("farm").to("open")
    with queries(node) as many:
        erin.get(PAGE)
    assert len(many) == len(few) <= 12
