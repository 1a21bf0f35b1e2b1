"""Making a collection together, showing oneself as a curator, and who chooses for the week."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from .....core import audit, members
from .....core.auth.attempts import Limit, count
from .....core.errors import Forbidden, NotFound, Refused, TooMany
from .....core.node import Node
from .....core.notices import Notice, tell
from .....core.values import Message, Viewer
from ...circles import faces_of
from ...circles.queries import are_apart
from ..models import Collection, Curator, CuratorPage
from ..rules import EDITOR, MOST_CURATORS, subject_of
from .held import locked, record
from .telling import ASKED, tell_published, tell_withdrawn

INVITED = Limit("asked to curate by", most=30, minutes=24 * 60)


def invite(node: Node, session: Session, viewer: Viewer, collection_id: int, email: str) -> None:
    """Ask somebody to make a collection together.

    Nothing tells whether somebody has this address: who asks learns it when they accept.
    """
    found = locked(session, viewer, collection_id)
    held = session.scalar(select(func.count()).where(Curator.collection_id == found.id)) or 0
    if held >= MOST_CURATORS:
        raise Refused("At most %(most)s people make a collection together.", most=MOST_CURATORS + 1)
    if not count(session, INVITED, str(viewer.id), at=node.clock.now()):
        raise TooMany("You have asked many people today. Please go on tomorrow.")
    person = members.find_proven(session, email)
    if person is None or person.id in (viewer.id, found.owner_id):
        return
    if are_apart(session, viewer.id, person.id):
        return
    if session.get(Curator, (found.id, person.id)) is not None:
        return
    session.add(Curator(collection_id=found.id, person_id=person.id, invited_at=node.clock.now()))
    session.flush()
    asks = faces_of(session, [viewer.id])[viewer.id].name
    notice = Notice(
        kind=ASKED.name,
        title=Message("%(name)s asks you to make the collection “%(title)s” together",
                      {"name": asks, "title": found.title}),
        text=Message("Say yes or no on the page of your collections.", {}),
        url="/me/collections",
        key=f"feed.curating:{found.id}",
        subject=subject_of(found.id),
        heading=found.title,
    )  # fmt: skip
    tell(node, session, person.id, notice)
    record(node, session, "asked", found.id, viewer.id, whom=person.id)


def answer(
    node: Node, session: Session, viewer: Viewer, collection_id: int, *, accepted: bool
) -> None:
    """Accept to make a collection together, or not; also to stop doing so."""
    found = session.get(Curator, (collection_id, viewer.id), with_for_update=True)
    if found is None:
        raise NotFound("You are not asked any more.")
    if accepted:
        found.accepted_at = found.accepted_at or node.clock.now()
    else:
        session.delete(found)
    record(node, session, "joined" if accepted else "left", collection_id, viewer.id)


def part(node: Node, session: Session, viewer: Viewer, collection_id: int, person_id: int) -> None:
    """Let somebody make a collection no more; only who began it, or another editor, can."""
    found = locked(session, viewer, collection_id)
    if found.week is None and found.owner_id != viewer.id:
        raise Forbidden("Only who began this collection can do this.")
    session.execute(
        delete(Curator).where(Curator.collection_id == found.id, Curator.person_id == person_id)
    )
    record(node, session, "parted", found.id, viewer.id, whom=person_id)


def show_curator(node: Node, session: Session, person_id: int, words: str, *, shown: bool) -> None:
    """Let one's name, words and public collections be seen on a page, or no more."""
    page = session.get(CuratorPage, person_id, with_for_update=True)
    if page is None:
        page = CuratorPage(person_id=person_id, words="", shown=False, changed_at=node.clock.now())
        session.add(page)
    if page.shown is not shown:
        _turn(node, session, page, shown=shown)
    page.words, page.changed_at = words, node.clock.now()
    session.flush()


def _turn(node: Node, session: Session, page: CuratorPage, *, shown: bool) -> None:
    """Show a name or hide it: what is public is told anew, under the name or without it."""
    own = select(Collection).where(
        Collection.owner_id == page.person_id, Collection.public.is_(True),
        Collection.week.is_(None), Collection.hidden_at.is_(None),
    )  # fmt: skip
    public = session.scalars(own.order_by(Collection.id)).all()
    for each in public:
        tell_withdrawn(node, session, each)
    page.shown = shown
    session.flush()
    for each in public:
        tell_published(node, session, each)


def choose_editor(node: Node, session: Session, viewer: Viewer, email: str) -> None:
    """Let somebody choose for the week; Refused unless they have shown to read their mail."""
    person = members.find_proven(session, email)
    if person is None:
        raise Refused(
            "Nobody here has shown that this address is theirs. Please ask them to join and to "
            "check their e-mail address first."
        )
    if members.grant(session, person.id, EDITOR, at=node.clock.now()):
        _audited(node, session, viewer, "role.granted", person.id)


def drop_editor(node: Node, session: Session, viewer: Viewer, person_id: int) -> None:
    """Let somebody choose for the week no more."""
    if members.revoke(session, person_id, EDITOR):
        _audited(node, session, viewer, "role.revoked", person_id)


def _audited(node: Node, session: Session, viewer: Viewer, action: str, person_id: int) -> None:
    audit.record(
        session, action, at=node.clock.now(), person_id=viewer.id, subject=("person", person_id),
        role=EDITOR,
    )  # fmt: skip
