"""What shifts add to pages of others: a hub's, a round's, one's own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.node import Node
from .....core.values import SpaceFace, Viewer
from .....core.web import this_node
from ...pages import blueprint
from .. import queries
from ..queries import AnyRow


def space_sections(node: Node, session: Session, space: SpaceFace) -> list[Section]:
    """Return what helpers a hub looks for."""
    if space.kind != "hub":
        return []
    rows = queries.coming_shifts(session, node.clock.now(), hub_id=space.id, limit=5)
    if not rows:
        return []
    return [Section("assembly/shifts/section.html", {"shifts": rows, "space": space}, order=15)]


def my_sections(node: Node, session: Session, viewer: Viewer) -> list[Section]:
    """Return the shifts in which one helps."""
    rows = queries.my_shifts(session, viewer.id, node.clock.now())
    return [Section("assembly/shifts/mine.html", {"shifts": rows}, order=18)] if rows else []


@blueprint.app_template_global("round_shifts")
def round_shifts(cycle_id: int) -> Sequence[AnyRow]:
    """Return what helpers a round looks for, for its page."""
    node = this_node()
    with node.db.look() as session:
        return queries.coming_shifts(session, node.clock.now(), cycle_id=cycle_id, limit=5)
