"""What came is counted, and what came short is shared as the page says before it is done."""

from __future__ import annotations

import re
import threading

import pytest
from flask.testing import FlaskClient
from support.arrivals import Arrival

from wizzle.core.errors import Refused
from wizzle.plugins.assembly.cycles import actions as cycles
from wizzle.plugins.assembly.receiving import queries
from wizzle.plugins.market import Order


@pytest.fixture
def ordered(arrival: Arrival) -> list[Order]:
    """alice ordered five potatoes, gina three, charlie one; the sheets are sent."""
    potato, onion = arrival.round.products
    orders = [
        arrival.round.order("alice", {potato: 5, onion: 1}),
        arrival.round.order("gina", {potato: 3}),
        arrival.round.order("charlie", {potato: 1}),
    ]
    arrival.round.to("sent")
    return orders


def test_everyone_gets_alike_and_pays_for_what_there_is(
    arrival: Arrival, ordered: list[Order]
) -> None:
    alice, gina, charlie = ordered
    potato = arrival.round.products[0]
    assert arrival.count({potato: 5}) == 1
    arrival.round.to("received")
    assert arrival.share() == 2
    got = [arrival.line(order).delivered for order in (alice, gina, charlie)]
    assert got == [2, 2, 1]
    assert arrival.line(alice).amount == 2_000
    event = arrival.events(alice)[-1]
    assert event.kind == "shortened"
    assert event.details["before"], event.details["after"] == (5, 2)
    assert event.details["reason"] == "덜 왔어요"


def test_one_mail_tells_everything_that_came_short(arrival: Arrival, ordered: list[Order]) -> None:
    potato, onion = arrival.round.products
    arrival.count({potato: 5, onion: 0})
    arrival.round.to("received")
    arrival.share(potato)
    arrival.later(minutes=5)
    arrival.share(onion)
    arrival.later(minutes=6)
    assert not [m for m in arrival.letters("모자") if m["to"] == "alice@example.com"]
    arrival.later(minutes=5)
    mails = [mail for mail in arrival.letters() if mail["to"] == "alice@example.com"]
    [told] = [mail for mail in mails if "덜 왔어요" in mail["text"]]
    assert "감자" in told["text"]
    assert "대파" in told["text"]
    assert "2,000원" in told["text"]
    assert not [m for m in arrival.letters("덜 왔어요") if m["to"] == "charlie@example.com"]


def test_all_or_nothing_gets_nothing_and_leaves_it_to_the_others(
    arrival: Arrival, ordered: list[Order]
) -> None:
    alice, gina, charlie = ordered
    arrival.wish(alice, "refund")
    arrival.count({arrival.round.products[0]: 6})
    arrival.round.to("received")
    arrival.share()
    assert [arrival.line(o).delivered for o in (alice, gina, charlie)] == [0, 3, 1]


def test_a_corrected_count_is_shared_again_until_packed(
    arrival: Arrival, ordered: list[Order]
) -> None:
    alice, gina, charlie = ordered
    potato = arrival.round.products[0]
    arrival.count({potato: 5})
    arrival.round.to("received")
    arrival.share()
    arrival.count({potato: 9})
    arrival.share()
    assert [arrival.line(o).delivered for o in (alice, gina, charlie)] == [5, 3, 1]
    arrival.later(minutes=11)
    [after_all] = [m for m in arrival.letters("다 왔어요") if m["to"] == "gina@example.com"]
    assert "감자" in after_all["text"]
    arrival.count({potato: 4})
    arrival.round.to("packed")
    with pytest.raises(Refused):
        arrival.share()
    with pytest.raises(Refused):
        arrival.count({potato: 5})


def test_the_seed_is_fixed_with_the_first_count(arrival: Arrival, ordered: list[Order]) -> None:
    potato = arrival.round.products[0]
    arrival.count({potato: 5})
    with arrival.node.db.write() as session:
        [before] = queries.shortages(session, arrival.round.id)
        assert before.seed == before.product.seed
        cycles.cancel(
            arrival.node,
            session,
            arrival.round.id,
            ordered[2].id,
            reason="그만",
            actor_id=arrival.dana,
        )
    arrival.count({potato: 4})
    with arrival.node.db.read() as session:
        [after] = queries.shortages(session, arrival.round.id)
    assert after.seed == before.seed
    assert len(after.portions) == 2


def test_a_count_that_somebody_else_changed_is_not_written_over(
    arrival: Arrival, ordered: list[Order]
) -> None:
    potato = arrival.round.products[0]
    arrival.count({potato: 5})
    with pytest.raises(Refused, match="meanwhile"):
        arrival.count({potato: 4}, versions={potato: 0})
    assert arrival.count({potato: 5}, versions={potato: 0}) == 0  # they found the same


