"""Orders by a program: the same rules as on the pages, and each order once."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select
from support.programs import Program
from support.rounds import Round

from wizzle.core.models import ApiAnswer
from wizzle.core.web import create_app
from wizzle.plugins.market import Order, Product


@pytest.fixture
def open_round(node, cast, clock):
    """A round with potatoes, of which there are ten, and leeks on demand."""
    round_ = Round(node, cast, clock)
    round_.goods("감자", stock=10)
    round_.goods("대파", price=2000)
    return round_.draft().offer().to("open")


def wish(round_, *quantities, **more):
    items = [
        {"product_id": product, "quantity": quantity}
        for product, quantity in zip(round_.products, quantities, strict=False)
    ]
    return {"occasion": round_.occasion, "items": items, **more}


def number_of_orders(node):
    with node.db.read() as session:
        return session.scalar(select(func.count()).select_from(Order))


def stock(node, product):
    with node.db.read() as session:
        return session.scalar(select(Product.stock).where(Product.id == product))


def test_an_order_from_the_catalogue_to_withdrawing(programs, open_round, node, as_):
    alice = programs.of("alice", "orders:read", "orders:write")
    product = alice.get(f"/products/{open_round.products[0]}").json
    occasion = product["offers"][0]["occasion"]
    placed = alice.makes("/orders", {**wish(open_round, 2, 1), "occasion": occasion})
    assert placed.status_code == 201, placed.json
    order = placed.json
    assert placed.headers["Location"] == order["url"] == f"/api/v1/orders/{order['uid']}"
    assert (order["state"], order["amount"], order["due"]) == ("placed", 4000, 4000)
    assert order["can_change"] is True
    assert order["collect_from"].endswith("+09:00")
    assert stock(node, open_round.products[0]) == 8
    # The page shows the same order.
    assert as_("alice").get(f"/orders/{order['uid']}").status_code == 200
    changed = alice.asks(
        "PUT", f"/orders/{order['uid']}",
        json={"version": 1, "items": [{"product_id": open_round.products[0], "quantity": 5}]},
    )  # fmt: skip
    assert changed.status_code == 200
    assert [(line["name"], line["quantity"]) for line in changed.json["items"]] == [("감자", 5)]
    stale = alice.asks("PUT", f"/orders/{order['uid']}", json={**wish(open_round, 1), "version": 1})
    assert stale.status_code == 422  # `occasion` is no part of a change
    del (body := {**wish(open_round, 1), "version": 1})["occasion"]
    assert alice.asks("PUT", f"/orders/{order['uid']}", json=body).status_code == 409
    assert alice.get("/orders").json["items"][0]["amount"] == 5000
    for _ in range(2):
        gone = alice.post(f"/orders/{order['uid']}/withdraw")
        assert (gone.status_code, gone.json["state"], gone.json["due"]) == (200, "withdrawn", None)
    assert stock(node, open_round.products[0]) == 10


def test_the_same_key_makes_one_order_and_answers_alike(programs, open_round, node):
    alice = programs.of("alice", "orders:write")
    first = alice.makes("/orders", wish(open_round, 2), key="order-of-monday")
    again = alice.makes("/orders", wish(open_round, 2), key='"order-of-monday"')
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.data == first.data
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["Location"] == first.headers["Location"]
    other = alice.makes("/orders", wish(open_round, 3), key="order-of-monday")
    assert (other.status_code, other.json["type"].split("#")[1]) == (422, "key-reused")
    assert number_of_orders(node) == 1
    # Another person's key is another one.
    gina = programs.of("gina", "orders:write")
    assert gina.makes("/orders", wish(open_round, 1), key="order-of-monday").status_code == 201
    for key in ("", "short", "x" * 81, "a b c d e f"):
        lacking = alice.post("/orders", wish(open_round, 1), key=key)
        assert (lacking.status_code, lacking.json["type"].split("#")[1]) == (400, "key-missing")


def test_what_was_refused_may_be_tried_again_under_its_key(programs, open_round, node):
    alice = programs.of("alice", "orders:write")
    short = alice.makes("/orders", wish(open_round, 11, 1), key="too-many-potatoes")
    assert short.status_code == 409
    assert short.json["items"] == [
        {"product_id": open_round.products[0], "detail": "Only 10 left of 감자."}
    ]
    assert number_of_orders(node) == 0
    assert stock(node, open_round.products[0]) == 10
    with node.db.write() as session:
        session.get_one(Product, open_round.products[0]).stock = 20
    fine = alice.makes("/orders", wish(open_round, 11, 1), key="too-many-potatoes")
    assert fine.status_code == 201


def test_eight_at_once_under_one_key_make_one_order(programs, open_round, node, site):
    token = programs.of("alice", "orders:write").token
    # As of two processes: each application has its own counters and threads.
    sites = [site, create_app(node)]
    ready, answers = threading.Barrier(8), []

    def ask(place: int) -> None:
        program = Program(sites[place % 2], token)
        ready.wait(20)
        answers.append(program.makes("/orders", wish(open_round, 3), key="all-at-once"))

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [each.status_code for each in answers] == [201] * 8, [each.json for each in answers]
    assert len({each.data for each in answers}) == 1
    assert sum("Idempotency-Replayed" in each.headers for each in answers) == 7
    assert number_of_orders(node) == 1
    assert stock(node, open_round.products[0]) == 7


def test_keys_are_forgotten_after_two_days_and_no_earlier(programs, open_round, node, clock):
    from wizzle.core.work import run_jobs

    alice = programs.of("alice", "orders:write")
    alice.makes("/orders", wish(open_round, 1), key="the-first-one")

    def known():
        with node.db.read() as session:
            return session.scalar(select(func.count()).select_from(ApiAnswer))

    clock.advance(hours=25)
    run_jobs(node)
    assert known() == 1
    alice.makes("/orders", wish(open_round, 1), key="the-second-one")
    clock.advance(hours=30)
    run_jobs(node)
    assert known() == 1


def test_an_order_is_seen_by_its_own_person_alone(programs, open_round):
    order = open_round.order("alice", {open_round.products[0]: 1})
    charlie = programs.of("charlie")
    assert charlie.get("/orders").json["items"] == []
    for answer in (
        charlie.get(f"/orders/{order.uid}"),
        charlie.post(f"/orders/{order.uid}/withdraw"),
        charlie.asks("PUT", f"/orders/{order.uid}", json={"version": 1, "items": [
            {"product_id": open_round.products[0], "quantity": 2}]}),
    ):  # fmt: skip
        assert answer.status_code == 404
    only_reads = programs.of("alice", "orders:read")
    assert only_reads.get(f"/orders/{order.uid}").status_code == 200
    assert only_reads.post(f"/orders/{order.uid}/withdraw").status_code == 403


def test_after_the_cut_off_nothing_is_ordered_changed_or_withdrawn(programs, open_round, clock):
    alice = programs.of("alice")
    order = open_round.order("alice", {open_round.products[0]: 1})
    clock.set(open_round.row().cut_off)
    assert alice.makes("/orders", wish(open_round, 1)).status_code == 409
    assert alice.post(f"/orders/{order.uid}/withdraw").status_code == 409
    assert alice.get(f"/orders/{order.uid}").json["can_change"] is False


def test_what_to_do_if_too_little_comes(programs, open_round):
    alice = programs.of("alice")
    body = wish(open_round, 2)
    body["items"][0]["if_short"] = {"wish": "substitute", "up_to": 1500}
    line = alice.makes("/orders", body).json["items"][0]
    assert (line["wish"], line["substitute_up_to"]) == ("substitute", 1500)
    for wrong in ({"wish": "substitute"}, {"wish": "less", "up_to": 5}, {"wish": "none"}):
        body["items"][0]["if_short"] = wrong
        answer = alice.makes("/orders", body)
        assert answer.status_code == 422
        assert answer.json["errors"][0]["pointer"].startswith("/items/0/if_short/")


def test_a_shop_hands_over_what_was_ordered_there(programs, cast, node):
    seller, now = cast.space("shop").id, node.clock.now()
    with node.db.write() as session:
        book = Product(seller_id=seller, name="동네책", category="책", unit_label="권", price=12000,
                       created_at=now, updated_at=now)  # fmt: skip
        session.add(book)
    alice = programs.of("alice")
    body = {"occasion": f"shop:{seller}", "items": [{"product_id": book.id, "quantity": 1}]}
    orders = [alice.makes("/orders", body).json["uid"] for _ in range(2)]
    frank = programs.of("frank", "shops:manage")
    listed = frank.get("/spaces/shop/orders?limit=1").json
    assert [(row["uid"], row["person"], row["due"]) for row in listed["items"]] == [
        (orders[0], "앨리스", 12000)
    ]
    assert frank.get(listed["next"].removeprefix("/api/v1")).json["items"][0]["uid"] == orders[1]
    path = f"/spaces/shop/orders/{orders[0]}"
    assert frank.post(f"{path}/hand-over", {"shown": 1}).status_code == 409
    for taken in (12000, 0):
        answer = frank.post(f"{path}/hand-over", {"shown": 12000} if taken else {})
        assert (answer.status_code, answer.json) == (200, {"state": "collected", "taken": taken})
    missed = frank.post(f"/spaces/shop/orders/{orders[1]}/not-collected", {"reason": "안 오셨어요"})
    assert missed.json["state"] == "not_collected"
    assert alice.get(f"/orders/{orders[0]}").json["state"] == "collected"
    assert programs.of("erin").get("/spaces/shop/orders").status_code == 403
    assert programs.of("erin").post(f"{path}/hand-over", {}).status_code == 403
