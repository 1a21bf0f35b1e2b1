"""Bodies: JSON that every reader reads alike, and that can be stored, or a refusal."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final, NoReturn

from .limits import MOST_BODY, MOST_DEPTH, MOST_DIGITS
from .refusals import Refusal

_QUANTITY: Final = re.compile(r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?")
# What says how many or how much (ValueFlows, FEP-0837): numbers of JSON lose their last digits.
_AMOUNT: Final = "hasNumericalValue"
_QUANTITIES: Final = frozenset(
    {_AMOUNT, "availableQuantity", "minimumQuantity", "resourceQuantity", "effortQuantity"}
)
_UNSTORABLE: Final = re.compile(r"\\u(?:[dD][89abAB]|[dD][c-fC-F]|0000)")
_LONGEST_NUMBER: Final = 40


def read_body(body: bytes) -> dict[str, Any]:
    """Return the JSON object of a body.

    Refused: more than 1 MiB, what is not UTF-8, nesting over 32, a name repeated in one object, NaN
    and Infinity (also as ``1e999``), integers of 20 digits and more, lone surrogates and NUL (which
    fail only when they are stored), quantities that are not decimal strings within bounds.
    """
    if len(body) > MOST_BODY:
        raise Refusal("body_too_large", f"The body is larger than {MOST_BODY} bytes.")
    try:
        text = body.decode("utf-8")
        found = _DECODER.decode(text)
    except RecursionError as error:
        raise _deep() from error
    except ValueError as error:
        raise Refusal("body", "The body is not JSON in UTF-8.") from error
    if not isinstance(found, dict):
        raise Refusal("body", "The body must be one JSON object.")
    _walk(found, texts=_UNSTORABLE.search(text) is not None)
    return found


def is_quantity(value: object) -> bool:
    """Tell whether a value is a plain decimal text, not negative, of at most 12 and 6 digits."""
    return isinstance(value, str) and _QUANTITY.fullmatch(value) is not None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refusal("body", "A name is repeated within one object.")
    return found


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > MOST_DIGITS:
        raise Refusal("body", "An integer has 20 digits or more.")
    return int(digits)


def _fraction(digits: str) -> float:
    number = float(digits) if len(digits) <= _LONGEST_NUMBER else math.inf
    if not math.isfinite(number):
        raise Refusal("body", "A number is too long or too large.")
    return number


def _constant(name: str) -> NoReturn:
    raise Refusal("body", f"{name} is no number of JSON.")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_integer,
    parse_float=_fraction,
    parse_constant=_constant,
)


def _deep() -> Refusal:
    return Refusal("body", f"The body is nested more than {MOST_DEPTH} deep.")


def _walk(top: dict[str, Any], *, texts: bool) -> None:
    """Look at every object and list; at every text too if one was escaped in a suspicious way.

    What stands in a context defines terms and holds no quantities of theirs.
    """
    level: list[Any] = [top]
    defining: list[Any] = []
    for _ in range(MOST_DEPTH):
        below: list[Any] = []
        contexts = _below(defining, texts=texts)
        for each in level:
            if type(each) is dict:
                _check_quantities(each)
                if "@context" in each:
                    contexts += _below([[each["@context"]]], texts=texts)
                    each = {name: each[name] for name in each if name != "@context"}
            below += _below([each], texts=texts)
        if not below and not contexts:
            return
        level, defining = below, contexts
    raise _deep()


def _below(containers: list[Any], *, texts: bool) -> list[Any]:
    """Return the objects and lists that stand in these."""
    found: list[Any] = []
    for each in containers:
        inner = each.values() if type(each) is dict else each
        if texts:
            _check_texts([*(each if type(each) is dict else ()), *inner])
        found += [value for value in inner if type(value) is dict or type(value) is list]
    return found


def _check_quantities(found: dict[str, Any]) -> None:
    for name in _QUANTITIES & found.keys():
        value = found[name]
        nested = name != _AMOUNT and (value is None or isinstance(value, dict))
        if not nested and not is_quantity(value):
            raise Refusal("quantity", f'{name} must be a decimal text such as "2.5".')


def _check_texts(values: list[Any]) -> None:
    for value in values:
        if isinstance(value, str) and ("\0" in value or not _encodable(value)):
            raise Refusal("body", "A text holds half a character or NUL.")


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
