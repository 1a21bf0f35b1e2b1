"""What the pages of imports take: a file, or one that was looked at and is to be taken in now."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from flask import request
from marshmallow import Schema, fields, validate

from ....core.errors import Invalid, Refused
from ....core.values import Message
from ..catalog.rules import tidy
from .rules import Table
from .tables import read_table

MOST = 1024 * 1024
"""Bytes of a file on the page: it travels back and forth until it is confirmed."""


class ImportForm(Schema):
    """What is in the file, and whether it was looked at and is to be taken in now."""

    kind = fields.String(
        load_default="products", validate=validate.OneOf(("producers", "products"))
    )
    confirmed = fields.Boolean(load_default=False)


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as it came, and as the confirming form carries it."""

    name: str
    content: bytes

    @property
    def held(self) -> str:
        return base64.urlsafe_b64encode(self.content).decode()

    def table(self) -> Table:
        """Read it; Invalid says at the field why it cannot be."""
        try:
            return read_table(self.content, self.name)
        except Refused as error:
            raise Invalid({"file": [error.message]}) from error


def brought_file() -> Brought:
    """Return the file of this request; Invalid if there is none or it is too large."""
    held = request.form.get("held")
    if held is not None:
        return Brought(tidy(request.form.get("name", ""))[:200], _bounded(_unwrapped(held)))
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid({"file": [Message("Please choose a file first.", {})]})
    return Brought(tidy(file.filename)[-200:], _bounded(file.read(MOST + 1)))


def _unwrapped(held: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(held)
    except (binascii.Error, ValueError) as error:
        raise Invalid({"file": [Message("Please choose the file again.", {})]}) from error


def _bounded(content: bytes) -> bytes:
    if len(content) > MOST:
        too_large = Message(
            "A file may have up to %(most)s MB here. Larger ones are taken in by the steward at "
            "the machine.",
            {"most": 1},
        )
        raise Invalid({"file": [too_large]})
    return content
