"""The fund by a program: what its page shows, to everyone."""

from __future__ import annotations

from support.sales import Sales


def test_the_fund_and_its_entries(programs, node, cast):
    sales = Sales(node, cast)
    sales.settle(1, {"farm": 300})
    sales.settle(2, {"farm": 500, "other_farm": 200})
    stranger = programs.stranger()
    fund = stranger.get("/fund").json
    assert fund["balance"] == 1000
    assert fund["months"][0]["amount"] == 1000
    first = stranger.get("/fund/entries?limit=2").json
    assert sorted(each["amount"] for each in first["items"]) == [200, 500]
    assert first["items"][0]["occasion"] == "cycle:2"
    (last,) = stranger.get(first["next"].removeprefix("/api/v1")).json["items"]
    assert (last["amount"], last["hub"], last["seller"]) == (
        300, "수유 마을부엌", "완주로컬푸드협동조합",
    )  # fmt: skip
