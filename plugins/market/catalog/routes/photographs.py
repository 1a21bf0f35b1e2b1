"""The picture that comes with the form of a product."""

from __future__ import annotations

from flask import request
from sqlalchemy.orm import Session

from .....core import pictures
from .....core.errors import Invalid, Refused
from .....core.pictures import Prepared
from .....core.web import this_node
from ..actions import Hand


def brought_picture() -> Prepared | None:
    """Return the picture of this request, drawn anew; Invalid says at its field why it cannot be.

    Slow, and so done before the transaction.
    """
    brought = request.files.get("picture")
    if brought is None or not brought.filename:
        return None
    try:
        return pictures.prepare(brought.read())
    except Refused as error:
        raise Invalid({"picture": [error.message]}) from error


def kept_picture(
    session: Session, prepared: Prepared | None, caption: str, hand: Hand
) -> int | None:
    """Keep a picture and return its id, None if none came."""
    if prepared is None:
        return None
    kept = pictures.keep(
        session,
        this_node(),
        prepared,
        caption=caption,
        owner_id=hand.person_id,
        at=hand.at,
    )
    return kept.id
