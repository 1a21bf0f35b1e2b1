"""What public-interest goods add to pages of others: a campaign's, a product's, a seller's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.values import SpaceFace
from .....core.web import can, this_node
from ...campaigns.access import today
from ...campaigns.queries import AnyRow
from ...giving.queries import held
from ...pages import blueprint
from .. import queries
from ..access import AGREE


@blueprint.app_template_global("goods_part")
def goods_part(campaign: AnyRow) -> dict[str, Any]:
    """Return what the page of such a campaign shows: its products, and what they brought."""
    with this_node().db.look() as session:
        ties = queries.ties_of(session, campaign.id)
        return {"ties": ties, "held": held(session, campaign.id, campaign.space_id)}


def product_sections(session: Session, product_id: int) -> Sequence[Section]:
    """Return to which campaigns a part of a product's price goes."""
    ties = queries.of_product(session, product_id, today())
    return (Section("board/goods/product.html", {"ties": ties}, order=20),) if ties else ()


def space_sections(session: Session, space: SpaceFace) -> Sequence[Section]:
    """Return to which campaigns a seller gives, and what it is asked for if it is one's own."""
    if space.kind not in ("producer", "shop"):
        return ()
    own = can(AGREE, space.id)
    ties = queries.of_seller(session, space.id, today(), own=own)
    context = {"ties": ties, "own": own}
    return (Section("board/goods/seller.html", context, order=22),) if ties else ()
