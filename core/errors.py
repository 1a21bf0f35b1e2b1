"""The three ways in which a wish can fail, each with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from .values import Message


class WizzleError(Exception):
    """What all errors meant for people have in common: a message that can be translated."""

    status = 400

    def __init__(self, text: str, /, **values: object) -> None:
        self.message = Message(text, values)
        super().__init__(text)

    def __str__(self) -> str:
        return str(self.message)


class Refused(WizzleError):
    """The rules of the house do not allow this now."""

    status = 409


class Forbidden(Refused):
    """This person may not do this."""

    status = 403


class NotFound(Refused):
    """There is no such thing, or none that this person may see."""

    status = 404


class TooMany(Refused):
    """Too much of it in too short a time, or too large."""

    status = 429


class Invalid(WizzleError):
    """What was entered cannot be used; ``fields`` says for each field why."""

    status = 422

    def __init__(self, fields: Mapping[str, Sequence[Message]]) -> None:
        self.fields = {name: list(messages) for name, messages in fields.items()}
        super().__init__("Please look at the marked fields again.")


class Later(Exception):
    """Work that is not to be done before ``at``: not a failure, so that it is not waited longer."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        super().__init__(f"not before {at.isoformat()}")


class Unreachable(WizzleError):
    """Another machine did not do its part; ``permanent`` says whether trying again is idle."""

    status = 502

    def __init__(self, text: str, /, *, permanent: bool = False, **values: object) -> None:
        self.permanent = permanent
        super().__init__(text, **values)
