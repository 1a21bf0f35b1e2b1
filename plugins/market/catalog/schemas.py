"""What sellers type about their goods, and how it is read: prices, units, stock as people write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from ....core.errors import Invalid, Refused
from ....core.host import explained
from ....core.values import Message
from .actions import Draft
from .rules import (
    LONGEST_NUMBER,
    PIECE,
    WEIGHT,
    Unit,
    check_piece,
    joined,
    parse_certification,
    parse_count,
    parse_day,
    parse_grams,
    parse_sold_by,
    parse_stock,
    parse_tax,
    parse_unit,
    parse_won,
    tidy,
)

Read = TypeVar("Read")

_NO_ORIGIN = Message("Please say where it was grown or made.", {})

LENGTHS = {
    "name": 80, "variant": 40, "category": 30, "origin": 120, "storage": 20, "unit": 40,
    "caption": 200, "certificate_number": LONGEST_NUMBER,
}  # fmt: skip
MOST_TITLE = 80
"""Letters of the name with the variant in brackets behind it."""

MOST_WORDS = 2000
"""The longest description, in letters."""


class SettingsSchema(Schema):
    """What a node may set for the market."""

    page_size = fields.Integer(
        load_default=20, validate=validate.Range(4, 100), strict=True,
        metadata=explained(Message("Goods on one page", {})),
    )  # fmt: skip
    difference_up_to = fields.Integer(
        load_default=10_000, validate=validate.Range(0, 100_000), strict=True,
        metadata=explained(
            Message("Difference that may be taken at hand-over, in won", {}),
            Message("More or less than asked goes to the resident's balance.", {}),
        ),
    )  # fmt: skip
    bank = fields.String(
        load_default="", validate=validate.Length(max=20),
        metadata=explained(
            Message("Bank", {}),
            Message("With an account residents can choose a transfer when they order.", {}),
        ),
    )  # fmt: skip
    bank_account = fields.String(
        load_default="", validate=validate.Length(max=30),
        metadata=explained(Message("Account number", {})),
    )  # fmt: skip
    bank_holder = fields.String(
        load_default="", validate=validate.Length(max=40),
        metadata=explained(Message("Account holder", {})),
    )  # fmt: skip

    @validates_schema
    def whole_account(self, data: Mapping[str, Any], **_: Any) -> None:
        """A bank account that residents pay into is told with all of its three parts."""
        parts = ("bank", "bank_account", "bank_holder")
        missing = [name for name in parts if not data[name]]
        if 0 < len(missing) < len(parts):
            raise ValidationError(
                {name: [Message("A bank account needs all of its three parts.", {})]
                 for name in missing}
            )  # fmt: skip


class ProductForm(Schema):
    """The fields of a product as they are typed."""

    name = fields.String(load_default="")
    category = fields.String(load_default="")
    unit = fields.String(load_default="")
    price = fields.String(load_default="")
    tax_class = fields.String(load_default="")
    origin = fields.String(load_default="")
    storage = fields.String(load_default="")
    other_storage = fields.String(load_default="")
    variant = fields.String(load_default="")
    sold_by = fields.String(load_default=PIECE)
    expected = fields.String(load_default="")
    allergens = fields.List(fields.String(), load_default=list)
    certification = fields.String(load_default="")
    certificate_number = fields.String(load_default="")
    certificate_until = fields.String(load_default="")
    container_id = fields.Integer(load_default=None, validate=validate.Range(min=1, max=2**31 - 1))
    minimum = fields.String(load_default="1")
    step = fields.String(load_default="1")
    description = fields.String(load_default="")
    caption = fields.String(load_default="")
    version = fields.Integer(load_default=0)


class NewProductForm(ProductForm):
    """A product that is offered for the first time, with its stock."""

    stock = fields.String(load_default="")


class StockForm(Schema):
    """A new stock, and the one that the seller saw when typing it."""

    stock = fields.String(load_default="")
    was = fields.String(load_default="")


class DayForm(StockForm):
    """The price and stock of one product, with the version that the seller saw."""

    price = fields.String(load_default="")
    version = fields.Integer(load_default=0)


class _Reading:
    """Reads one field after the other and gathers everything that is wrong."""

    def __init__(self, typed: Mapping[str, Any]) -> None:
        self.typed = typed
        self.problems: dict[str, list[Message]] = {}

    def read(self, name: str, parse: Callable[[str], Read], instead: Read) -> Read:
        try:
            return parse(str(self.typed.get(name, "")))
        except Refused as error:
            self.problems.setdefault(name, []).append(error.message)
            return instead

    def words(self, name: str, *, required: Message | None = None) -> str:
        text = tidy(str(self.typed.get(name, "")))
        if not text and required:
            self.problems[name] = [required]
        if len(text) > LENGTHS[name]:
            too_long = Message("Please use at most %(most)s letters.", {"most": LENGTHS[name]})
            self.problems[name] = [too_long]
        return text

    def wrong(self, name: str, why: Message) -> None:
        """Note one problem more, unless something is wrong with this field already."""
        self.problems.setdefault(name, [why])

    def finish(self) -> None:
        if self.problems:
            raise Invalid(self.problems)


def read_draft(typed: Mapping[str, Any]) -> Draft:
    """Make a product of what was typed; Invalid with every field that cannot be read."""
    reading = _Reading(typed)
    unit = reading.read("unit", parse_unit, None)
    draft = Draft(
        name=reading.words("name", required=Message("Please give the product a name.", {})),
        unit_code=unit.code if unit else "",
        unit_label=reading.words("unit"),
        price=reading.read("price", parse_won, 0),
        category=reading.words("category", required=Message("Please choose a kind of goods.", {})),
        description=reading.read("description", _described, ""),
        tax_class=reading.read("tax_class", _tax, ""),
        # Act on Origin Labelling of Agricultural and Fishery Products, article 5.
        origin=reading.words(
            "origin", required=Message("Please say where it was grown or made.", {})
        ),
        storage=reading.words("storage"),
        minimum=reading.read("minimum", parse_count, 1),
        step=reading.read("step", parse_count, 1),
        variant=reading.words("variant"),
        allergens=joined(typed.get("allergens") or ()),
        container_id=typed.get("container_id"),
        **_weighed(reading, unit),
        **_certified(reading),
    )
    if draft.variant and len(draft.name) + len(draft.variant) + 3 > MOST_TITLE:
        reading.wrong("variant", Message("Name and size are too long together.", {}))
    reading.finish()
    return draft


def _weighed(reading: _Reading, unit: Unit | None) -> dict[str, Any]:
    sold_by = reading.read("sold_by", lambda text: parse_sold_by(text or PIECE), PIECE)
    if sold_by != WEIGHT:
        return {"sold_by": PIECE, "expected_g": None}
    if unit is not None:
        reading.read("unit", lambda _: check_piece(unit), None)
    return {"sold_by": sold_by, "expected_g": reading.read("expected", parse_grams, None)}


def _certified(reading: _Reading) -> dict[str, Any]:
    """Read a certification: with its number and its last day, or none at all."""
    kind = reading.read("certification", parse_certification, "")
    if not kind:
        return {"certification": "", "certificate_number": "", "certificate_until": None}
    number = reading.words(
        "certificate_number", required=Message("Please give the number of the certificate.", {})
    )
    until = reading.read("certificate_until", parse_day, None)
    if until is None:
        reading.wrong("certificate_until", Message("Please say until when it is valid.", {}))
    return {"certification": kind, "certificate_number": number, "certificate_until": until}


def read_stock(text: str) -> int | None:
    """Read a stock; an empty field means on demand. Refused if it is no number of units."""
    return parse_stock(text).quantity if text.strip() else None


def read_day(typed: Mapping[str, Any]) -> tuple[int, int | None, int | None]:
    """Read the price of a product, its stock, and the stock that was shown; Invalid as
    ``read_draft``."""
    reading = _Reading(typed)
    price = reading.read("price", parse_won, 0)
    stock = reading.read("stock", read_stock, None)
    reading.finish()
    return price, stock, read_stock(str(typed["was"]))


def read_new(typed: Mapping[str, Any]) -> tuple[Draft, int | None]:
    """Read a product offered for the first time, with its stock; Invalid as ``read_draft``."""
    reading = _Reading(typed)
    stock = reading.read("stock", read_stock, None)
    try:
        draft = read_draft(typed)
    except Invalid as error:
        raise Invalid({**error.fields, **reading.problems}) from error
    reading.finish()
    return draft, stock


def _described(text: str) -> str:
    lines = [tidy(line) for line in text.splitlines()]
    shown = "\n".join(lines).strip()
    if len(shown) > MOST_WORDS:
        raise Refused("Please use at most %(most)s letters.", most=MOST_WORDS)
    return shown


def _tax(text: str) -> str:
    if not text:
        raise Refused("Please say whether the price includes value added tax.")
    return parse_tax(text).value
