"""Units in the words of others: OM 2 for FEP-0837, the measures of the Data Food Consortium.

The market's unit is the exact one and travels beside them; these are for readers who know no
other, and what a peer that knows only them has to say is read by them.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from ....market import UNIT_KINDS, Unit

OM_ONE = "one"
_OM = {"g": ("gram", "kilogram"), "ml": ("millilitre", "litre")}
_OM_SIZES = {
    "milligram": ("g", Decimal("0.001")),
    "gram": ("g", Decimal(1)),
    "kilogram": ("g", Decimal(1000)),
    "tonne": ("g", Decimal(1_000_000)),
    "millilitre": ("ml", Decimal(1)),
    "decilitre": ("ml", Decimal(100)),
    "litre": ("ml", Decimal(1000)),
}
_DFC = {"gram": "Gram", "kilogram": "Kilogram", "millilitre": "Millilitre", "litre": "Litre"}
_DFC_KINDS = {"bunch": "Bunch", "bag": "Bag", "box": "Box", "bottle": "Bottle", "bundle": "Bundle"}
_DFC_READ = {
    **{name.lower(): om for om, name in _DFC.items()},
    **{name.lower(): code for code, name in _DFC_KINDS.items()},
    "piece": "piece",
}


@lru_cache(maxsize=4096)
def unit_of(code: str) -> Unit | None:
    """Return the unit of a code, None if there is none; texts of others come here by thousands."""
    try:
        return Unit.from_code(code)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def om_quantity(code: str) -> tuple[str, str]:
    """Return what one unit is in OM 2: ``("kilogram", "1.5")``, ``("one", "1")`` for a bunch."""
    unit = unit_of(code)
    if unit is None or not unit.measured or unit.size is None or unit.measure is None:
        return OM_ONE, "1"
    small, large = _OM[unit.measure]
    return (large, _decimal(unit.size, 1000)) if unit.size >= 1000 else (small, str(unit.size))


def from_om(name: str, value: Decimal) -> str | None:
    """Return the code of the unit that is so much of an OM 2 unit; None if it is none of ours."""
    name = name.removeprefix("om2:").rpartition("/")[2]
    if name == OM_ONE:
        return _pieces(value)
    measure, size = _OM_SIZES.get(name, ("", Decimal(0)))
    amount = size * value
    if not measure or amount != amount.to_integral_value() or not 1 <= amount <= 10**8:
        return None
    return f"{'mass' if measure == 'g' else 'volume'}/{int(amount)}{measure}"


@lru_cache(maxsize=4096)
def dfc_quantity(code: str) -> tuple[str, str]:
    """Return a unit as the local name of a DFC measure and its value: ``("Gram", "500")``.

    A bag of 500 g is told by what is in it, since readers there compare weights.
    """
    unit = unit_of(code)
    if unit is None:
        return "Piece", "1"
    if unit.size is not None and unit.measure in _OM:
        size = unit.size * unit.count
        small, large = _OM[unit.measure]
        return (_DFC[large], _decimal(size, 1000)) if size >= 1000 else (_DFC[small], str(size))
    if unit.kind in _DFC_KINDS and not unit.half:
        return _DFC_KINDS[unit.kind], str(unit.count)
    return "Piece", "0.5" if unit.half else str(unit.count)


def from_dfc(name: str, value: Decimal) -> str | None:
    """Return the code of the unit that is so much of a DFC measure; None if it is none of ours."""
    known = _DFC_READ.get(name.lower())
    if known == "piece":
        return _pieces(value)
    if known in UNIT_KINDS:
        return _several(str(known), value)
    return from_om(known, value) if known else None


def _pieces(value: Decimal) -> str | None:
    return "half*piece" if value == Decimal("0.5") else _several("piece", value)


def _several(kind: str, value: Decimal) -> str | None:
    if value != value.to_integral_value() or not 1 <= value <= 10_000:
        return None
    return kind if value == 1 else f"{int(value)}*{kind}"


def _decimal(number: int, by: int) -> str:
    text = f"{Decimal(number) / by:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
