"""What may be read of the paper: what would stand in it now, and the issues that went out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from ....core.answers import Happening, Thing
from ....core.documents import Feed, FeedEntry
from ....core.errors import NotFound
from ....core.language import Tongue, day, when, won
from ....core.node import Node
from ....core.periods import Periods
from ....core.values import Message, Text
from .models import Issue, Plan
from .rules import COMING, MOST, NEWS, Content, Item, arranged, begin, shortened

SUBJECT = "paper:1"
"""What those follow who want the paper by mail."""

SIZE = 20
_FEED = "paper"
_MOST_OF_A_FEED = 6
_FIGURES = ("fund",)
"""Series that everyone may read: other numbers of a small neighbourhood tell too much of few."""


def tongue_of(node: Node) -> Tongue:
    """Return the language in which the paper is printed: the node's main one."""
    return node.catalogues.tongue(node.settings.node.languages[0])


def zone_of(node: Node) -> ZoneInfo:
    """Return the node's time zone."""
    return ZoneInfo(node.settings.node.time_zone)


def items(node: Node, session: Session, week: date, at: datetime) -> list[Item]:
    """Return what comes from an instant on until the end of the next week, and what was news from
    the Monday before its week until then.

    What is listed as coming is no news once more.
    """
    monday = begin(week, zone_of(node))
    coming = list(_coming(node, session, at, monday + timedelta(days=14)))[:MOST]
    paths = {item.path for item in coming}
    since, news = monday - timedelta(days=7), list[Item]()
    for item in _news(node, session, since, at):
        if item.path not in paths:
            paths.add(item.path)
            news.append(item)
    return [shortened(item) for item in (*coming, *news[:MOST])]


def _coming(node: Node, session: Session, since: datetime, until: datetime) -> Iterator[Item]:
    found: list[Happening] = node.host.collect(
        "happenings", node=node, session=session, since=since, until=until
    )
    tongue, zone = tongue_of(node), zone_of(node)
    for each in sorted(found, key=lambda each: (each.starts_at, each.path)):
        title = tongue.say(each.title) if isinstance(each.title, Message) else each.title
        at = when(each.starts_at, zone, tongue.language, now=node.clock.now())
        key = f"{COMING}:{each.path}:{each.starts_at:%Y%m%d%H%M}"
        yield Item(
            key, COMING, title, over=" · ".join(filter(None, (at, each.place))), path=each.path
        )


def _news(node: Node, session: Session, since: datetime, until: datetime) -> Iterator[Item]:
    """Yield the newest of each feed, then the second of each, so that none fills the page alone."""
    tongue, zone = tongue_of(node), zone_of(node)
    columns = []
    for feed in node.host.collect("feeds", node=node):
        entries = feed.entries(session, MOST) if feed.name != _FEED else ()
        fresh = [entry for entry in entries if since <= entry.at <= until][:_MOST_OF_A_FEED]
        columns.append([_item(feed, entry, tongue, zone, until) for entry in fresh])
    for row in zip_longest(*columns):
        yield from (item for item in row if item is not None)


def _item(feed: Feed, entry: FeedEntry, tongue: Tongue, zone: ZoneInfo, now: datetime) -> Item:
    over = feed.titles.in_language(tongue.language), day(entry.at, zone, tongue.language, now=now)
    return Item(
        key=f"{NEWS}:{feed.name}:{entry.name}",
        part=NEWS,
        title=_words(entry.title, tongue),
        over=" · ".join(over),
        text=_words(entry.text, tongue),
        path=entry.path,
    )


def _words(text: str | Message, tongue: Tongue) -> str:
    return tongue.say(text) if isinstance(text, Message) else text


def figures(node: Node, session: Session, at: datetime) -> list[tuple[str, str]]:
    """Return a few numbers of the seven days before an instant: what came into the fund."""
    tongue = tongue_of(node)
    week_long = Periods((at - timedelta(days=7), at))
    found = node.host.collect("numbers", node=node, session=session, periods=week_long)
    return [
        (tongue.say(each.title), won(each.values[0], tongue.language))
        for each in found
        if each.name in _FIGURES and each.kind == "won" and each.values[0] > 0
    ]


def content_of(node: Node, session: Session, issue: Issue, number: int, at: datetime) -> Content:
    """Return what an issue holds now, as stewards have chosen."""
    tongue = tongue_of(node)
    printed = day(at, zone_of(node), tongue.language, now=at)
    name = node.settings.node.name
    return Content(
        title=tongue.gettext("Paper of %(node)s", node=name),
        over=tongue.gettext("No. %(number)s · %(day)s", number=number, day=printed),
        greeting=issue.greeting,
        signed=name if issue.greeting else "",
        items=arranged(items(node, session, issue.week, at), issue.dropped, issue.order),
        figures=tuple(figures(node, session, at)),
    )


def the_plan(session: Session) -> Plan:
    """Return when the paper goes out by itself; not at all if nobody has said so yet."""
    found = session.get(Plan, 1)
    return found or Plan(id=1, by_itself=False, weekday=3, hour=9, next_at=None)


def issue_of_week(session: Session, week: date) -> Issue | None:
    """Return the issue of a week, None if nobody has begun it."""
    return session.scalar(select(Issue).where(Issue.week == week))


def by_number(session: Session, number: int) -> Issue:
    """Return an issue that went out; NotFound if there is none."""
    found = session.scalar(select(Issue).where(Issue.number == number))
    if found is None or found.content is None:
        raise NotFound("There is no such issue of the paper.")
    return found


def last(session: Session) -> Issue | None:
    """Return the last issue that went out."""
    query = select(Issue).where(Issue.number.is_not(None)).order_by(Issue.number.desc()).limit(1)
    return session.scalar(query)


def archive(
    session: Session, *, before: int | None = None, limit: int = SIZE + 1
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return number and day of the issues that went out, the last first, below ``before``."""
    query = (
        select(Issue.number, Issue.out_at, Issue.week)
        .where(Issue.number.is_not(None))
        .order_by(Issue.number.desc())
        .limit(limit)
    )
    return session.execute(query if before is None else query.where(Issue.number < before)).all()


def thing(node: Node, subject: str) -> Thing | None:
    """Return the paper as something that people can follow."""
    if subject != SUBJECT:
        return None
    title = tongue_of(node).gettext("Paper of %(node)s", node=node.settings.node.name)
    return Thing(subject, Message("Neighbourhood paper", {}), title, "/paper", can_follow=True)


def _entries(session: Session, limit: int) -> Sequence[FeedEntry]:
    return [
        FeedEntry(
            name=f"paper-{row.number}",
            title=Message("Neighbourhood paper no. %(number)s", {"number": row.number}),
            path=f"/paper/{row.number}",
            at=row.out_at,
        )
        for row in archive(session, limit=limit)
    ]


ISSUES = Feed(_FEED, Text("마을신문", "Neighbourhood paper"), _entries, order=60)
