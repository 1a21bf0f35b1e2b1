"""What a node may set for its talk with others."""

from __future__ import annotations

from marshmallow import Schema, ValidationError, fields, validate

from ...core.host import explained
from ...core.values import Message
from .rules.hosts import host_form
from .rules.states import ALLOW_LIST, OPEN_TO_ALL


class Settings(Schema):
    """``[plugin.federation]`` in node.toml.

    ``open_call`` shows the page on which new neighbourhoods ask to join. ``mode`` "open" lets any
    node read and write without being joined. ``open_following`` lets people of other software and
    nodes that are not joined follow what is public here, and nothing else. ``most_waiting`` bounds
    the requests that wait, ``most_requests`` those that one address may send in five minutes,
    ``most_letters`` the letters that one joined node may bring in as long: some hundred orders
    close within a minute.
    ``most_brought`` and ``most_read`` bound the megabytes that one node may bring and read in an
    hour: letters are kept, and a whole catalogue of 100,000 goods is about 100 megabytes.
    """

    open_call = fields.Boolean(
        load_default=False,
        metadata=explained(Message("A page on which new neighbourhoods ask to join", {})),
    )
    mode = fields.String(
        load_default=ALLOW_LIST, validate=validate.OneOf([ALLOW_LIST, OPEN_TO_ALL]),
        metadata=explained(
            Message("Which nodes may talk to this one", {}),
            Message("“open” lets any node read and write without being joined.", {}),
        ),
    )  # fmt: skip
    open_following = fields.Boolean(
        load_default=False,
        metadata=explained(
            Message("Anybody may follow what is public here", {}),
            Message(
                "Also from nodes and programs that are not joined with this one. Nothing of trade"
                " is open to them.",
                {},
            ),
        ),
    )
    most_waiting = fields.Integer(
        load_default=50, validate=validate.Range(1, 1_000), strict=True,
        metadata=explained(Message("Requests to join that may wait at most", {})),
    )  # fmt: skip
    most_requests = fields.Integer(
        load_default=300, validate=validate.Range(10, 10_000), strict=True,
        metadata=explained(
            Message("Requests that one address may send in five minutes", {})
        ),
    )  # fmt: skip
    most_letters = fields.Integer(
        load_default=3_000, validate=validate.Range(100, 10_000_000), strict=True,
        metadata=explained(
            Message("Letters that one joined node may bring in five minutes", {})
        ),
    )  # fmt: skip
    most_brought = fields.Integer(
        load_default=100, validate=validate.Range(1, 100_000), strict=True,
        metadata=explained(Message("Megabytes that one joined node may bring in an hour", {})),
    )  # fmt: skip
    most_read = fields.Integer(
        load_default=1_000, validate=validate.Range(1, 1_000_000), strict=True,
        metadata=explained(Message("Megabytes that one joined node may read in an hour", {})),
    )  # fmt: skip


def _is_host(typed: str) -> None:
    if host_form(typed) is None:
        raise ValidationError([Message("Please write the address of a node: wanju.example", {})])


class HostForm(Schema):
    """The host of a node as it is typed."""

    host = fields.String(required=True, validate=[validate.Length(max=300), _is_host])


class CallForm(HostForm):
    """What a neighbourhood writes that wishes to join."""

    text = fields.String(load_default="", validate=validate.Length(max=1_000))
