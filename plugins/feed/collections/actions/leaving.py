"""What becomes of collections when somebody leaves, and when stewards hide one."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from .....core.answers import Keeping
from .....core.facts import ThingHidden
from .....core.node import Node
from .....core.search import changed
from .....core.values import Message
from ..models import Collection, Curator, CuratorPage, Declined, Item
from ..rules import KIND, PAGE, number_of
from .making import erase
from .telling import tell_published, tell_withdrawn


def let_go(node: Node, session: Session, person_id: int) -> None:
    """Forget somebody: their collections go, but for those that others make with them."""
    own = select(Collection).where(Collection.owner_id == person_id).order_by(Collection.id)
    for found in session.scalars(own.with_for_update()).all():
        heir = None if found.week is not None else _heir(session, found.id)
        if found.week is None and heir is None:
            erase(node, session, found)
            continue
        if heir is not None:
            joined = Curator.collection_id == found.id, Curator.person_id == heir
            session.execute(delete(Curator).where(*joined))
        found.owner_id, found.key = heir, f"left:{found.id}"
        changed(session, KIND, found.id)
    session.flush()
    session.execute(delete(Curator).where(Curator.person_id == person_id))
    session.execute(delete(CuratorPage).where(CuratorPage.person_id == person_id))
    session.execute(update(Item).where(Item.added_by == person_id).values(added_by=None))
    session.execute(
        update(Declined).where(Declined.declined_by == person_id).values(declined_by=None)
    )
    session.execute(delete(Declined).where(Declined.person_id == person_id))


def _heir(session: Session, collection_id: int) -> int | None:
    """Return who has made a collection together with its owner for the longest."""
    joined = select(Curator.person_id).where(
        Curator.collection_id == collection_id, Curator.accepted_at.is_not(None)
    )
    return session.scalars(joined.order_by(Curator.accepted_at, Curator.person_id).limit(1)).first()


def listen(node: Node, session: Session, fact: ThingHidden) -> None:
    """Keep a collection or a curator's page from being seen, or show it again."""
    at = node.clock.now() if fact.hidden else None
    if (number := number_of(fact.subject, KIND)) is not None:
        found = session.get(Collection, number, with_for_update=True, populate_existing=True)
        if found is not None:
            _hide(node, session, found, hidden=fact.hidden)
    elif (number := number_of(fact.subject, PAGE)) is not None:
        page = session.get(CuratorPage, number, with_for_update=True, populate_existing=True)
        if page is not None:
            page.hidden_at = at


def _hide(node: Node, session: Session, found: Collection, *, hidden: bool) -> None:
    if hidden is (found.hidden_at is not None):
        return
    if hidden and found.public:
        tell_withdrawn(node, session, found)
    found.hidden_at = node.clock.now() if hidden else None
    session.flush()
    changed(session, KIND, found.id)
    if not hidden:
        tell_published(node, session, found)


KEPT = Keeping(
    "collections",
    Message("Collections and your page as a curator", {}),
    Message("what you chose and wrote, and who makes it with you", {}),
    Message("until you delete it, or close your account", {}),
    Message("our agreement with you (article 15 (1) 4)", {}),
)
