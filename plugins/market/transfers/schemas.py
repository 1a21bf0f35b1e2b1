"""What a steward sends about deposits: a bank's file, and to whom a deposit belongs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from flask import request
from marshmallow import Schema, fields, validate

from ....core.errors import Invalid, Refused
from ....core.values import Message
from ..catalog.rules import tidy
from ..sheets import Table, read_table
from .rules import is_heading

MOST = 5 * 2**20
"""Bytes of a bank's file."""


class GiveForm(Schema):
    """The number of an order, or the e-mail address of a resident."""

    receiver = fields.String(required=True, validate=validate.Length(max=120))


@dataclass(frozen=True, slots=True)
class Brought:
    """A bank's file as it came; ``digest`` names its content."""

    name: str
    digest: str
    table: Table


def read_file(name: str, content: bytes) -> Brought:
    """Read a bank's file; Refused if it cannot be read."""
    table = read_table(content, name, known=is_heading)
    return Brought(tidy(name)[-120:], hashlib.sha256(content).hexdigest(), table)


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
