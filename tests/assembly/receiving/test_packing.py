"""Packing and hub day: bags, labels, sheets as files, and putting right what was noted in haste."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from support.arrivals import Arrival

from wizzle.core.models import Person
from wizzle.plugins.assembly.cycles.models import Point
from wizzle.plugins.market import Order


@pytest.fixture
def ordered(arrival: Arrival) -> list[Order]:
    potato, onion = arrival.round.products
    orders = [
        arrival.round.order("alice", {potato: 2, onion: 1}),
        arrival.round.order("gina", {potato: 1}),
    ]
    arrival.round.to("received")
    return orders


def order(arrival: Arrival, number: int) -> Order:
    return arrival.round.orders()[number]


def test_an_order_is_packed_into_bags(
    arrival: Arrival, ordered: list[Order], dana: FlaskClient
) -> None:
    here = f"/rounds/{arrival.round.id}/bags"
    page = dana.get(here).get_data(as_text=True)
    assert "앨리스" in page
    assert "이동표" not in page  # there is one hub only
    answer = dana.post(f"{here}/{ordered[0].id}", data={"bags": "2"})
    assert answer.location.endswith(f"#order-{ordered[0].id}")
    assert order(arrival, 0).bags == 2
    assert order(arrival, 0).packed_at is not None
    for nonsense in ("31", "-1", "x", ""):
        dana.post(f"{here}/{ordered[0].id}", data={"bags": nonsense})
        assert order(arrival, 0).bags == 2
    dana.post(f"{here}/{ordered[0].id}", data={"bags": "0"})
    assert order(arrival, 0).bags is None
    assert [event.kind for event in arrival.events(ordered[0])][-2:] == ["packed", "unpacked"]


def test_labels_have_a_page_of_pdf(
    arrival: Arrival, ordered: list[Order], dana: FlaskClient
) -> None:
    dana.post(f"/rounds/{arrival.round.id}/bags/{ordered[0].id}", data={"bags": "2"})
    answer = dana.get(f"/rounds/{arrival.round.id}/labels.pdf")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")
    assert dana.get(f"/rounds/{arrival.round.id}/labels.pdf?order=999").status_code == 404


def test_sheets_are_files_too(
    arrival: Arrival, ordered: list[Order], dana: FlaskClient, as_: Callable[[str], FlaskClient]
) -> None:
    farm = arrival.round.cast.space("farm").id
    here = f"/rounds/{arrival.round.id}"
    for path in (f"sheets/{farm}", "sheets", "packing"):
        assert dana.get(f"{here}/{path}.pdf").data.startswith(b"%PDF"), path
        table = dana.get(f"{here}/{path}.csv").get_data(as_text=True)
        assert "감자" in table, path
    by_product = dana.get(f"{here}/packing.csv?by=product").get_data(as_text=True)
    assert "앨리스" in by_product
    erin = as_("erin")
    assert "감자" in erin.get(f"{here}/sheets/{farm}.csv").get_data(as_text=True)
    for path in ("sheets.csv", "packing.csv", "packing.pdf"):
        assert erin.get(f"{here}/{path}").status_code == 403, path
    assert as_("frank").get(f"{here}/sheets/{farm}.csv").status_code == 403


def test_a_qr_code_leads_only_those_who_hand_over(
    arrival: Arrival, ordered: list[Order], dana: FlaskClient,
    as_: Callable[[str], FlaskClient], client: FlaskClient,
) -> None:  # fmt: skip
    here = f"/bags/{ordered[0].uid}"
    assert dana.get(here).location == f"/rounds/{arrival.round.id}/handover/{ordered[0].id}"
    assert as_("alice").get(here).location == f"/orders/{ordered[0].uid}"
    assert as_("charlie").get(here).status_code == 404
    assert dana.get("/bags/nothing").status_code == 404
    assert client.get(here).status_code == 302


def test_the_last_digits_known_at_ordering_find_it(
    arrival: Arrival, ordered: list[Order], dana: FlaskClient
) -> None:
    assert order(arrival, 0).phone_tail == "1234"
    with arrival.node.db.write() as session:
        for person in session.scalars(select(Person).where(Person.name == "앨리스")):
            person.phone = "010-9999-8888"
        for person in session.scalars(select(Person).where(Person.name == "지나")):
            person.phone = ""
    here = f"/rounds/{arrival.round.id}/handover"
    assert dana.get(f"{here}?q=8888").location == f"{here}/{ordered[0].id}"
    both = dana.get(f"{here}?q=1234").get_data(as_text=True)
    assert "앨리스" in both
    assert "지나" in both


def test_before_its_day_only_what_is_meant_is_handed_over(
    arrival: Arrival, ordered: list[Order], dana: FlaskClient
) -> None:
    arrival.round.to("distributing")
    arrival.round.clock.set(arrival.round.row().collect_from - timedelta(days=1))
    here = f"/rounds/{arrival.round.id}/handover/{ordered[0].id}"
    assert "아직 찾아가는 날이 아니에요" in dana.get(here).get_data(as_text=True)
    refused = dana.post(here)
    assert refused.status_code == 409
    assert order(arrival, 0).state == "placed"
    assert dana.post(here, data={"early": "yes"}).status_code == 302
    assert order(arrival, 0).state == "collected"


def test_what_was_typed_is_kept_when_it_is_refused(
    arrival: Arrival, ordered: list[Order], dana: FlaskClient
) -> None:
    line = arrival.line(ordered[0]).id
    here = f"/rounds/{arrival.round.id}/handover/{ordered[0].id}"
    answer = dana.post(f"{here}/lines/{line}/less", data={"delivered": "9", "reason": "상했어요"})
    assert answer.status_code == 409
    text = answer.get_data(as_text=True)
    assert 'value="상했어요"' in text
    assert 'value="9"' in text
    other = arrival.line(ordered[1]).id
    assert (
        dana.post(f"{here}/lines/{other}/less", data={"delivered": "0", "reason": "x"}).status_code
        == 409
    )
    assert arrival.line(ordered[1]).delivered == 1


def test_not_collected_can_be_taken_back_before_anybody_is_told(
    arrival: Arrival, ordered: list[Order], dana: FlaskClient
) -> None:
    arrival.round.to("distributing")
    here = f"/rounds/{arrival.round.id}/handover"
    for each in ordered:
        dana.post(f"{here}/{each.id}/not-collected", data={"reason": "안 오셨어요"})
    dana.post(f"{here}/{ordered[0].id}/waits")
    assert [order(arrival, n).state for n in (0, 1)] == ["placed", "not_collected"]
    arrival.later(minutes=31)
    told = [mail["to"] for mail in arrival.letters("찾아가지 않으셨어요")
            if "찾으러 오지" in mail["text"]]  # fmt: skip
    assert told == ["gina@example.com"]
    assert dana.post(f"{here}/{ordered[0].id}").status_code == 302
    assert order(arrival, 0).state == "collected"


def test_who_has_not_come_is_reminded_in_the_last_hour(
    arrival: Arrival, ordered: list[Order], dana: FlaskClient
) -> None:
    arrival.round.to("distributing")
    dana.post(f"/rounds/{arrival.round.id}/handover/{ordered[0].id}")
    arrival.later(hours=2)
    assert not arrival.letters("아직 여기 있어요")
    arrival.later(hours=1, minutes=5)
    [mail] = arrival.letters("아직 여기 있어요")
    assert mail["to"] == "gina@example.com"
    assert ordered[1].code in mail["text"]


def test_the_host_of_another_hub_serves_its_own_orders_only(
    arrival: Arrival, ordered: list[Order], as_: Callable[[str], FlaskClient]
) -> None:
    hub = arrival.round.other_hub("charlie")
    row = arrival.round.row()
    with arrival.node.db.write() as session:
        session.add(
            Point(
                cycle_id=row.id, hub_id=hub, place="other", address="",
                collect_from=row.collect_from, collect_until=row.collect_until,
            )
        )  # fmt: skip
        session.get_one(Order, ordered[1].id).host_id = hub
    charlie = as_("charlie")
    here = f"/rounds/{arrival.round.id}"
    shown = charlie.get(f"{here}/bags").get_data(as_text=True)
    assert "지나" in shown
    assert "앨리스" not in shown
    assert charlie.post(f"{here}/bags/{ordered[1].id}", data={"bags": "1"}).status_code == 302
    assert order(arrival, 1).bags == 1
    charlie.post(f"{here}/bags/{ordered[0].id}", data={"bags": "1"})
    assert order(arrival, 0).bags is None
    arrival.round.to("distributing")
    listed = charlie.get(f"{here}/handover").get_data(as_text=True)
    assert "지나" in listed
    assert "앨리스" not in listed
    for path in ("", "/not-collected", "/cancel"):
        data = {"reason": "x"}
        answer = charlie.post(f"{here}/handover/{ordered[0].id}{path}", data=data)
        assert answer.status_code == 404, path
    assert charlie.post(f"{here}/handover/{ordered[1].id}").status_code == 302
    assert order(arrival, 1).state == "collected"
    assert order(arrival, 0).state == "placed"
    assert charlie.get(f"{here}/receiving").status_code == 403
    mine = charlie.get("/me").get_data(as_text=True)
    assert f'href="{here}/handover"' in mine
    for page in ("handover", "bags", "weighing", "transfers", "packing", "collection"):
        shown = charlie.get(f"{here}/{page}").get_data(as_text=True)
        assert f'href="{here}/desk"' not in shown, page


def test_the_order_page_shows_a_code_to_be_scanned(
    arrival: Arrival, ordered: list[Order], alice: FlaskClient
) -> None:
    page = alice.get(f"/orders/{ordered[0].uid}").get_data(as_text=True)
    assert "건네는 분이 찍을 QR" in page
