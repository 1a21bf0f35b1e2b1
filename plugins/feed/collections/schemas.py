"""What people type about collections."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from ....core.web.schemas import Trimmed, email, line


class CollectionForm(Trimmed):
    """A collection; ``caption`` says what is on its picture."""

    title = line(80, required=True)
    intro = fields.String(load_default="", validate=validate.Length(max=2_000))
    caption = line(200, load_default="")
    version = fields.Integer(load_default=0)


class NewCollectionForm(CollectionForm):
    """The same for the first time, under the key of the form."""

    idempotency_key = fields.String(required=True, validate=validate.Length(1, 60))


class ReasonForm(Trimmed):
    """Why something was chosen: a sentence or two, whose ends of lines do not matter."""

    reason = fields.String(required=True, validate=validate.Length(max=300))

    @post_load
    def _in_one_line(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "reason": " ".join(data["reason"].split())}


class ItemForm(ReasonForm):
    """The same of what stands in a collection, and at which place, counted from 1."""

    place = fields.Integer(required=True, validate=validate.Range(1, 1_000))


class AddForm(ReasonForm):
    """A thing for one of one's collections."""

    to = fields.Integer(required=True, validate=validate.Range(1, 2**31 - 1))


class PlaceForm(ReasonForm):
    """A place in words."""

    title = line(120, required=True)
    address = line(200, load_default="")


class InviteForm(Trimmed):
    """Whom to ask to make a collection together, or to choose for the week."""

    email = email(required=True)


class CuratorForm(Trimmed):
    """What somebody says of themselves as one who collects."""

    words = fields.String(load_default="", validate=validate.Length(max=500))
    shown = fields.Boolean(load_default=False)


class StepForm(Schema):
    """Where an item goes in its collection."""

    step = fields.String(required=True, validate=validate.OneOf(["up", "down", "first", "last"]))
