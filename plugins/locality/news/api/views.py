"""Reading and writing news."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.web import this_member, this_node
from .....core.web.api import Listing, api, listed, mark
from ...desks import open_space
from ...pages import blueprint
from .. import actions, queries
from ..access import SEE, WRITE, WRITING, own_news
from ..queries import AnyRow, Place
from ..queries.rows import is_public
from ..rules import Words
from .shapes import NewNewsSchema, NewsAsked, NewsChange, NewsSchema, NewsTile

SCOPE = "news:write"
TAG = mark("News of the neighbourhood")
ONE = "/api/v1/news/<int:news_id>"


@blueprint.get("/api/v1/news")
@api(SEE, mark("News, the newest first"), TAG, asks=NewsAsked(), gives=NewsTile(), pages=True)
def api_news(asked: Mapping[str, Any]) -> Listing:
    """List public news."""
    limit = asked["limit"]
    with this_node().db.read() as session:
        space_id = open_space(session, asked["space"]).id if asked["space"] else None
        rows = queries.listed(
            session, space_id=space_id, before=_place(asked["cursor"]), limit=limit + 1
        )
    page = listed(rows, limit, queries.told_place)
    return Listing([_told(row) for row in page.rows], page.place)


def _place(cursor: tuple[str, int] | None) -> Place | None:
    return queries.read_place(*cursor) if cursor else None


def _told(row: AnyRow) -> dict[str, Any]:
    space = {"slug": row.space_slug, "name": row.space_name} if row.space_slug else None
    return {**row._asdict(), "pinned": row.pinned_at is not None, "space": space}


def _whole(session: Session, row: AnyRow) -> Mapping[str, Any]:
    return {**_told(row), "pictures": queries.pictures(session, row.id)}


@blueprint.get(ONE)
@api(SEE, mark("One item of news"), TAG, gives=NewsSchema())
def api_one_news(news_id: int) -> Mapping[str, Any]:
    """Show public news in full."""
    with this_node().db.read() as session:
        row = queries.news_page(session, news_id)
        if not is_public(row):
            raise NotFound("There are no such news.")
        return _whole(session, row)


@blueprint.post("/api/v1/news")
@api(
    WRITE, mark("Write news"), TAG,
    scope=SCOPE, takes=NewNewsSchema(), gives=NewsSchema(), creates=True,
    example={"title": "토요일에 마당을 엽니다", "text": "오후 두 시부터예요.", "space": "hub",
             "publish": True},
)  # fmt: skip
def api_write_news(body: Mapping[str, Any], session: Session) -> Mapping[str, Any]:
    """Write news as a draft, or make them public at once."""
    node, person = this_node(), this_member()
    desk = WRITING.desk(session, body["space"])
    words = Words(body["title"], body["text"])
    made = actions.draft(node, session, desk.id, words, actor_id=person.id)
    if body["publish"]:
        actions.publish(node, session, made.id, actor_id=person.id)
    return _whole(session, queries.news_page(session, made.id))


@blueprint.patch(ONE)
@api(
    WRITE, mark("Change news, publish or withdraw them"), TAG,
    scope=SCOPE, takes=NewsChange(), gives=NewsSchema(), example={"version": 1, "state": "public"},
)  # fmt: skip
def api_change_news(news_id: int, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Change what is named."""
    node, person = this_node(), this_member()
    with node.db.write() as session:
        row = own_news(session, news_id)
        words = Words(body.get("title", row.title), body.get("text", row.text))
        actions.change(node, session, news_id, words, version=body["version"], actor_id=person.id)
        steps = {"public": actions.publish, "withdrawn": actions.withdraw}
        if "state" in body:
            steps[body["state"]](node, session, news_id, actor_id=person.id)
        session.flush()
        session.expire_all()
        return _whole(session, queries.news_page(session, news_id))
