"""What several pages of claims share."""

from __future__ import annotations

from typing import Any

from flask import request

from .....core import pictures
from .....core.banks import BANKS, bank_in
from .....core.errors import Invalid, Refused
from .....core.pictures import Prepared
from .....core.web import this_tongue
from ..rules import Wish, receipts_fit

Typed = dict[str, Any]


def banks() -> list[tuple[str, str]]:
    """Return the banks to choose from, in the language of whoever asks."""
    return [(bank, bank_in(this_tongue().language, bank)) for bank in BANKS]


def wish_of(typed: Typed) -> Wish:
    """Return what a form says of a claim."""
    names = ("earmark_id", "purpose", "amount", "bought_on", "seller")
    return Wish(**{name: typed[name] for name in names})


def brought_receipts(*, needed: bool) -> list[Prepared]:
    """Return the photographs of this request, drawn anew; slow, so before any transaction."""
    sent = [each for each in request.files.getlist("receipts") if each.filename]
    if sent or needed:
        receipts_fit(len(sent))
    try:
        return [pictures.prepare(each.stream.read(pictures.MOST_BYTES + 1)) for each in sent]
    except Refused as error:
        raise Invalid({"receipts": [error.message]}) from error