def test_what_is_shown_is_what_is_done(arrival: Arrival, ordered: list[Order]) -> None:
    alice, *_ = ordered
    potato = arrival.round.products[0]
    arrival.count({potato: 5})
    arrival.round.to("received")
    with arrival.node.db.read() as session:
        [shown] = queries.shortages(session, arrival.round.id)
    with arrival.node.db.write() as session:
        cycles.deliver_less(
            arrival.node, session, arrival.round.id, arrival.line(alice).id, 1,
            reason="상했어요", actor_id=arrival.dana,
        )  # fmt: skip
    with pytest.raises(Refused, match="changed"):
        arrival.share_as({potato: shown.mark})
    assert arrival.line(alice).delivered == 1


def test_two_who_share_at_once_share_once(arrival: Arrival, ordered: list[Order]) -> None:
    potato = arrival.round.products[0]
    arrival.count({potato: 5})
    arrival.round.to("received")
    with arrival.node.db.read() as session:
        [shown] = queries.shortages(session, arrival.round.id)
    begin, results = threading.Barrier(2), []

    def go() -> None:
        begin.wait()
        try:
            results.append(arrival.share_as({potato: shown.mark}))
        except Refused:
            results.append("refused")

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results, key=str) == [2, "refused"]
    assert sum(arrival.line(order).delivered for order in ordered) == 5


def test_less_is_delivered_or_handed_over_never_half_of_each(
    arrival: Arrival, ordered: list[Order]
) -> None:
    alice = ordered[0]
    arrival.round.to("distributing")
    line = arrival.line(alice)
    begin, errors = threading.Barrier(2), list[Refused]()

    def less() -> None:
        begin.wait()
        try:
            with arrival.node.db.write() as session:
                cycles.deliver_less(
                    arrival.node, session, arrival.round.id, line.id, 1,
                    reason="상했어요", actor_id=arrival.dana,
                )  # fmt: skip
        except Refused as error:
            errors.append(error)

    def hand() -> None:
        begin.wait()
        with arrival.node.db.write() as session:
            cycles.hand_over(
                arrival.node, session, arrival.round.id, alice.id, actor_id=arrival.dana
            )

    threads = [threading.Thread(target=go) for go in (less, hand)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = arrival.line(alice)
    assert after.paid == after.amount
    assert (after.delivered, len(errors)) in {(1, 0), (5, 1)}


def test_the_pages_from_counting_to_sharing(
    arrival: Arrival, ordered: list[Order], dana: FlaskClient
) -> None:
    potato, onion = arrival.round.products
    here = f"/rounds/{arrival.round.id}"
    page = dana.get(f"{here}/receiving").get_data(as_text=True)
    assert f'name="came-{potato}" value="9"' in page
    typed = {f"came-{potato}": "5", f"v-{potato}": "0", f"came-{onion}": "x", f"v-{onion}": "0"}
    wrong = dana.post(f"{here}/receiving", data=typed)
    assert wrong.status_code == 422
    assert f'name="came-{potato}" value="5"' in wrong.get_data(as_text=True)
    typed[f"came-{onion}"] = "1"
    assert dana.post(f"{here}/receiving", data=typed).status_code == 302
    again = dana.post(f"{here}/receiving", data={**typed, f"came-{potato}": "7"})
    assert again.status_code == 409
    assert "5" in again.get_data(as_text=True)
    arrival.round.to("received")
    page = dana.get(f"{here}/sharing").get_data(as_text=True)
    assert "앨리스" in page
    assert "SHA-256" in page
    ticked = re.findall(r'name="product" value="(\d+:\w+)" checked', page)
    assert len(ticked) == 1
    blank = dana.post(f"{here}/sharing", data={"product": ticked, "reason": " "})
    assert blank.status_code == 422
    done = dana.post(f"{here}/sharing", data={"product": ticked, "reason": "덜 왔어요"})
    assert done.status_code == 302
    assert arrival.line(ordered[0]).delivered == 2
    stale = dana.post(f"{here}/sharing", data={"product": ticked, "reason": "덜 왔어요"})
    assert stale.status_code == 409


def test_nobody_else_sees_or_does_any_of_it(
    arrival: Arrival, ordered: list[Order], alice: FlaskClient, client: FlaskClient
) -> None:
    here = f"/rounds/{arrival.round.id}"
    for name in ("receiving", "sharing", "substitutes", "weighing", "bags", "transfers"):
        assert alice.get(f"{here}/{name}").status_code == 403, name
        assert client.get(f"{here}/{name}").status_code == 302, name
        assert alice.post(f"{here}/{name}").status_code in (403, 405), name
    assert alice.get(f"{here}/labels.pdf").status_code == 403
