"""Collections as lists and pages show them."""

from __future__ import annotations

from collections.abc import Collection as Ids
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from .....core.errors import NotFound
from .....core.models import Person, Picture
from .....core.talk import Profile as Known
from ...circles.models import Profile
from ..models import Collection, Curator, CuratorPage, Item
from ..rules import HANDLE, KIND, MOST_COLLECTIONS, MOST_ON_HOME, WEEKLY, handle_of, number_of

AnyRow = Row[*tuple[Any, ...]]

_counted = aliased(Item)
_COUNT = select(func.count(_counted.id)).where(_counted.collection_id == Collection.id)
_SHOWN = and_(
    CuratorPage.person_id == Collection.owner_id,
    CuratorPage.shown.is_(True),
    CuratorPage.hidden_at.is_(None),
)


def _cards() -> Select[*tuple[Any, ...]]:
    """Collections with ``items`` (how many), their picture's ``digest``, ``width``, ``height`` and
    ``caption``, and ``curator``, the name of who began it if they let it be seen: that of their
    public page, if they have one."""
    return (
        select(
            *Collection.__table__.c,
            _COUNT.scalar_subquery().label("items"),
            Picture.digest,
            Picture.width,
            Picture.height,
            Picture.caption,
            func.coalesce(Profile.name, Person.name).label("curator"),
        )
        .outerjoin(Picture, Picture.id == Collection.picture_id)
        .outerjoin(CuratorPage, _SHOWN)
        .outerjoin(Person, Person.id == CuratorPage.person_id)
        .outerjoin(Profile, and_(Profile.person_id == Person.id, Profile.hidden_at.is_(None)))
    )


_PUBLIC = (Collection.public.is_(True), Collection.hidden_at.is_(None))


def _newest(query: Any, after: int | None, limit: int) -> Any:
    """Put collections into the order in which they were published, those below ``after``."""
    if after is not None:
        last = select(Collection.published_at).where(Collection.id == after).scalar_subquery()
        earlier = and_(Collection.published_at == last, Collection.id < after)
        query = query.where(or_(Collection.published_at < last, earlier))
    order = (Collection.published_at.desc(), Collection.id.desc())
    return query.order_by(*order).limit(limit)


def public_cards(
    session: Session, *, owner_id: int | None = None, after: int | None = None, limit: int = 24
) -> Sequence[AnyRow]:
    """Return public collections, the newest first: all, or those that one person began."""
    query = _cards().where(*_PUBLIC)
    if owner_id is not None:
        query = query.where(Collection.owner_id == owner_id, Collection.week.is_(None))
    return session.execute(_newest(query, after, limit)).all()


def weekly_cards(
    session: Session, *, after: int | None = None, limit: int = 24
) -> Sequence[AnyRow]:
    """Return the editors' selections, the last week first."""
    query = _cards().where(*_PUBLIC, Collection.week.is_not(None))
    return session.execute(_newest(query, after, limit)).all()


def home_cards(session: Session) -> Sequence[AnyRow]:
    """Return the last selection of the editors, then what stewards show on the home page."""
    chosen = _cards().where(*_PUBLIC, Collection.home_at.is_not(None), Collection.week.is_(None))
    rows = session.execute(chosen.order_by(Collection.home_at.desc()).limit(MOST_ON_HOME)).all()
    return [*weekly_cards(session, limit=1), *rows]


def listing_cards(session: Session, subject: str, limit: int) -> Sequence[AnyRow]:
    """Return the public collections in which a thing stands, the newest first."""
    query = _cards().join(Item, Item.collection_id == Collection.id)
    query = query.where(*_PUBLIC, Item.subject == subject)
    return session.execute(_newest(query, None, limit)).all()


def week_cards(session: Session, week: date) -> Sequence[AnyRow]:
    """Return the selection of this week, a draft too, for those who choose for it."""
    return session.execute(_cards().where(Collection.week == week)).all()


def cards_of(session: Session, ids: Ids[int]) -> Sequence[AnyRow]:
    """Return these collections, whoever may see them."""
    return session.execute(_cards().where(Collection.id.in_(ids))).all()


def card(session: Session, collection_id: int) -> AnyRow:
    """Return one collection, whoever may see it; NotFound if there is none."""
    found = cards_of(session, [collection_id])
    if not found:
        raise NotFound("There is no such collection.")
    return found[0]


def own_cards(session: Session, person_id: int) -> Sequence[AnyRow]:
    """Return the collections that somebody makes, alone or with others, the last changed first."""
    shared = select(Curator.collection_id).where(
        Curator.person_id == person_id, Curator.accepted_at.is_not(None)
    )
    mine = or_(
        and_(Collection.owner_id == person_id, Collection.week.is_(None)),
        Collection.id.in_(shared),
    )
    order = (Collection.changed_at.desc(), Collection.id.desc())
    return session.execute(_cards().where(mine).order_by(*order).limit(2 * MOST_COLLECTIONS)).all()


def invitations(session: Session, person_id: int) -> Sequence[AnyRow]:
    """Return the collections that somebody is asked to make together with others."""
    asked = select(Curator.collection_id).where(
        Curator.person_id == person_id, Curator.accepted_at.is_(None)
    )
    return session.execute(
        _cards().where(Collection.id.in_(asked)).order_by(Collection.id.desc()).limit(20)
    ).all()


def profile(session: Session, name: str) -> Known | None:
    """Return what other nodes may know of a collection that everyone may see, or of the selections
    of the weeks once there is one; by subject or handle, see the hook."""
    asked = HANDLE.fullmatch(name)
    subject = f"{asked[1]}:{asked[2]}" if asked else name
    if subject == WEEKLY:
        [*rows] = weekly_cards(session, limit=1)
    else:
        number = number_of(subject, KIND)
        own = Collection.id == (number or 0), Collection.week.is_(None)
        rows = [*session.execute(_cards().where(*_PUBLIC, *own))]
    return _known(subject, rows[0]) if rows else None


def _known(subject: str, row: AnyRow) -> Known:
    """Describe a collection; the selections of the weeks look as the last one does."""
    path = "/weekly" if subject == WEEKLY else f"/collections/{row.id}"
    return Known(subject, handle_of(subject), row.title, row.intro, path, row.digest or "")
