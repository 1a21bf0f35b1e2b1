"""What a steward sends about deposits: a bank's file, and to whom a deposit belongs."""

from __future__ import annotations

from flask import request
from marshmallow import Schema, fields, validate

from ....core.deposits import MOST_BYTES as MOST
from ....core.deposits import Brought, read_file
from ....core.errors import Invalid, Refused
from ....core.values import Message

__all__ = ["Brought", "GiveForm", "brought_file", "read_file"]


class GiveForm(Schema):
    """The number of an order, or the e-mail address of a resident."""

    receiver = fields.String(required=True, validate=validate.Length(max=120))


def brought_file() -> Brought:
    """Return the file of this request; Invalid if there is none, or none that can be read."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid({"file": [Message("Please choose a file first.", {})]})
    content = file.read(MOST + 1)
    if len(content) > MOST:
        raise Invalid({"file": [Message("A table may have %(most)s megabytes at most.",
                                        {"most": MOST // 2**20})]})  # fmt: skip
    try:
        return read_file(file.filename, content)
    except Refused as error:
        raise Invalid({"file": [error.message]}) from error
