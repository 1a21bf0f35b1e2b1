"""What the core's forms take."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from .. import members
from ..auth.passkeys import LONGEST
from ..auth.tokens import LASTS
from ..moderation.rules import MEASURES, MOST, OVERTURNED, REASONS, UPHELD
from ..rights.requests import DONE, KINDS, REFUSED
from ..values import Message

_EMAIL = re.compile(r"[^\s@<>(),;:\\\"\[\]]+@[^\s@<>(),;:\\\"\[\].]+(\.[^\s@<>(),;:\\\"\[\].]+)+")
_PHONE = re.compile(r"\+?[0-9][0-9\- ]{6,18}")


def _email(text: str) -> None:
    kept = members.email_form(text)  # in small letters, which some signs have more of
    if len(kept) > 254 or not _EMAIL.fullmatch(kept):
        raise ValidationError("Not a valid email address.")


def _phone(text: str) -> None:
    if text.strip() and not _PHONE.fullmatch(text.strip()):
        raise ValidationError([Message("Please write a phone number, as in 010-1234-5678.", {})])


def _one_line(text: str) -> None:
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
        raise ValidationError([Message("Please write this in one line.", {})])


def _ticked(value: bool) -> None:
    if not value:
        raise ValidationError([Message(_AGREE, {})])


_AGREE = "Without this we may not open an account for you. Please tick it if you agree."


def line(most: int, **options: Any) -> fields.String:
    """Return a field of one line of text."""
    return fields.String(validate=[validate.Length(max=most), _one_line], **options)


def email(**options: Any) -> fields.String:
    """Return a field for an e-mail address."""
    return fields.String(validate=_email, **options)


def phone() -> fields.String:
    """Return a field for a phone number that may be left blank."""
    return fields.String(validate=[_phone, _one_line], load_default="")


def _agreed() -> fields.Boolean:
    return fields.Boolean(required=True, validate=_ticked, error_messages={"required": _AGREE})


class Trimmed(Schema):
    """A schema whose texts lose the blanks at their ends; passwords are left alone."""

    @post_load
    def _trim(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {
            name: value.strip() if isinstance(value, str) and "password" not in name else value
            for name, value in data.items()
        }


class LogIn(Trimmed):
    email = fields.String(required=True, validate=validate.Length(max=254))
    password = fields.String(required=True, validate=validate.Length(max=1_000))


class SignUp(Trimmed):
    name = line(60, required=True)
    email = email(required=True)
    password = fields.String(required=True, validate=validate.Length(max=1_000))
    terms = _agreed()
    privacy = _agreed()
    age = _agreed()
    news = fields.Boolean(load_default=False)


class Forgotten(Trimmed):
    email = email(required=True)


class NewPassword(Trimmed):
    password = fields.String(required=True, validate=validate.Length(max=1_000))


class ChangePassword(Trimmed):
    old_password = fields.String(required=True, validate=validate.Length(max=1_000))
    password = fields.String(required=True, validate=validate.Length(max=1_000))


class ChangeEmail(Trimmed):
    email = email(required=True)
    password = fields.String(required=True, validate=validate.Length(max=1_000))


class Profile(Trimmed):
    name = line(60, required=True)
    phone = phone()
    language = line(8, required=True)


def _business_number(text: str) -> None:
    if text.strip() and not re.fullmatch(r"\d{3}-?\d{2}-?\d{5}", text.strip()):
        raise ValidationError([Message("Please write ten figures, as in 123-45-67890.", {})])


class SpaceDetails(Trimmed):
    """What the page of a space says, the seller's identity with it (E-Commerce Act art. 13)."""

    name = line(120, required=True)
    intro = fields.String(validate=validate.Length(max=4_000), load_default="")
    province = line(40, load_default="")
    county = line(40, load_default="")
    address = line(200, load_default="")
    phone = phone()
    email = email(load_default="")
    representative = line(60, load_default="")
    business_number = fields.String(validate=_business_number, load_default="")
    mail_order_number = line(60, load_default="")

    @post_load
    def _written_alike(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        figures = re.sub(r"\D", "", data.get("business_number", ""))
        if figures:
            data["business_number"] = f"{figures[:3]}-{figures[3:5]}-{figures[5:]}"
        return data


class NewSpace(SpaceDetails):
    kind = fields.String(
        required=True,
        validate=validate.OneOf(["hub", "producer", "shop", "organisation", "circle"]),
    )


class PictureDetails(Trimmed):
    caption = line(200, required=True)


class RoleOf(Trimmed):
    email = email(required=True)


class Leave(Trimmed):
    password = fields.String(required=True, validate=validate.Length(max=1_000))


class Newcomer(Trimmed):
    name = line(60, required=True)
    phone = phone()
    email = email(required=True)


class EntryCode(Trimmed):
    code = fields.String(required=True, validate=validate.Length(max=40))


class ComingIn(Schema):
    """What somebody agrees to on the way in who was given an account; ``only`` names the rest."""

    terms = _agreed()
    privacy = _agreed()
    age = _agreed()


def _long(most: int, **options: Any) -> fields.String:
    return fields.String(validate=validate.Length(max=most), **options)


class AskAboutData(Trimmed):
    """A request about one's data (Personal Information Protection Act, articles 35 to 38)."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    text = _long(4_000, required=True)
    idempotency_key = fields.String(required=True, validate=validate.Length(1, 60))


class AskAsStranger(AskAboutData):
    name = line(60, required=True)
    email = email(required=True)


class AnswerRequest(Trimmed):
    outcome = fields.String(required=True, validate=validate.OneOf([DONE, REFUSED]))
    text = _long(4_000, required=True)


class TakeOut(Trimmed):
    reason = line(200, required=True)


class LookUp(TakeOut):
    email = email(required=True)


def _lately(at: datetime) -> None:
    if at.year < 2000:
        sentence = "Please write a day and a time, as in 2026-11-23 16:30."
        raise ValidationError([Message(sentence, {})])


class BreachNotice(Trimmed):
    """The items of a notice (Personal Information Protection Act, article 34 (1))."""

    known_at = fields.NaiveDateTime(required=True, validate=_lately)
    possible = fields.Boolean(load_default=False)
    items = _long(4_000, required=True)
    course = _long(4_000, required=True)
    advice = _long(4_000, required=True)
    measures = _long(4_000, required=True)
    chosen = _long(20_000, load_default="")


class PasskeyName(Trimmed):
    name = line(60, required=True)


class NewPasskey(PasskeyName):
    answer = fields.String(required=True, validate=validate.Length(max=LONGEST))


class LogInWithPasskey(Schema):
    answer = fields.String(required=True, validate=validate.Length(max=LONGEST))
    next = fields.String(load_default="", validate=validate.Length(max=2_000))


class MemberReport(Trimmed):
    """What is wrong with a thing."""

    kind = fields.String(required=True, validate=validate.OneOf(["report", "deletion"]))
    reason = fields.String(required=True, validate=validate.OneOf(list(REASONS)))
    text = fields.String(load_default="", validate=validate.Length(max=MOST))


class StrangerReport(MemberReport):
    """The same, with where to write to."""

    name = line(60, load_default="")
    email = email(required=True)


class DecisionForm(Trimmed):
    """What a steward decides about a thing."""

    kind = fields.String(required=True, validate=validate.OneOf(list(MEASURES)))
    reason = fields.String(required=True, validate=validate.OneOf(list(REASONS)))
    text = fields.String(required=True, validate=validate.Length(max=MOST))


class AppealForm(Trimmed):
    text = fields.String(required=True, validate=validate.Length(max=MOST))


class AppealDecisionForm(Trimmed):
    outcome = fields.String(required=True, validate=validate.OneOf([UPHELD, OVERTURNED]))
    answer = fields.String(required=True, validate=validate.Length(max=MOST))


class NewToken(Trimmed):
    name = line(60, required=True)
    scopes = fields.List(
        fields.String(validate=validate.Length(max=40)),
        load_default=list,
        validate=validate.Length(max=50),
    )
    days = fields.Integer(required=True, validate=validate.OneOf(LASTS))


class NewWebhook(Trimmed):
    """Where to, about which page (blank: the whole node), and what is told."""

    url = fields.String(required=True, validate=validate.Length(max=500))
    space = fields.String(load_default="", validate=validate.Length(max=80))
    kinds = fields.List(
        fields.String(validate=validate.Length(max=40)),
        load_default=list,
        validate=validate.Length(max=50),
    )
