"""What stands in somebody's timeline: the newest of all that they follow, in the order of time.

Nothing is copied when something is published, and nothing is sorted that is not shown. First each
followed source is asked for its last item, a seek in an index; only those among whose last items
the page lies can have part in it, and these few are then read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from ....core.models import Follow, Space
from ....core.statements import Listed, Statement
from ..circles.models import Circle, Membership
from ..circles.queries import unseen_by
from ..posts.models import Item, Stream
from ..posts.queries import Shown, posts_with_ids, shown

LATEST = 2**62
"""After every position there is."""

TRIED = 8
"""So many sources more than a page has lines are read at first: some bring the same item."""

_stream, _follow, _circle = Stream.__table__.c, Follow.__table__.c, Membership.__table__.c


@dataclass(frozen=True, slots=True)
class Line:
    """An item of a timeline: ``why`` is the source by which it came, ``post`` the post as it is
    drawn if it is one, ``author`` the name of the page that published it if not."""

    item: Item
    why: str
    post: Shown | None = None
    author: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of a timeline, and the position to go on from if there is more."""

    lines: Sequence[Line]
    next: int | None


def _sources() -> Select[Any]:
    """Return the query for all sources of a person: what they follow, their circles, themselves."""
    own: BindParameter[int] = bindparam("person_id", type_=Integer)
    followed = select(_follow.subject.label("source")).where(
        _follow.person_id == own, ~_follow.subject.startswith("circle:")
    )
    circles = select(literal("circle:") + cast(_circle.circle_id, String)).where(
        _circle.person_id == own, _circle.accepted_at.is_not(None)
    )
    themselves = select(literal("person:") + cast(own, String))
    return union_all(followed, circles, themselves)  # type: ignore[return-value]


def _lasts() -> Select[Any]:
    source = _sources().subquery("sources")
    last = (
        select(func.max(_stream.position))
        .where(_stream.source == source.c.source, _stream.position < bindparam("before"))
        .scalar_subquery()
    )
    # A condition on what was found would have PostgreSQL seek a second time for each source.
    return (
        select(source.c.source, last.label("last"))
        .order_by(literal_column("last").desc().nulls_last())
        .limit(bindparam("most", type_=Integer))
    )


_LASTS = Statement(_lasts())


def _newest(sources: list[BindParameter[Any]]) -> Select[Any]:
    """Return the query for the newest items of these sources: each is read for a page at most."""
    parts = []
    for source in sources:
        one = (
            select(_stream.position, _stream.item_id, _stream.source)
            .where(
                _stream.source == source,
                _stream.position < bindparam("before"),
                _stream.position >= bindparam("bound"),
            )
            .order_by(_stream.position.desc())
            .limit(bindparam("size", type_=Integer))
            .subquery()
        )
        parts.append(select(one))
    every = union_all(*parts).subquery("every")
    return (
        # The smallest is the best reason: who published it comes before a tag.
        select(every.c.position, every.c.item_id, func.min(every.c.source).label("why"))
        .group_by(every.c.position, every.c.item_id)
        .order_by(every.c.position.desc())
        .limit(bindparam("size", type_=Integer))
    )


_NEWEST = Listed(_newest, String)
_ITEMS = Listed(lambda ids: select(*Item.__table__.c).where(Item.id.in_(ids)))


def places(
    session: Session, person_id: int, *, before: int = LATEST, size: int = 31,
    unseen: Collection[int] = (),
) -> list[Any]:  # fmt: skip
    """Return position, item_id and why of the newest items of a timeline, in order of time."""
    sources, bound = _candidates(session, person_id, before, size, unseen)
    asked = {"before": before, "bound": bound, "size": size}
    return _NEWEST.all(session, sources, asked)


def _candidates(
    session: Session, person_id: int, before: int, size: int, unseen: Collection[int]
) -> tuple[list[str], int]:
    """Return the sources that can have part in the page, and the lowest position it can reach.

    As many different last items as the page has lines stand at or above that position, and so does
    all of the page.
    """
    muted = {f"person:{each}" for each in unseen}
    most = TRIED * size
    while True:
        asked = {"person_id": person_id, "before": before, "most": most}
        rows = _LASTS.all(session, asked)
        lasts = [row for row in rows if row.last is not None and row.source not in muted]
        reached = sorted({row.last for row in lasts}, reverse=True)
        if len(reached) >= size:
            bound = reached[size - 1]
            return [row.source for row in lasts if row.last >= bound], bound
        if len(rows) < most:
            return [row.source for row in lasts], 0
        most *= TRIED


def timeline(session: Session, person_id: int, *, before: int = LATEST, size: int = 30) -> Lines:
    """Return a page of a timeline; what the person may not or does not want to read is left out,
    however it came into the stream. The number of queries does not depend on how much is shown."""
    unseen = unseen_by(session, person_id)
    rows = places(session, person_id, before=before, size=size + 1, unseen=unseen)
    page = rows[:size]
    following = page[-1].position if len(rows) > size else None
    return Lines(_drawn(session, person_id, page, unseen), following)


def _drawn(
    session: Session, person_id: int, rows: Sequence[Any], unseen: Collection[int]
) -> list[Line]:
    if not rows:
        return []
    found = _ITEMS.all(session, [row.item_id for row in rows])
    items = {item.id: item for item in found if not item.hidden}
    muted = {f"person:{each}" for each in unseen}
    ids = [_number(item.subject) for item in items.values() if _is_post(item)]
    readable = posts_with_ids(session, ids, person_id)
    posts = {each.post.id: each for each in shown(session, list(readable.values()), person_id)}
    names = _names(session, items.values(), [row.why for row in rows])
    lines = []
    for row in rows:
        item = items.get(row.item_id)
        if item is None or item.author in muted:
            continue
        post = posts.get(_number(item.subject)) if _is_post(item) else None
        if _is_post(item) and post is None:
            continue
        lines.append(Line(item, row.why, post, names.get(item.author, ""), names.get(row.why, "")))
    return lines


def _names(session: Session, items: Collection[Item], reasons: Sequence[str]) -> Mapping[str, str]:
    """Return what pages and circles are called that published something or are its reason."""
    subjects = {item.author for item in items} | set(reasons)
    found: dict[str, str] = {}
    for kind, table in (("space", Space), ("circle", Circle)):
        ids = [_number(each) for each in subjects if each.startswith(f"{kind}:")]
        if ids:
            rows = session.execute(select(table.id, table.name).where(table.id.in_(ids)))
            found |= {f"{kind}:{row.id}": row.name for row in rows}
    return found


def _is_post(item: Any) -> bool:
    """Say whether an item is a post of this node, which is read anew."""
    return str(item.subject).startswith("post:")


def _number(subject: str) -> int:
    number = subject.partition(":")[2]
    return int(number) if number.isdecimal() else 0
