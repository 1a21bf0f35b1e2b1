"""A round from the first idea to the last won, each part played in a browser by those it is of."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from flask.testing import FlaskClient
from sqlalchemy import select
from support.rounds import Round

from wizzle.core import ledger
from wizzle.core.node import Node
from wizzle.core.testing import FixedClock
from wizzle.plugins.assembly.cycles.models import Cycle
from wizzle.plugins.market import Order

SEOUL = ZoneInfo("Asia/Seoul")


def follow(client: FlaskClient, address: str, **data: object) -> str:
    answer = client.post(address, data=data, follow_redirects=True)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.get_data(as_text=True)


def test_a_round_is_lived_through_in_the_browser(
    node: Node, clock: FixedClock, round_: Round, as_: Callable[[str], FlaskClient]
) -> None:
    dana, alice, gina, erin = (as_(name) for name in ("dana", "alice", "gina", "erin"))
    potato, onion = round_.products
    clock.set(datetime(2026, 11, 23, 9, tzinfo=SEOUL))

    # dana prepares a round and opens it
    answer = dana.post(
        "/hubs/hub/rounds/new",
        data={
            "title": "11월 26일 나눔",
            "opens_at": "2026-11-23T09:00",
            "cut_off": "2026-11-24T21:00",
            "collect_from": "2026-11-26T16:00",
            "collect_until": "2026-11-26T20:00",
        },
    )
    found = re.fullmatch(r"/rounds/(\d+)/offers", answer.location)
    assert found
    desk = f"/rounds/{found.group(1)}"
    assert alice.get(desk).status_code == 404

    def step(state: str) -> str:
        shown = dana.get(f"{desk}/desk").get_data(as_text=True)
        version = re.search(r'name="version" value="(\d+)"', shown)
        assert version
        return follow(dana, f"{desk}/steps/{state}", version=version.group(1))

    assert "회차를 열었어요" in step("open")

    # alice and gina fill their baskets from the page of the round, and order
    clock.advance(hours=1)
    for client, wanted in ((alice, {potato: 3, onion: 1}), (gina, {potato: 1})):
        data = {f"q{product}": quantity for product, quantity in wanted.items()}
        assert "장바구니에 담았어요" in follow(client, f"{desk}/basket", **data)
        check_out(client)
    orders = placed(node)
    assert [order.person_name for order in orders] == ["앨리스", "지나"]

    # the clock closes it, dana sends the sheets, erin reads hers
    clock.set(datetime(2026, 11, 24, 21, tzinfo=SEOUL))
    data = {f"q{potato}": "1"}
    assert "마감된 회차예요" in follow(alice, f"{desk}/basket", **data)
    step("closed")
    step("sent")
    farm = round_.cast.space("farm").id
    assert "감자" in erin.get(f"{desk}/sheets/{farm}").get_data(as_text=True)

    # one potato of alice's came bad; all else is packed and handed over
    clock.set(datetime(2026, 11, 26, 10, tzinfo=SEOUL))
    step("received")
    first = f"{desk}/handover/{orders[0].id}"
    line = re.search(r"/lines/(\d+)/less", dana.get(first).get_data(as_text=True))
    assert line
    follow(dana, f"{first}/lines/{line.group(1)}/less", delivered="2", reason="하나가 상했어요")
    step("packed")
    clock.set(datetime(2026, 11, 26, 16, tzinfo=SEOUL))
    step("distributing")
    for order in orders:
        here = dana.get(f"{desk}/handover", query_string={"q": order.code}).location
        assert "건넸어요" in follow(dana, here)

    # the settlement splits what was paid: 3,000 + 1,000 won
    assert f"{desk}/settlement" in dana.get(f"{desk}/desk").get_data(as_text=True)
    round_.id = int(found.group(1))
    round_.to("settled")
    with node.db.read() as session:
        assert session.get_one(Cycle, round_.id).state == "settled"
        assert ledger.balance(session, ledger.account("cash", round_.row().hub_id)) == 4_000
        assert ledger.verify(session).ok
    assert "정산 끝" in alice.get(desk).get_data(as_text=True)


def check_out(client: FlaskClient) -> None:
    """Order what lies in the basket, through the forms that the pages show."""
    page = client.get("/checkout").get_data(as_text=True)
    form = page[page.rindex("<form", 0, page.index('name="idempotency_key"')) :]
    form = form[: form.index("</form>")]
    data = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    data |= dict.fromkeys(re.findall(r'type="checkbox"[^>]*name="(\w+)"', form), "yes")
    data |= dict(re.findall(r'type="radio" name="(\w+)" value="([^"]*)"', form))
    action = re.search(r'action="([^"]+)"', form)
    answer = client.post(action.group(1) if action else "/checkout", data=data)
    assert answer.status_code == 302, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def placed(node: Node) -> list[Order]:
    with node.db.read() as session:
        found = list(session.scalars(select(Order).order_by(Order.id)))
        session.expunge_all()
        return found
