"""Collections for programs: what is public and nothing else."""

from __future__ import annotations

from wizzle.plugins.feed.collections import actions


def test_programs_read_what_everyone_sees(shelf, client):
    number = shelf.public()
    shelf.add(number, None, title="우이천 벚나무", address="수유교 옆", reason="그늘")
    draft = shelf.made("gina")
    shelf.add(draft, shelf.space(), "gina")
    listing = client.get("/api/v1/collections").json
    assert [each["id"] for each in listing["items"]] == [number]
    assert listing["items"][0]["number"] == 2
    assert listing["items"][0]["curator"] is None
    found = client.get(f"/api/v1/collections/{number}").json
    assert found["collection"]["title"] == "자주 가는 곳"
    assert [(each["subject"], each["title"], each["url"]) for each in found["things"]] == [
        (shelf.space(), "수유 책방", "/spaces/shop"), (None, "우이천 벚나무", None),
    ]  # fmt: skip
    assert client.get(f"/api/v1/collections/{draft}").status_code == 404
    shelf.close("shop")
    found = client.get(f"/api/v1/collections/{number}").json
    assert [each["title"] for each in found["things"]] == ["우이천 벚나무"]


def test_lists_go_on_where_they_ended(shelf, client, node):
    shelf.settle("alice")
    numbers = []
    for key in "abc":
        number = shelf.made(key=key)
        shelf.add(number, shelf.space())
        shelf.do(actions.publish, "alice", number)
        numbers.append(number)
    shelf.do(actions.withdraw, "alice", numbers[0])  # published earlier, shown again later
    node.clock.advance(hours=1)
    shelf.do(actions.publish, "alice", numbers[0])
    seen, url = [], "/api/v1/collections?limit=1"
    while url:
        page = client.get(url).json
        seen += [each["id"] for each in page["items"]]
        url = page["next"]
    assert seen == sorted(numbers, reverse=True)
