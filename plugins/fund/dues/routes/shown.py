"""What the pages of membership share: telling why not, words of sums and days."""

from __future__ import annotations

from datetime import date

from .....core.errors import Forbidden, Invalid, NotFound, WizzleError
from .....core.values import Message
from .....core.web import this_node, told
from ...pages import blueprint
from ..actions.held import today
from ..models import MembershipKind
from ..rules import MONTH, YEAR


def tell(error: WizzleError) -> None:
    """Show on the next page why something was not done; what one may not do stays 403 or 404."""
    if isinstance(error, (Forbidden, NotFound)):
        raise error
    if not isinstance(error, Invalid):
        told(error.message.text, "problem", **error.message.values)
        return
    for messages in error.fields.values():
        for message in messages:
            told(message.text, "problem", **message.values)


def this_day() -> date:
    """Return the day that it is where the node stands."""
    return today(this_node())


@blueprint.app_template_filter("dues_of")
def dues_of(kind: MembershipKind) -> Message:
    """Return in words what is due for a kind of membership."""
    if kind.every == MONTH:
        return Message("%(won)s won a month", {"won": f"{kind.amount:,}"})
    if kind.every == YEAR:
        return Message("%(won)s won a year", {"won": f"{kind.amount:,}"})
    return Message("No dues", {})


@blueprint.app_template_filter("period_of")
def period_of(period: date) -> Message:
    """Return the month in which a period begins in words."""
    return Message("%(month)s/%(year)s", {"month": period.month, "year": period.year})
