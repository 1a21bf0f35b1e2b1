"""The pages of this room."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.node import Node
from .....core.web import Signpost

SIGNPOSTS: tuple[Signpost, ...] = ()


def fund_sections(node: Node, session: Session) -> Sequence[Section]:
    """Return what of this room stands on the fund's first page."""
    return ()
