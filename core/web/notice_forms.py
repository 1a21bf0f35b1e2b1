"""The form in which somebody chooses how they are told: a field for each way of each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields, validate

from .. import notices
from ..answers import NoticeKind
from ..node import Node
from ..values import Viewer

HOURS = tuple(range(24))


class BrowserKeys(Schema):
    """What a browser gives of itself when it is ready to take messages."""

    endpoint = fields.String(required=True, validate=validate.Length(max=1_000))
    public = fields.String(required=True, validate=validate.Length(max=100))
    auth = fields.String(required=True, validate=validate.Length(max=40))


def names_of(kind: NoticeKind) -> tuple[str, str, str]:
    """Return the names of the fields of a kind: mail, bell and push."""
    # A name with a dot would be read as one field inside of another.
    name = kind.name.replace(".", "-")
    return f"mail-{name}", f"bell-{name}", f"push-{name}"


def kinds_for(node: Node, viewer: Viewer) -> list[NoticeKind]:
    """Return the kinds that can concern somebody, in their order."""
    return [kind for kind in notices.kinds_of(node).values() if notices.concerns(kind, viewer)]


def schema_for(kinds: Sequence[NoticeKind]) -> Schema:
    """Return the schema of the form for these kinds."""
    found: dict[str, fields.Field[Any]] = {
        "at_night": _box(),
        "quiet_from": _hour(notices.Times().quiet_from),
        "quiet_until": _hour(notices.Times().quiet_until),
        "digest_at": _hour(notices.Times().digest_at),
        "digest": _box(),
    }
    for kind in kinds:
        mails = [mail for mail in notices.MAILS if mail != notices.OFF or not kind.essential]
        mail, bell, push = names_of(kind)
        found[mail] = fields.String(required=True, validate=validate.OneOf(mails))
        found[bell] = found[push] = _box()
    made: Any = Schema.from_dict(found)
    schema: Schema = made()
    return schema


def _box() -> fields.Boolean:
    return fields.Boolean(load_default=False)


def _hour(otherwise: int) -> fields.Integer:
    return fields.Integer(load_default=otherwise, validate=validate.OneOf(HOURS))


def initial(
    kinds: Sequence[NoticeKind], ways: Mapping[str, notices.Way], times: notices.Times
) -> dict[str, Any]:
    """Return what the form shows at first."""
    house, at_night = notices.Times(), times.quiet_from == times.quiet_until
    values: dict[str, Any] = {
        "at_night": at_night,
        "quiet_from": house.quiet_from if at_night else times.quiet_from,
        "quiet_until": house.quiet_until if at_night else times.quiet_until,
        "digest_at": times.digest_at,
        "digest": times.digest,
    }
    for kind in kinds:
        way = ways.get(kind.name) or notices.way_of(kind)
        values |= zip(names_of(kind), (way.mail, way.on_bell, way.push), strict=True)
    return values


def wished(
    kinds: Sequence[NoticeKind], data: Mapping[str, Any]
) -> tuple[dict[str, notices.Way], notices.Times]:
    """Return what was chosen: the ways by kind, and the hours."""
    ways = {}
    for kind in kinds:
        mail, bell, push = names_of(kind)
        ways[kind.name] = notices.Way(data[bell], data[mail], data[push])
    first, last = (0, 0) if data["at_night"] else (data["quiet_from"], data["quiet_until"])
    return ways, notices.Times(first, last, data["digest_at"], data["digest"])
