"""What a phone sends, read entry by entry: one that cannot be read must not hold up the others."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from ....core.errors import Invalid
from ....core.values import Message
from .rules import MOST_OPERATIONS, Kind, Operation

_ID = 2**31 - 1
_WON = 2**53
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


def _whole(least: int, most: int, **more: Any) -> fields.Integer:
    checks = validate.Range(least, most)
    return fields.Integer(required="load_default" not in more, strict=True, validate=checks, **more)


def _plain(text: str) -> None:
    """Refuse signs that no keyboard types: a NUL or half a sign would stop the database."""
    if not all(sign.isprintable() for sign in text):
        raise ValidationError("Invalid value.")


def _words(most: int) -> fields.String:
    return fields.String(required=True, validate=(validate.Length(1, most), _plain))


class TickForm(Schema):
    """A bag or a line that lies ready, or not after all."""

    mark = fields.String(required=True, validate=validate.Regexp(r"(bag|line)-[1-9][0-9]{0,8}\Z"))
    on = fields.Boolean(required=True, truthy={True}, falsy={False})


class BagsForm(Schema):
    """Into how many bags an order is packed; ``was`` is what was shown."""

    bags = _whole(0, 30)
    was = _whole(0, 30)


class WeighForm(Schema):
    """Grams of what is ``delivered`` of a line; ``was`` is the weight that was shown."""

    line = _whole(1, _ID)
    grams = _whole(1, 1_000_000)
    delivered = _whole(1, 10_000)
    was = _whole(1, 10_000_000, load_default=None, allow_none=True)
    sure = fields.Boolean(load_default=False, truthy={True}, falsy={False})


class LessForm(Schema):
    """How many units there are of a line; ``was`` is what was shown."""

    line = _whole(1, _ID)
    delivered = _whole(0, 10_000)
    was = _whole(0, 10_000)
    reason = _words(300)


class BackForm(Schema):
    """Containers that were brought back, and which way their deposit goes."""

    container = _whole(1, _ID)
    number = _whole(1, 1_000)
    way = fields.String(required=True, validate=validate.OneOf(("balance", "cash")))


class HandForm(Schema):
    """The won that the phone said to take, and what was really given if it was another sum."""

    shown = _whole(0, _WON)
    cash = _whole(0, _WON, load_default=None, allow_none=True)
    early = fields.Boolean(load_default=False, truthy={True}, falsy={False})


class AbsentForm(Schema):
    """Why an order stays here."""

    reason = _words(300)


class WaitsForm(Schema):
    """Somebody came after all: there is nothing to say."""


FORMS: Mapping[Kind, type[Schema]] = {
    Kind.TICK: TickForm,
    Kind.BAGS: BagsForm,
    Kind.WEIGH: WeighForm,
    Kind.LESS: LessForm,
    Kind.BACK: BackForm,
    Kind.HAND: HandForm,
    Kind.ABSENT: AbsentForm,
    Kind.WAITS: WaitsForm,
}


class OperationForm(Schema):
    """One entry, whatever it is about."""

    uid = fields.String(required=True, validate=validate.Regexp(_UUID.pattern + r"\Z"))
    order = _whole(1, _ID)
    kind = fields.String(required=True, validate=validate.OneOf(list(Kind)))
    asked = fields.Dict(required=True)
    seen = _whole(0, _ID, load_default=None, allow_none=True)
    at = fields.String(load_default="", validate=(validate.Length(max=40), _plain))


def batch(data: bytes) -> tuple[int, list[Any]]:
    """Return whose entries a request holds, and these as they came; ``Invalid`` unless they are a
    list of few."""
    try:
        read = json.loads(data)
        person, found = read["person"], read["operations"]
    except (ValueError, KeyError, TypeError, RecursionError):
        person, found = None, None
    if type(person) is not int or not isinstance(found, list) or len(found) > MOST_OPERATIONS:
        raise Invalid({"operations": [_UNREADABLE]})
    return person, found


def operation(entry: Any) -> Operation | None:
    """Return an entry that can be read, None for any other."""
    try:
        found = OperationForm().load(entry, unknown=RAISE)
        kind = Kind(found["kind"])
        asked = FORMS[kind]().load(found["asked"], unknown=RAISE)
    except ValidationError:
        return None
    return Operation(found["uid"], found["order"], kind, asked, found["seen"], found["at"])


def uid_of(entry: Any) -> str | None:
    """Return the name of an entry that cannot be read, if at least that is one."""
    uid = entry.get("uid") if isinstance(entry, dict) else None
    return uid if isinstance(uid, str) and _UUID.fullmatch(uid) else None


_UNREADABLE = Message(
    "Your browser sent something that cannot be read. Please go back and try again.", {}
)
