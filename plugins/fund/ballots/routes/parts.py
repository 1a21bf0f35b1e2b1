"""What votes show on other pages."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.node import Node
from .....core.web import Signpost

SIGNPOSTS: tuple[Signpost, ...] = ()


def fund_sections(node: Node, session: Session) -> Sequence[Section]:
    """Return the votes in which one can take part now."""
    return ()
