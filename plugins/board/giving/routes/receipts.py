"""The receipt of a gift, on paper (Donations Act article 7 (2))."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import NotFound
from .....core.language import day, won
from .....core.paper import Facts, Paper, Paragraph, Sheet
from .....core.web import download, permitted, say, this_node, this_tongue
from ...campaigns import queries as campaigns
from ...campaigns.access import zone
from ...pages import blueprint
from .. import queries
from ..access import GIVE, MINE
from ..models import Gift
from ..rules import ARRIVED, receipt_number
from .giving import own_gift

_LONG_AGO = datetime(1970, 1, 2, tzinfo=UTC)


@blueprint.get("/me/gifts/<int:gift_id>/receipt.pdf")
@permitted(MINE)
def my_receipt(gift_id: int) -> Response:
    """Hand out the receipt of one's own gift."""
    with this_node().db.read() as session:
        return download(_paper(session, own_gift(session, gift_id)))


@blueprint.get("/gifts/<token>/receipt.pdf")
@permitted(GIVE)
def receipt(token: str) -> Response:
    """Hand out the receipt of a guest's gift to who has its link."""
    node = this_node()
    with node.db.read() as session:
        return download(_paper(session, queries.gift_by_token(session, token, node.clock.now())))


def _paper(session: Session, gift: Gift) -> Paper:
    appeal = queries.appeal_of(session, gift.campaign_id)
    if gift.receipt is None or gift.state != ARRIVED or gift.arrived_at is None or appeal is None:
        raise NotFound("There is no receipt for this gift.")
    campaign = campaigns.campaign_page(session, gift.campaign_id)
    language, came = this_tongue().language, gift.arrived_at
    number = receipt_number(gift.receipt, came.astimezone(zone()).year)
    facts = (
        (say("Given by"), gift.name),
        (say("Amount"), won(gift.amount, language)),
        (say("Arrived on"), day(came, zone(), language, now=_LONG_AGO)),
        (say("Given for"), campaign.title),
        (say("Organiser"), appeal.organiser),
        (say("Representative"), appeal.representative),
        (say("Contact"), appeal.contact),
        (say("Registration"), f"{appeal.office} {appeal.registration}".strip()),
    )
    tax = (
        say("The organiser says that this gift can lower your taxes. Please ask it for the form.")
        if appeal.tax_benefit
        else say("This receipt does not lower your taxes.")
    )
    title, aside = say("Receipt of a donation"), say("No. %(number)s", number=number)
    node = this_node().settings.node.name
    blocks = (Facts(facts), Paragraph(say("We have received this gift. Thank you.")),
              Paragraph(tax, "note"))  # fmt: skip
    sheet = Sheet(title, blocks, over=node, aside=aside)
    return Paper(f"{title} {number}", (sheet,), footer=f"{node} · {aside}")
