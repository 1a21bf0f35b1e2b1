"""Times and refusals on pages of events."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from .....core.errors import Forbidden, Invalid, WizzleError
from .....core.web import this_node, told


def zone() -> ZoneInfo:
    """Return the node's time zone."""
    return ZoneInfo(this_node().settings.node.time_zone)


def tell(error: WizzleError) -> None:
    """Show on the next page why something was not done; what one may not do at all stays 403."""
    if isinstance(error, Forbidden):
        raise error
    found = [error.message]
    if isinstance(error, Invalid):
        found = [message for messages in error.fields.values() for message in messages]
    for message in found:
        told(message.text, "problem", **message.values)
