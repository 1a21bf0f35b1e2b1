"""The kinds of value that stand in node.toml, as marshmallow fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields

from . import readers
from .mistakes import Wrong

_YES = frozenset({"true", "yes", "on", "1", "예", "네"})
_NO = frozenset({"false", "no", "off", "0", "아니요", "아니오"})


class Setting(fields.Field[Any]):
    """A value read by a function that raises ``Wrong``; needed unless it has a default.

    Texts from the environment and from ``wizzle init`` go through ``from_text`` first; what it
    cannot turn into the right type stays text, so that reading it names the mistake.
    """

    def __init__(self, read: Callable[[Any], Any], **options: Any) -> None:
        super().__init__(required="load_default" not in options, **options)
        self.read = read

    def make_error(self, key: str, **kwargs: Any) -> ValidationError:
        return Wrong(key)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        return self.read(value)

    def from_text(self, text: str) -> Any:
        return text


class Choice(Setting):
    """One of a few words."""

    def __init__(self, *choices: str, **options: Any) -> None:
        super().__init__(lambda value: readers.choice(value, choices), **options)
        self.choices = choices


class Whole(Setting):
    """A whole number from ``low`` to ``high``."""

    def __init__(self, low: int, high: int, **options: Any) -> None:
        super().__init__(lambda value: readers.whole(value, low, high), **options)

    def from_text(self, text: str) -> Any:
        return int(text) if re.fullmatch(r"\s*[0-9]{1,9}\s*", text) else text


class YesNo(Setting):
    """True or false."""

    def __init__(self, **options: Any) -> None:
        super().__init__(readers.yes_no, **options)

    def from_text(self, text: str) -> Any:
        word = text.strip().lower()
        return True if word in _YES else False if word in _NO else text


class Names(Setting):
    """A list of different texts, each read by ``each``; in a text they are parted by commas."""

    def __init__(
        self, each: Callable[[Any], str], *, may_be_empty: bool = False, **options: Any
    ) -> None:
        super().__init__(self._read, **options)
        self._each, self._may_be_empty = each, may_be_empty

    def _read(self, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list | tuple):
            raise Wrong("names")
        if not value and not self._may_be_empty:
            raise Wrong("empty")
        names: list[str] = []
        wrong: dict[str | int, Any] = {}
        for index, item in enumerate(value):
            try:
                names.append(self._new(item, names))
            except ValidationError as error:
                wrong[index] = error.messages
        if wrong:
            raise ValidationError(wrong)
        return tuple(names)

    def _new(self, item: Any, names: list[str]) -> str:
        name = self._each(item)
        if name in names:
            raise Wrong("twice", name=name)
        return name

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> list[str]:
        return list(value)

    def from_text(self, text: str) -> Any:
        return [name.strip() for name in text.split(",")] if text.strip() else []


class Percent(Setting):
    """A rate that people write in per cent and the code keeps in exact basis points."""

    def __init__(self, low_bp: int, high_bp: int, **options: Any) -> None:
        super().__init__(lambda value: readers.percent(value, low_bp, high_bp), **options)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> int | Decimal:
        return readers.percent_number(value)
