"""What may be read of the alliance: everything but drafts, by everyone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from ....core.answers import PersonalData, Series
from ....core.documents import Document, Feed, FeedEntry, Searchable
from ....core.errors import NotFound
from ....core.models import Person, Picture, Space
from ....core.node import Node
from ....core.periods import months
from ....core.search import EVERYONE
from ....core.values import Message, Text
from .models import Agreement, AllianceDocument, Charter, Edition, Moment, Partner, Term
from .rules.blocks import Block, read
from .rules.terms import in_force, today_in

AnyRow = Row[*tuple[Any, ...]]
MOST = 300
"""Rows of one list of the alliance: a page shows all of them."""

MOST_VERSIONS = 200
SIZE = 20


def today(node: Node) -> date:
    """Return the day that it is in the neighbourhood."""
    return today_in(node.clock.now(), ZoneInfo(node.settings.node.time_zone))


def charters(session: Session) -> Sequence[AnyRow]:
    """Return the versions of the charter without their text, the newest first."""
    return session.execute(
        select(Charter.id, Charter.title, Charter.changed, Charter.in_force_on)
        .order_by(Charter.in_force_on.desc(), Charter.id.desc())
        .limit(MOST_VERSIONS)
    ).all()


def charter_in_force(session: Session, day: date) -> AnyRow | None:
    """Return the version in force on a day, without its text."""
    return in_force(charters(session), day)


def charter(session: Session, number: int) -> Charter:
    """Return one version; NotFound if there is none."""
    found = session.get(Charter, number)
    if found is None:
        raise NotFound("There is no such version of the charter.")
    return found


def agreed(session: Session, person_id: int, number: int) -> datetime | None:
    """Return when a person agreed to a version and has not ended it; None if not."""
    return session.execute(
        select(Agreement.agreed_at).where(
            Agreement.person_id == person_id, Agreement.charter_id == number,
            Agreement.ended_at.is_(None),
        )
    ).scalar()  # fmt: skip


def agreed_before(session: Session, person_id: int, number: int) -> bool:
    """Say whether a person agreed to an earlier version, and has not taken that back."""
    found = select(Agreement.charter_id).where(
        Agreement.person_id == person_id, Agreement.charter_id != number,
        Agreement.ended_at.is_(None),
    )  # fmt: skip
    return session.execute(found.limit(1)).first() is not None


def number_agreed(session: Session, number: int) -> int:
    """Return how many members agree to a version."""
    query = select(func.count()).select_from(Agreement)
    query = query.join(Person, Person.id == Agreement.person_id)
    query = query.where(
        Agreement.charter_id == number, Agreement.ended_at.is_(None), Person.blocked_at.is_(None)
    )
    return int(session.scalar(query) or 0)


def to_ask(session: Session, number: int, *, after: int, limit: int) -> Sequence[int]:
    """Return the ids of people who agreed to another version and not to this one, rising."""
    this = select(Agreement.person_id).where(Agreement.charter_id == number)
    query = (
        select(Agreement.person_id)
        .join(Person, Person.id == Agreement.person_id)
        .where(
            Agreement.charter_id != number, Agreement.ended_at.is_(None),
            Agreement.person_id > after, Agreement.person_id.not_in(this),
            Person.blocked_at.is_(None),
        )
        .distinct()
        .order_by(Agreement.person_id)
        .limit(limit)
    )  # fmt: skip
    return list(session.scalars(query))


def terms(session: Session) -> Sequence[Term]:
    """Return all terms of office, those that began last first."""
    query = select(Term).order_by(Term.starts_on.desc(), Term.name, Term.id).limit(MOST)
    return session.scalars(query).all()


def history(session: Session) -> Sequence[Moment]:
    """Return the history, the first first."""
    return session.scalars(select(Moment).order_by(Moment.day, Moment.id).limit(MOST)).all()


def partners(session: Session) -> Sequence[Partner]:
    """Return the partners by name."""
    return session.scalars(select(Partner).order_by(Partner.name, Partner.id).limit(MOST)).all()


def documents(session: Session) -> Sequence[AllianceDocument]:
    """Return the documents, the newest first."""
    query = select(AllianceDocument).order_by(
        AllianceDocument.day.desc(), AllianceDocument.id.desc()
    )
    return session.scalars(query.limit(MOST)).all()


def document(session: Session, document_id: int) -> AllianceDocument:
    """Return one document; NotFound if there is none."""
    found = session.get(AllianceDocument, document_id)
    if found is None:
        raise NotFound("There is no such document.")
    return found


def last_edition(session: Session) -> Edition | None:
    """Return what is worked on."""
    return session.scalars(select(Edition).order_by(Edition.id.desc()).limit(1)).one_or_none()


def published(session: Session) -> Edition | None:
    """Return the edition that everyone sees."""
    query = select(Edition).where(Edition.published_at.is_not(None))
    return session.scalars(query.order_by(Edition.id.desc()).limit(1)).one_or_none()


def editions(session: Session, *, before: int | None = None, limit: int = SIZE + 1) -> Any:
    """Return the editions that were published, the newest first: id, published_at, by, blocks."""
    query = (
        select(Edition.id, Edition.published_at, Edition.blocks, Person.name.label("by"))
        .outerjoin(Person, Person.id == Edition.person_id)
        .where(Edition.published_at.is_not(None))
        .order_by(Edition.id.desc())
        .limit(limit)
    )
    return session.execute(query if before is None else query.where(Edition.id < before)).all()


def edition(session: Session, edition_id: int) -> Edition:
    """Return an edition that was published; NotFound if there is none."""
    found = session.get(Edition, edition_id)
    if found is None or found.published_at is None:
        raise NotFound("There is no such version of the page.")
    return found


def blocks_of(edition: Edition | None) -> list[Block]:
    """Return the blocks of an edition."""
    return read(edition.blocks) if edition is not None else []


def cards(session: Session, ids: Collection[int]) -> Mapping[int, AnyRow]:
    """Return those of these spaces that are open, by id: what their card shows."""
    rows = session.execute(
        select(Space.id, Space.kind, Space.slug, Space.name, Space.intro, Picture.digest)
        .outerjoin(Picture, Picture.id == Space.picture_id)
        .where(Space.id.in_(ids), Space.closed_at.is_(None))
    )
    return {row.id: row for row in rows}


def spaces_to_choose(session: Session) -> Sequence[AnyRow]:
    """Return the open spaces by name, to choose cards from: id, name, kind."""
    return session.execute(
        select(Space.id, Space.name, Space.kind)
        .where(Space.closed_at.is_(None), Space.kind != "node")
        .order_by(Space.name, Space.id)
        .limit(1_000)
    ).all()


def numbers(node: Node, session: Session) -> Mapping[str, Series]:
    """Return what plugins count, over the last six months, by name."""
    zone = ZoneInfo(node.settings.node.time_zone)
    periods = months(node.clock.now(), zone, 6)
    found = node.host.collect("numbers", node=node, session=session, periods=periods)
    whole = [each for each in found if len(each.values) == len(periods)]
    return {each.name: each for each in sorted(whole, key=lambda each: each.order)}


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return which versions of the charter a person agreed to."""
    query = (
        select(Agreement.charter_id.label("version"), Charter.title, Agreement.agreed_at,
               Agreement.ended_at)
        .join(Charter, Charter.id == Agreement.charter_id)
        .where(Agreement.person_id == person_id)
        .order_by(Agreement.charter_id)
    )  # fmt: skip
    return PersonalData.read(session, {"charter": query})


