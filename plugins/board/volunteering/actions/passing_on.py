"""The agreement that an organisation may pass hours on to a public portal of volunteering."""

from __future__ import annotations

from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Space
from .....core.node import Node
from ..models import PortalConsent
from .held import record

VERSION = "1"
"""Of what is agreed to, as the page says it: who gets what, what for, how long, and that one may
refuse (Personal Information Protection Act article 17 (2))."""


def let_pass_on(
    node: Node, session: Session, person_id: int, space_id: int, *, portal_name: str
) -> None:
    """Agree that this organisation passes one's hours on; what was agreed before ends."""
    space = session.get(Space, space_id)
    if space is None or space.kind != "organisation":
        raise NotFound("There is no such page here, or it was closed.")
    _end(node, session, person_id, space_id)
    consent = PortalConsent(
        space_id=space_id, person_id=person_id, version=VERSION, portal_name=portal_name,
        given_at=node.clock.now(),
    )  # fmt: skip
    session.add(consent)
    session.flush()
    record(node, session, "portal.agreed", ("space", space_id), person_id)


def stop_passing_on(node: Node, session: Session, person_id: int, space_id: int) -> None:
    """Take the agreement back."""
    _end(node, session, person_id, space_id)
    record(node, session, "portal.ended", ("space", space_id), person_id)


def _end(node: Node, session: Session, person_id: int, space_id: int) -> None:
    session.execute(
        update(PortalConsent)
        .where(
            PortalConsent.person_id == person_id, PortalConsent.space_id == space_id,
            PortalConsent.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=node.clock.now())
        .execution_options(synchronize_session=False)
    )  # fmt: skip


def note_passing_on(
    node: Node, session: Session, space_id: int, *, lines: int, since: date, actor_id: int
) -> None:
    """Write down that an organisation took a file for a portal: who, when, how many lines."""
    record(
        node, session, "portal.taken", ("space", space_id), actor_id, lines=lines,
        month=f"{since:%Y-%m}",
    )  # fmt: skip
