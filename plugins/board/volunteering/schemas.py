"""What is typed about volunteering."""

from __future__ import annotations

from marshmallow import fields, validate

from ....core.web.schemas import Trimmed, line
from ..organisations.schemas import Zoned, key, moment, no_secret, words
from .rules import MOST_MINUTES, MOST_PLACES


class CallForm(Trimmed):
    """A call for volunteers."""

    title = line(120, required=True)
    text = words(5_000, required=True)
    place = line(120, load_default="")
    version = fields.Integer(load_default=0, validate=validate.Range(0, 10**6))
    idempotency_key = key()


class SlotForm(Zoned):
    """A shift."""

    starts_at = moment(required=True)
    ends_at = moment(required=True)
    places = fields.Integer(required=True, validate=validate.Range(1, MOST_PLACES))
    note = words(500, load_default="")
    version = fields.Integer(load_default=0, validate=validate.Range(0, 10**6))
    idempotency_key = key()


class SignUpForm(Trimmed):
    """That those who run the organisation may see who comes; ``wait`` joins the list."""

    agree = fields.Boolean(load_default=False)
    wait = fields.Boolean(load_default=False)


class HoursForm(Trimmed):
    """Hours that are confirmed, or corrected with the reason."""

    minutes = fields.Integer(required=True, validate=validate.Range(0, MOST_MINUTES))
    reason = fields.String(load_default="", validate=[validate.Length(max=200), no_secret])


class CertificateForm(Trimmed):
    """For which days hours are to be certified."""

    space_id = fields.Integer(required=True, validate=validate.Range(1, 2**31 - 1))
    since = fields.Date(required=True)
    until = fields.Date(required=True)
    idempotency_key = key()


class PortalForm(Trimmed):
    """That an organisation may pass one's hours on."""

    agree = fields.Boolean(load_default=False)
    portal_name = line(40, load_default="")
