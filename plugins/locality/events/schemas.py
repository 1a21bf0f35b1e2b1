"""What those who hold events type, and those who come; times are those on the node's clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import Schema, fields, validate

from ....core.web.moments import Moment
from ....core.web.schemas import email, line
from .rules import EVERY, MOST_PEOPLE, MOST_PLACES, MOST_QUESTIONS, MOST_TEXT, Draft, Span

_QUESTION = 120


class Questions(fields.Field[tuple[str, ...]]):
    """Questions as they are typed: one in each line."""

    default_error_messages = {  # noqa: RUF012
        "many": "At most five questions.",
        "long": "Please ask more shortly.",
    }

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> tuple[str, ...]:
        asked = tuple(each.strip() for each in str(value).splitlines() if each.strip())
        if len(asked) > MOST_QUESTIONS:
            raise self.make_error("many")
        if any(len(each) > _QUESTION for each in asked):
            raise self.make_error("long")
        return asked


class DraftForm(Schema):
    """What an event says of itself."""

    title = line(120, required=True)
    text = fields.String(load_default="", validate=validate.Length(max=MOST_TEXT))
    place = line(120, load_default="")
    address = line(200, load_default="")
    online_url = line(300, load_default="")
    price = line(80, load_default="")
    children = fields.Boolean(load_default=False)
    access = line(200, load_default="")
    signs_up = fields.Boolean(load_default=False)
    capacity = fields.Integer(load_default=None, validate=validate.Range(1, MOST_PLACES))
    most_people = fields.Integer(load_default=1, validate=validate.Range(1, MOST_PEOPLE))
    cancel_hours = fields.Integer(load_default=0, validate=validate.Range(0, 24 * 14))
    questions = Questions(load_default=())


DRAFT = tuple(DraftForm().fields)


def draft_of(data: Mapping[str, Any]) -> Draft:
    """Return the event that was typed."""
    return Draft(**{name: data[name] for name in DRAFT})


class ChangeForm(DraftForm):
    """An event that is changed."""

    version = fields.Integer(load_default=0, validate=validate.Range(0, 2**31 - 1))
    publish = fields.Boolean(load_default=False)


class SpanForm(Schema):
    """A date."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone

    starts_at = Moment(required=True)
    ends_at = Moment(required=True)


class MoveForm(SpanForm):
    """A date that is moved."""

    place = line(120, load_default="")
    revision = fields.Integer(load_default=0, validate=validate.Range(0, 2**31 - 1))


class NewForm(SpanForm, DraftForm):
    """A new event with its dates."""

    every = fields.String(load_default="", validate=validate.OneOf(EVERY))
    last = fields.Date("%Y-%m-%d", load_default=None)
    publish = fields.Boolean(load_default=False)
    idempotency_key = fields.String(load_default="", validate=validate.Length(max=60))


def span_of(data: Mapping[str, Any]) -> Span:
    """Return the times that were typed."""
    return Span(data["starts_at"], data["ends_at"])


class ComeForm(Schema):
    """A member who comes."""

    people = fields.Integer(load_default=1, validate=validate.Range(1, MOST_PEOPLE))
    agree = fields.Boolean(load_default=False)
    answer_0 = line(300, load_default="")
    answer_1 = line(300, load_default="")
    answer_2 = line(300, load_default="")
    answer_3 = line(300, load_default="")
    answer_4 = line(300, load_default="")


def answers_of(data: Mapping[str, Any]) -> list[str]:
    """Return what was answered, question by question."""
    return [str(data[f"answer_{number}"]) for number in range(MOST_QUESTIONS)]


class GuestForm(ComeForm):
    """A guest who wants to come."""

    name = line(60, required=True)
    email = email(required=True)


class ReasonForm(Schema):
    """Why a date does not take place."""

    reason = line(200, load_default="")
