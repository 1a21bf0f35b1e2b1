"""Whose news and events are written: those of a space that one runs, or of the node itself."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ...core import members
from ...core.errors import Forbidden, NotFound
from ...core.models import Space
from ...core.web import allow, can


@dataclass(frozen=True, slots=True)
class Desk:
    """A space that tells and invites, or the node (``id`` None)."""

    id: int | None
    slug: str
    name: str


THE_NODE = Desk(None, "", "")


@dataclass(frozen=True, slots=True)
class Right:
    """The two actions of one right: for a space, and for the node, which no space runs."""

    in_space: str
    on_node: str

    def held(self, space_id: int | None) -> bool:
        """Say whether the viewer may, for this space or for the node."""
        return can(self.on_node) if space_id is None else can(self.in_space, space_id)

    def check(self, space_id: int | None) -> None:
        """Refuse whoever may not."""
        if space_id is None:
            allow(self.on_node)
        else:
            allow(self.in_space, space_id)

    def desk(self, session: Session, slug: str | None) -> Desk:
        """Return the desk at which the viewer is about to write."""
        if slug is None:
            allow(self.on_node)
            return THE_NODE
        space = open_space(session, slug)
        allow(self.in_space, space.id)
        if space.home:
            raise Forbidden(members.RUN_ELSEWHERE)
        return Desk(space.id, space.slug, space.name)


def open_space(session: Session, slug: str) -> Space:
    """Return a space that everyone may see."""
    space = members.find_space(session, slug)
    if space is None or space.closed_at is not None or space.kind == "node":
        raise NotFound("There is no such page here, or it was closed.")
    return space
