"""What people type about public-interest goods."""

from __future__ import annotations

import re

from marshmallow import ValidationError, fields, validate

from ....core.values import Message
from ....core.web.schemas import Trimmed
from ..campaigns.schemas import DAYS
from ..giving.schemas import Percent
from .rules import MOST_PER_UNIT

_NUMBER = re.compile(r"(?:.*/market/)?([0-9]{1,9})/?(?:[?#].*)?")


class Product(fields.Field[int]):
    """A product, by the address of its page or its number alone."""

    def _deserialize(self, value: object, attr: object, data: object, **kwargs: object) -> int:
        found = _NUMBER.fullmatch(str(value).strip())
        if found is None:
            raise ValidationError(
                [Message("Please copy the address of the product's page, as in /market/12.", {})]
            )
        return int(found[1])


class TieForm(Trimmed):
    """Asking a seller for a part of what a product brings."""

    product = Product(required=True)
    per_unit = fields.Integer(load_default=None, validate=validate.Range(1, MOST_PER_UNIT))
    rate_bp = Percent(load_default=None, validate=validate.Range(1, 10_000))
    from_on = fields.Date(required=True, validate=DAYS)
    until_on = fields.Date(required=True, validate=DAYS)
