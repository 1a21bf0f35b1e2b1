"""What the API of goods gives and takes."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate
from marshmallow.utils import get_value

from .....core.web import picture_url
from .....core.web.api import Asked, Moment, Won, described, mark
from ..queries import stock_state
from ..rules import MAX_PRICE, MAX_STOCK


class SellerSchema(Schema):
    """Who sells something, with the identity that buyers are told (E-Commerce Act article 13)."""

    slug = fields.String()
    kind = fields.String()
    name = fields.String()
    representative = fields.String()
    address = fields.String()
    phone = fields.String()
    email = fields.String()
    business_number = fields.String()
    mail_order_number = fields.String()
    home = fields.String(
        metadata=described(
            mark("Where the seller is at home, if that is another node; else empty.")
        )
    )


class Tile(Schema):
    """A product as lists show it."""

    id = fields.Integer()
    name = fields.String()
    variant = fields.String(
        metadata=described(mark("What tells it from others of its kind: a size."))
    )
    price = Won(
        metadata=described(mark("In won: of one unit, or of a kilogram if sold by weight."))
    )
    unit = fields.String(
        attribute="unit_label", metadata=described(mark("As the seller writes it."))
    )
    sold_by = fields.String(metadata=described(mark("piece or weight.")))
    expected_g = fields.Integer(
        allow_none=True, metadata=described(mark("What a piece weighs about, in grams, or null."))
    )
    stock_state = fields.Function(
        lambda good: _state(good),
        metadata=described(mark("out, few, or empty if there is enough."), type="string"),
    )
    left = fields.Function(
        lambda good: get_value(good, "stock") if _state(good) else None,
        metadata=described(
            mark("What is left of it if that is little, or null."), type=["integer", "null"]
        ),
    )
    picture_url = fields.Function(
        lambda good: picture_url(digest) if (digest := get_value(good, "picture")) else None,
        metadata=described(mark("A picture of it, or null."), type=["string", "null"]),
    )


def _state(good: Any) -> str:
    """Return how much is left; a product is a row of a query, or what was made of one."""
    return stock_state(get_value(good, "stock"), get_value(good, "minimum"))


class ProductTile(Tile):
    """A product of the catalogue as lists show it."""

    seller = fields.Function(
        lambda row: {"slug": row.seller_slug, "name": row.seller},
        metadata=described(
            mark("Who sells it: slug and name."),
            type="object",
            properties={"slug": {"type": "string"}, "name": {"type": "string"}},
        ),
    )


class PickUpSchema(Schema):
    """A place where what is ordered can be collected; its host is named in an order."""

    host_id = fields.Integer()
    place = fields.String()
    address = fields.String()
    collect_from = Moment(allow_none=True)
    collect_until = Moment(allow_none=True)


class OfferSchema(Schema):
    """An occasion at which a product can be ordered, and who gets what of the price of one."""

    occasion = fields.String(
        attribute="terms.occasion",
        metadata=described(mark("The name of the occasion, for an order.")),
    )
    title = fields.String(attribute="terms.title")
    cut_off = Moment(
        attribute="terms.cut_off",
        allow_none=True,
        metadata=described(mark("Until when it can be ordered and changed, or null.")),
    )
    url = fields.String(attribute="terms.url")
    pick_ups = fields.List(fields.Nested(PickUpSchema))
    producer = Won(metadata=described(mark("What the seller gets of one, in won.")))
    activist = Won(metadata=described(mark("What the activist of the hub gets of one, in won.")))
    centre = Won(metadata=described(mark("What the operating centre gets of one, in won.")))


class CertificateSchema(Schema):
    """A certificate that holds today."""

    kind = fields.String()
    number = fields.String()
    until = fields.Date(allow_none=True)


class ProductSchema(Tile):
    """A product with everything that its page tells."""

    category = fields.String()
    description = fields.String()
    origin = fields.String()
    storage = fields.String()
    tax_class = fields.String(metadata=described(mark("exempt or taxed.")))
    allergens = fields.List(fields.String())
    certificate = fields.Nested(CertificateSchema, allow_none=True)
    minimum = fields.Integer(metadata=described(mark("The least that can be ordered.")))
    step = fields.Integer(metadata=described(mark("By how much a quantity goes up.")))
    deposit = Won(allow_none=True, metadata=described(mark("For the container of one, or null.")))
    listed = fields.Boolean()
    seller = fields.Nested(SellerSchema)
    offers = fields.List(fields.Nested(OfferSchema))


class OwnProduct(Tile):
    """A product as its seller sees it."""

    category = fields.String()
    minimum = fields.Integer()
    stock = fields.Integer(
        allow_none=True,
        metadata=described(mark("Units that can still be ordered; null is on demand.")),
    )
    listed = fields.Boolean(metadata=described(mark("Whether it stands in the catalogue.")))
    back_at = Moment(
        allow_none=True, metadata=described(mark("When it comes back by itself, or null."))
    )
    version = fields.Integer(metadata=described(mark("Rises with every change by the seller.")))


class ProductsAsked(Asked):
    """Listed goods: all, of a category, of a seller, or with these words in their names."""

    category = fields.String(load_default=None, validate=validate.Length(1, 30))
    seller = fields.String(
        load_default=None,
        validate=validate.Length(1, 80),
        metadata=described(mark("The slug of a producer or shop.")),
    )
    q = fields.String(
        load_default="",
        validate=validate.Length(max=60),
        metadata=described(mark("Words in the name of the goods or of the seller.")),
    )
    cursor = Asked.cursor_of(str, int)


class OwnAsked(Asked):
    """A seller's own goods."""

    cursor = Asked.cursor_of(str, int)


class DaySchema(Schema):
    """A price, a stock, or both; what is not named stays as it is."""

    version = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(0, 2**31 - 1),
        metadata=described(mark("The version that was seen; with another nothing is changed.")),
    )
    price = Won(validate=validate.Range(1, MAX_PRICE))
    stock = fields.Integer(
        strict=True,
        allow_none=True,
        validate=validate.Range(0, MAX_STOCK),
        metadata=described(mark("Units that can still be ordered; null is on demand.")),
    )
    was = fields.Integer(
        strict=True,
        allow_none=True,
        validate=validate.Range(0, MAX_STOCK),
        metadata=described(
            mark("The stock that was seen, needed with `stock`: somebody may order meanwhile.")
        ),
    )
