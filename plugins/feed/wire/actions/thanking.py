"""Thanking for something elsewhere, and passing it on, by those who are known there."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.addresses import subject_actor
from .....core.errors import NotFound, Refused
from .....core.facts import ThingPublished, ThingWithdrawn
from .....core.node import Node
from .....core.statements import insert_of
from .....core.talk import Letter
from .. import queries
from ..models import Answer, Copy, Neighbour

LIKE, SHARE = "like", "share"


def answer(node: Node, session: Session, person_id: int, copy_id: int, kind: str) -> None:
    """Thank for a copy, or pass it on; said once, however often it is pressed."""
    copy = session.get(Copy, copy_id, with_for_update=True)
    if copy is None or copy.hidden_at is not None:
        raise NotFound("This is not there any more.")
    if queries.presence(session, person_id) is None:
        raise Refused("Your name goes there with it: first let yourself be known elsewhere.")
    row: dict[str, Any] = {
        "person_id": person_id, "copy_id": copy.id, "kind": kind, "uri": "",
        "at": node.clock.now(),
    }  # fmt: skip
    insert = insert_of(session.get_bind().dialect.name)
    if not session.execute(insert(Answer).values(row).on_conflict_do_nothing()).rowcount:  # type: ignore[attr-defined]
        return
    held = queries.answer(session, person_id, copy.id, kind)
    if held is not None:
        _say(node, session, copy, held)


def _say(node: Node, session: Session, copy: Copy, held: Answer) -> None:
    if held.kind == LIKE:
        actor = subject_actor(node.settings.node.address, f"person:{held.person_id}")
        held.uri = f"{actor}/likes/{held.id}"
        _send(node, session, copy, held, _liking(held, actor, copy))
        return
    fact = ThingPublished(
        subject=f"share:{held.id}", kind=SHARE, author=f"person:{held.person_id}",
        title=copy.title or copy.text.partition("\n")[0][:120],
        path=f"/elsewhere/things/{copy.id}", at=held.at, text=copy.text, passed_on=copy.uri,
    )  # fmt: skip
    node.hooks.thing_published(node=node, session=session, fact=fact)


def _liking(held: Answer, actor: str, copy: Copy) -> dict[str, Any]:
    return {"id": held.uri, "type": "Like", "actor": actor, "object": copy.uri}


def _send(node: Node, session: Session, copy: Copy, held: Answer, said: dict[str, Any]) -> None:
    """Write to whose the thing is: its author, or the neighbour that it came by."""
    to = copy.author or session.get_one(Neighbour, copy.neighbour_id).address
    document = {"@context": "https://www.w3.org/ns/activitystreams", **said, "to": [to]}
    session.flush()
    letter = Letter(
        to=to, document=document, lane=f"like:{copy.uri}"[:200],
        sender=f"person:{held.person_id}", public=True,
    )  # fmt: skip
    if not node.hooks.send_document(node=node, session=session, letter=letter):
        raise Refused("This node is not connected to others.")


def take_back(node: Node, session: Session, person_id: int, copy_id: int, kind: str) -> None:
    """Thank no more, or pass on no more."""
    copy, held = session.get(Copy, copy_id), queries.answer(session, person_id, copy_id, kind)
    if copy is not None and held is not None:
        _end(node, session, copy, held)


def _end(node: Node, session: Session, copy: Copy, held: Answer) -> None:
    if held.kind == LIKE:
        actor = subject_actor(node.settings.node.address, f"person:{held.person_id}")
        liking = _liking(held, actor, copy)
        undo = {"id": f"{held.uri}/undo", "type": "Undo", "actor": actor, "object": liking}
        with suppress(Refused):  # nothing may be sent there any more, which ends it as well
            _send(node, session, copy, held, undo)
    else:
        fact = ThingWithdrawn(f"share:{held.id}", f"person:{held.person_id}", node.clock.now())
        node.hooks.thing_withdrawn(node=node, session=session, fact=fact)
    session.delete(held)
    session.flush()


def end_all(node: Node, session: Session, person_id: int) -> None:
    """Take back all that somebody has thanked for and passed on."""
    for held in session.scalars(select(Answer).where(Answer.person_id == person_id)).all():
        _end(node, session, session.get_one(Copy, held.copy_id), held)
