"""The kinds of notices that this plugin tells; each room adds its own."""

from __future__ import annotations

from ...core.answers import NoticeKind
from ...core.values import Message

NEIGHBOUR = NoticeKind(
    "locality.neighbour",
    Message("My confirmation as a neighbour", {}),
    Message("Somebody confirmed you, or the confirmation ends soon.", {}),
    default="now",
    order=60,
)
CHARTER = NoticeKind(
    "locality.charter",
    Message("Our charter", {}),
    Message("A new version of the charter that you agreed to is in force.", {}),
    order=62,
)
KINDS = (NEIGHBOUR, CHARTER)
