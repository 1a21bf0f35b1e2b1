"""The page of blocks: each step is a row of its own, so that it can be undone and looked up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import Refused
from .....core.node import Node
from .. import queries
from ..models import Edition
from ..queries import blocks_of, last_edition
from ..rules.blocks import Block, written

STEPS_KEPT = 200
"""Steps that can be undone; what was published is kept for good."""

_FASTER = "Somebody else has changed the page meanwhile. Please look at it once more."


def change(
    node: Node, session: Session, version: int, made: Callable[[Sequence[Block]], list[Block]], *,
    actor_id: int | None,
) -> Edition:  # fmt: skip
    """Change what is worked on; Refused if it is not ``version`` any more."""
    last = _last(session, version)
    text = written(made(blocks_of(last)))
    return _append(node, session, last, text, undoes=last.id if last else 0, actor_id=actor_id)


def undo(node: Node, session: Session, version: int, *, actor_id: int) -> Edition:
    """Go back by one step; again and again by one more."""
    last = _last(session, version)
    before = session.get(Edition, last.undoes) if last is not None else None
    if last is None or (before is None and last.undoes):
        raise Refused("There is nothing to undo.")
    if before is None and not blocks_of(last):
        raise Refused("There is nothing to undo.")
    text, undoes = (before.blocks, before.undoes) if before is not None else ("[]", 0)
    return _append(node, session, last, text, undoes=undoes, actor_id=actor_id)


def restore(
    node: Node, session: Session, version: int, edition_id: int, *, actor_id: int
) -> Edition:
    """Work on from an edition that was published."""
    old = queries.edition(session, edition_id)
    last = _last(session, version)
    return _append(
        node, session, last, old.blocks, undoes=last.id if last else 0, actor_id=actor_id
    )


def publish(node: Node, session: Session, version: int, *, actor_id: int | None) -> None:
    """Show everyone what is worked on."""
    last = _last(session, version)
    if last is None:
        raise Refused("There is nothing to publish yet.")
    if last.published_at is not None:
        return
    last.published_at, last.person_id = node.clock.now(), actor_id
    audit.record(
        session, "locality.page.published", at=node.clock.now(), person_id=actor_id,
        subject=("page", last.id),
    )  # fmt: skip


def _last(session: Session, version: int) -> Edition | None:
    last = last_edition(session)
    if (last.id if last else 0) != version:
        raise Refused(_FASTER)
    return last


def _append(
    node: Node, session: Session, last: Edition | None, text: str, *, undoes: int,
    actor_id: int | None,
) -> Edition:  # fmt: skip
    made = Edition(
        follows=last.id if last else 0, undoes=undoes, blocks=text, at=node.clock.now(),
        person_id=actor_id,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError as error:  # two at once: each row is followed by one
        raise Refused(_FASTER) from error
    old = select(Edition.id).where(Edition.published_at.is_(None))
    old = old.order_by(Edition.id.desc()).offset(STEPS_KEPT).limit(STEPS_KEPT)
    session.execute(
        delete(Edition)
        .where(Edition.id.in_(list(session.scalars(old))))
        .execution_options(synchronize_session=False)
    )
    return made
