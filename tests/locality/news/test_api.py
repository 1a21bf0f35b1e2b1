"""News and events for programs: read by all, written by those who may, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from wizzle.plugins.locality.news import actions
from wizzle.plugins.locality.news.models import News
from wizzle.plugins.locality.news.rules import Words


@pytest.fixture
def news(node, cast, clock):
    """Write so many public news of erin's farm, a minute apart."""

    def written(count):
        erin, farm = cast.person("erin").id, cast.space("farm").id
        for number in range(count):
            clock.advance(minutes=1)
            with node.db.write() as session:
                words = Words(f"소식 {number}", "**감자**")
                made = actions.draft(node, session, farm, words, actor_id=erin)
                actions.publish(node, session, made.id, actor_id=erin)

    return written


def test_a_list_goes_on_where_it_ended(client, news):
    news(5)
    first = client.get("/api/v1/news?limit=3").json
    rest = client.get(first["next"]).json
    titles = [each["title"] for each in (*first["items"], *rest["items"])]
    assert titles == [f"소식 {number}" for number in (4, 3, 2, 1, 0)]
    assert rest["next"] is None
    assert first["items"][0]["space"]["slug"] == "farm"
    assert client.get("/api/v1/news?space=farm").json["items"]
    assert client.get("/api/v1/news?space=nowhere").status_code == 404
    assert client.get("/api/v1/news?cursor=%00%00").status_code == 400


def test_pages_of_the_list_lead_on(client, news):
    news(14)
    page = client.get("/news").text
    assert "소식 13" in page
    assert "소식 1<" not in page
    link = page[page.index('rel="next" href="') + 17 :].split('"')[0].replace("&amp;", "&")
    assert "소식 1<" in client.get(link).text
    for nonsense in ("after=x", "after=2026-13-40 1", "after=2026-11-23T00:00:00 1",
                     "after=2026-11-23T00:00:00%2B00:00 99999999999"):  # fmt: skip
        assert client.get(f"/news?{nonsense}").status_code == 200


def test_a_program_writes_once_and_only_where_its_person_may(node, cast, programs):
    cast.space("hub")
    erin = programs.of("erin", "news:write")
    body = {"title": "감자", "text": "캤어요", "space": "farm", "publish": True}
    made, again = (erin.makes("/news", body, key="the-same-key") for _ in range(2))
    assert (made.status_code, again.json["id"]) == (201, made.json["id"])
    url = f"/news/{made.json['id']}"
    assert erin.makes("/news", {**body, "space": "hub"}).status_code == 403
    assert erin.makes("/news", {**body, "space": None}).status_code == 403
    assert programs.of("erin", "me:read").makes("/news", body).status_code == 403
    assert (
        programs.of("dana", "news:write")
        .asks("PATCH", url, json={"version": 1, "title": "x"})
        .status_code
        == 403
    )
    changed = erin.asks("PATCH", url, json={"version": 1, "title": "감자 끝"})
    assert (changed.json["title"], changed.json["version"]) == ("감자 끝", 2)
    assert erin.asks("PATCH", url, json={"version": 1, "text": "x"}).status_code == 409
    assert erin.asks("PATCH", url, json={"version": 2, "state": "withdrawn"}).status_code == 200
    assert programs.stranger().get(url).status_code == 404


def test_what_is_not_public_is_not_told(node, cast, client, news):
    news(1)
    with node.db.write() as session:
        made = session.scalars(select(News)).one()
        actions.withdraw(node, session, made.id, actor_id=cast.person("erin").id)
    assert client.get(f"/api/v1/news/{made.id}").status_code == 404
    assert client.get("/api/v1/news").json["items"] == []


def test_events_are_read_by_programs(node, cast, client, clock):
    from wizzle.plugins.locality.events import actions as events
    from wizzle.plugins.locality.events.rules import Draft, Every, Span

    begins = clock.now() + timedelta(days=2)
    with node.db.write() as session:
        erin, farm = cast.person("erin").id, cast.space("farm").id
        event = events.make(
            node, session, farm, Draft("감자 캐기", "", "밭", signs_up=True, capacity=3),
            Span(begins, begins + timedelta(hours=1)), every=Every.WEEK,
            last=(begins + timedelta(weeks=3)).date(), actor_id=erin,
        )  # fmt: skip
        assert client.get("/api/v1/events").json["items"] == []
        events.publish(node, session, event.id, actor_id=erin)
    first = client.get("/api/v1/events?limit=3").json
    rest = client.get(first["next"]).json
    found = [*first["items"], *rest["items"]]
    assert [each["starts_at"][:10] for each in found] == [
        "2026-11-25", "2026-12-02", "2026-12-09", "2026-12-16",
    ]  # fmt: skip
    assert found[0]["places_left"] == 3
    assert len(client.get(found[0]["url"]).json["dates"]) == 4
