"""What is typed about activities."""

from __future__ import annotations

from marshmallow import fields, validate

from ....core.web.schemas import Trimmed, line
from ..organisations.schemas import Zoned, key, moment, words


class StoryForm(Zoned):
    """An activity; its pictures are brought on its page."""

    title = line(120, required=True)
    text = words(10_000, required=True)
    starts_at = moment(load_default=None)
    ends_at = moment(load_default=None)
    place = line(120, load_default="")
    together = line(200, load_default="")
    version = fields.Integer(load_default=0, validate=validate.Range(0, 10**6))
    idempotency_key = key()


class CaptionForm(Trimmed):
    """The words for those who do not see a picture."""

    caption = line(200, required=True)


class QuestionForm(Trimmed):
    """What a resident asks."""

    text = words(1_000, required=True)
    idempotency_key = key()


class AnswerForm(Trimmed):
    """What the organisation answers."""

    answer = words(2_000, required=True)
