"""Who may read and write news, on a page and for a program alike."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ....core import members
from ....core.answers import Rule
from ....core.errors import Forbidden, NotFound
from ....core.models import Space
from ....core.values import STEWARD
from ....core.web import allow, can
from . import queries
from .queries import AnyRow
from .queries.rows import is_public

SEE = "locality.news.see"
WRITE = "locality.news.write"
WRITE_NODE = "locality.news.write_node"
RULES = (
    Rule(SEE, everyone=True),
    Rule(WRITE, roles=frozenset({"owner", "activist"})),
    # News of the node itself: no space, and so nobody but those who run the node.
    Rule(WRITE_NODE, roles=frozenset({STEWARD})),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose news are written: a space's, or the node's (``id`` None)."""

    id: int | None
    slug: str
    name: str


THE_NODE = Desk(None, "", "")


def may_write(space_id: int | None) -> bool:
    """Say whether the viewer writes the news of this space, or of the node."""
    return can(WRITE_NODE) if space_id is None else can(WRITE, space_id)


def check_writes(space_id: int | None) -> None:
    """Refuse whoever does not."""
    if space_id is None:
        allow(WRITE_NODE)
    else:
        allow(WRITE, space_id)


def desk_of(session: Session, slug: str | None) -> Desk:
    """Return whose news the viewer is about to write: a space's by its slug, or the node's."""
    if slug is None:
        allow(WRITE_NODE)
        return THE_NODE
    space = open_space(session, slug)
    allow(WRITE, space.id)
    if space.home:
        raise Forbidden(members.RUN_ELSEWHERE)
    return Desk(space.id, space.slug, space.name)


def open_space(session: Session, slug: str) -> Space:
    """Return a space that everyone may see."""
    space = members.find_space(session, slug)
    if space is None or space.closed_at is not None or space.kind == "node":
        raise NotFound("There is no such page here, or it was closed.")
    return space


def own_news(session: Session, news_id: int) -> AnyRow:
    """Return news that the viewer writes; a stranger learns not even that a draft is there."""
    row = queries.news_page(session, news_id)
    if not is_public(row) and not may_write(row.space_id):
        raise NotFound("There are no such news.")
    check_writes(row.space_id)
    return row
