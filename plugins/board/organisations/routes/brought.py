"""Pictures that come with a form, and how a refusal is told on the next page."""

from __future__ import annotations

from flask import request

from .....core import pictures
from .....core.errors import Forbidden, Invalid, Refused, WizzleError
from .....core.pictures import Prepared
from .....core.values import Message
from .....core.web import Form, told


def brought_picture(form: Form, name: str = "picture") -> Prepared | None:
    """Return the picture of this request, drawn anew, None if none came; ``Invalid`` if it cannot
    be used, or comes without the words for those who do not see it.

    Slow, and so done before the transaction.
    """
    brought = request.files.get(name)
    if brought is None or not brought.filename:
        return None
    if not form.data.get("caption"):
        raise Invalid({"caption": [Message("Please say what is on the picture.", {})]})
    try:
        return pictures.prepare(brought.stream.read(pictures.MOST_BYTES + 1))
    except Refused as error:
        raise Invalid({name: [error.message]}) from error


def tell(error: WizzleError) -> None:
    """Show on the next page why something was not done; what one may not do at all stays 403."""
    if isinstance(error, Forbidden):
        raise error
    found = error.fields.values() if isinstance(error, Invalid) else ([error.message],)
    for message in (each for messages in found for each in messages):
        told(message.text, "problem", **message.values)
