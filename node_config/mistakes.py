"""A mistake before it is put into words: its code in messages.toml and what belongs into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from marshmallow import ValidationError


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with one value; ``code`` names the sentence, ``values`` fill it."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


class Wrong(ValidationError):
    """Raised for one value that cannot be used; ``field`` names the key that it concerns."""

    def __init__(self, code: str, /, *, field: str | int | None = None, **values: object) -> None:
        complaints = [Complaint(code, values)]
        super().__init__(complaints if field is None else {field: complaints})
