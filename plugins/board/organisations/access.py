"""Who may touch what of an organisation."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from ....core import members
from ....core.answers import Rule
from ....core.errors import Forbidden, NotFound
from ....core.models import Space
from ....core.node import Node
from ....core.web import allow, can, this_node

SEE = "board.see"
RUN = "board.run"
VERIFY = "board.verify"
MEMBER = "board.take_part"
OWNER = frozenset({"owner"})

RULES = (
    Rule(SEE, everyone=True),
    Rule(MEMBER, members=True),
    Rule(RUN, roles=OWNER),
    Rule(VERIFY, roles=frozenset({"steward"})),
)


def the_organisation(session: Session, slug: str) -> Space:
    """Return an organisation of this node that everyone may see; ``NotFound`` if there is none."""
    space = members.find_space(session, slug)
    if space is None or space.kind != "organisation" or space.home:
        raise NotFound("There is no such page here, or it was closed.")
    if space.closed_at is not None and not can(RUN, space.id):
        raise NotFound("There is no such page here, or it was closed.")
    return space


def own_organisation(session: Session, slug: str) -> Space:
    """Return an organisation that the viewer runs; stewards may help."""
    space = the_organisation(session, slug)
    allow(RUN, space.id)
    return space


def open_organisation(session: Session, space_id: int) -> Space:
    """Return the organisation of a thing that is to be seen; ``NotFound`` while it is closed."""
    space = session.get(Space, space_id)
    if space is None or (space.closed_at is not None and not can(RUN, space_id)):
        raise NotFound("There is no such page here, or it was closed.")
    return space


def refuse_closed(space: Space) -> None:
    """Raise ``Forbidden`` where the page is closed: nothing new is made there."""
    if space.closed_at is not None:
        raise Forbidden("This page is closed; only stewards see it.")


def zone(node: Node | None = None) -> ZoneInfo:
    """Return the node's zone, in which days and hours are told and typed."""
    return ZoneInfo((node or this_node()).settings.node.time_zone)
