"""What people may type about orders between nodes, and the plugin's own settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from marshmallow import Schema, fields, validate

from ....core.errors import Invalid
from ....core.host import explained
from ....core.values import Message
from .actions import Sent
from .models import TradeLine
from .rules.answering import CANCEL_REASONS
from .rules.bundles import WEIGHT


class SettingsSchema(Schema):
    """What a node may set for trade.

    ``confirm``: "stock" accepts at once what the stock suffices for, with "hand" a person does.
    ``producer_least``: basis points of the price that a producer here keeps at least; an order that
    leaves less is rejected, as its shares are said by whoever orders.
    ``change_hours``: so long before the day of collection begins, nothing can be changed any more.
    """

    confirm = fields.String(
        load_default="stock", validate=validate.OneOf(("stock", "hand")),
        metadata=explained(
            Message("Who confirms orders of other nodes", {}),
            Message("“stock”: at once, as far as the stock goes. “hand”: a person.", {}),
        ),
    )  # fmt: skip
    producer_least = fields.Integer(
        load_default=7_000, validate=validate.Range(0, 10_000), strict=True,
        metadata=explained(
            Message("What a producer here keeps at least, in hundredths of a per cent", {}),
            Message("An order of another node that leaves less is rejected. 7000 is 70 %.", {}),
        ),
    )  # fmt: skip
    change_hours = fields.Integer(
        load_default=12, validate=validate.Range(0, 168), strict=True,
        metadata=explained(
            Message("Hours before collection from which nothing can be changed", {})
        ),
    )  # fmt: skip


class ReasonSchema(Schema):
    """Why an order is cancelled."""

    reason = fields.String(required=True, validate=validate.OneOf(CANCEL_REASONS))


def sent_in(form: Mapping[str, str], lines: Iterable[TradeLine]) -> dict[int, Sent]:
    """Return what is sent of each line that was agreed: fields units-<no>, grams-<no>, lot-<no>.

    ``Invalid`` by field for what is no whole number.
    """
    sent: dict[int, Sent] = {}
    wrong: dict[str, list[Message]] = {}
    for line in lines:
        if not line.agreed:
            continue
        units = _number(form, f"units-{line.no}", wrong)
        grams = _number(form, f"grams-{line.no}", wrong) if line.sold_by == WEIGHT else None
        lot = " ".join(form.get(f"lot-{line.no}", "").split())[:60]
        sent[line.no] = Sent(units, grams, lot)
    if wrong:
        raise Invalid(wrong)
    return sent


def _number(form: Mapping[str, str], name: str, wrong: dict[str, list[Message]]) -> int:
    typed = form.get(name, "").replace(",", "").strip()
    if typed.isascii() and typed.isdecimal() and len(typed) < 9:
        return int(typed)
    wrong[name] = [Message("Please give a whole number.", {})]
    return 0
