"""What is typed about entries of the directory, places and the area."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from ....core.web.schemas import Trimmed, line
from .rules.needs import LAYERS, NEEDS


def _needs() -> fields.List[str]:
    return fields.List(
        fields.String(validate=validate.OneOf(list(NEEDS))), load_default=list,
        validate=validate.Length(max=len(NEEDS)),
    )  # fmt: skip


class OwnEntry(Trimmed):
    """The entry of a resident."""

    name = line(60, required=True)
    words = fields.String(load_default="", validate=validate.Length(max=600))
    street = line(40, load_default="")
    offer = _needs()
    seek = _needs()
    agree = fields.Boolean(load_default=False)


class SpaceEntry(Trimmed):
    """What a space says of itself besides its page."""

    words = fields.String(load_default="", validate=validate.Length(max=600))
    offer = _needs()
    seek = _needs()
    layer = fields.String(load_default="", validate=validate.OneOf(["", *LAYERS]))


class PlaceForm(Schema):
    """A position in degrees (WGS 84); both empty take the place off the map."""

    lat = fields.Float(load_default=None, allow_nan=False, validate=validate.Range(-85, 85))
    lon = fields.Float(load_default=None, allow_nan=False, validate=validate.Range(-180, 180))


class AreaForm(Trimmed):
    """What is said of a boundary: where it is from."""

    remark = line(200, load_default="")