def published_news(session: Session, limit: int) -> Sequence[FeedEntry]:
    """Return new documents and versions of the charter as news, the newest first."""
    papers = session.execute(
        select(AllianceDocument.id, AllianceDocument.title, AllianceDocument.added_at)
        .order_by(AllianceDocument.id.desc())
        .limit(limit)
    )
    versions = session.execute(
        select(Charter.id, Charter.title, Charter.written_at, Charter.changed)
        .order_by(Charter.id.desc())
        .limit(limit)
    )
    found = [
        *(FeedEntry(f"document-{row.id}", row.title, "/alliance/documents", row.added_at)
          for row in papers),
        *(FeedEntry(f"charter-{row.id}", row.title, f"/alliance/charter/{row.id}", row.written_at,
                    row.changed or Message("A new version of our charter", {}))
          for row in versions),
    ]  # fmt: skip
    return sorted(found, key=lambda each: each.at, reverse=True)[:limit]


def _read_charters(session: Session, ids: Collection[int]) -> Sequence[Document]:
    rows = session.execute(
        select(Charter.id, Charter.title, Charter.text, Charter.changed, Charter.written_at)
        .where(Charter.id.in_(ids))
    )  # fmt: skip
    return [
        Document(
            row.id, row.title, f"/alliance/charter/{row.id}", frozenset({EVERYONE}), text=row.text,
            about=(Message("Charter", {}), *((row.changed,) if row.changed else ())),
            changed_at=row.written_at,
        )
        for row in rows
    ]  # fmt: skip


def _charter_ids(session: Session, after: int, limit: int) -> Sequence[int]:
    query = select(Charter.id).where(Charter.id > after).order_by(Charter.id).limit(limit)
    return list(session.scalars(query))


CHARTERS = Searchable("charter", Text("헌장", "Charter"), _read_charters, _charter_ids, order=60)

NEWS = Feed("alliance", Text("우리 연대", "Our alliance"), published_news, order=50)
