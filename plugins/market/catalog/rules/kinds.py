"""Kinds of units and the unit that one price buys."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Self


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of unit; ``label`` and ``plural`` are message ids in the context ``unit``.

    ``measure`` is the base unit of a kind that is weighed or poured, None of one that is counted.
    """

    code: str
    label: str
    plural: str
    measure: str | None = None

    @property
    def measured(self) -> bool:
        return self.measure is not None


def _counted(code: str, label: str = "", plural: str = "") -> UnitKind:
    label = label or code
    return UnitKind(code, label, plural or label + "s")


UNIT_KINDS = {
    kind.code: kind
    for kind in (
        UnitKind("mass", "weight", "weight", "g"),
        UnitKind("volume", "volume", "volume", "ml"),
        _counted("piece"),
        _counted("bunch", plural="bunches"),
        _counted("bag"),
        _counted("box", plural="boxes"),
        _counted("head"),
        _counted("net"),
        _counted("bottle"),
        _counted("pack"),
        _counted("set"),
        _counted("tray"),
        _counted("block"),
        _counted("animal", "whole", "whole"),
        _counted("bundle"),
        _counted("parcel"),
        _counted("pouch", plural="pouches"),
        _counted("sack"),
        _counted("tub"),
        _counted("can"),
        _counted("cup"),
        _counted("pot"),
        _counted("roll"),
        _counted("cluster"),
        _counted("root"),
        _counted("tree"),
        _counted("sheet"),
        _counted("slice"),
        _counted("serving"),
        _counted("pair"),
        _counted("copy", plural="copies"),
        _counted("person", plural="people"),
        _counted("hour"),
        # Customary bundles with a number of their own: 100 heads of garlic, 100 sheets of laver,
        # 20 and 2 fish. English has no words for them.
        _counted("jeop", plural="jeop"),
        _counted("tot", plural="tot"),
        _counted("dureum", plural="dureum"),
        _counted("son", plural="son"),
    )
}

_CODE = re.compile(r"(?:([0-9]{1,6}|half)\*)?([a-z]+)(?:/([0-9]{1,12})([a-z]+))?")


@dataclass(frozen=True, slots=True)
class Unit:
    """What one price buys: ``count`` (or half) of a kind, each holding ``size`` of ``measure``.

    ``measure`` is ``g``, ``ml`` or the code of a counted kind: a box of 30 pouches is
    ``Unit("box", size=30, measure="pouch")``, 1.5 kg is ``Unit("mass", size=1500, measure="g")``.
    """

    kind: str
    count: int = 1
    half: bool = False
    size: int | None = None
    measure: str | None = None

    def __post_init__(self) -> None:
        kind = UNIT_KINDS.get(self.kind)
        if kind is None or self.count < 1 or (self.half and self.count > 1):
            raise ValueError(f"no such unit: {self!r}")
        if (self.size is None) != (self.measure is None):
            raise ValueError(f"a size needs a measure: {self!r}")
        if self.size is not None and self.size < 1:
            raise ValueError(f"no unit holds so little: {self!r}")
        if kind.measured and (self.measure != kind.measure or self.count > 1 or self.half):
            raise ValueError(f"a measured unit is an amount and nothing else: {self!r}")
        if self.measure not in {None, "g", "ml"} and not _is_counted(self.measure):
            raise ValueError(f"no such measure: {self!r}")

    @property
    def measured(self) -> bool:
        """Whether the unit is an amount by weight or volume, without a container."""
        return UNIT_KINDS[self.kind].measured

    @property
    def code(self) -> str:
        """The unit in one word, for a column: ``mass/1500g``, ``3*bunch``, ``half*tray``."""
        times = "half*" if self.half else f"{self.count}*" if self.count > 1 else ""
        holds = f"/{self.size}{self.measure}" if self.size is not None else ""
        return f"{times}{self.kind}{holds}"

    @classmethod
    def from_code(cls, code: str) -> Self:
        """Return the unit of a ``code``; raise ValueError if there is none."""
        found = _CODE.fullmatch(code)
        if found is None:
            raise ValueError(f"no unit has the code {code!r}")
        times, kind, size, measure = found.groups()
        count = int(times) if times and times != "half" else 1
        return cls(kind, count, times == "half", int(size) if size else None, measure)


def _is_counted(code: str | None) -> bool:
    return code in UNIT_KINDS and not UNIT_KINDS[code].measured


def unit_text(unit: Unit, translate: Callable[[str], str] = str) -> str:
    """Return a unit as people write it: ``1.5kg``, ``bag 500g``, ``3 bunches``.

    ``translate`` gives the text of a message id in the context ``unit``.
    """
    if unit.size is None or unit.measure is None:
        return _containers(unit, translate)
    amount = _amount(unit.size, unit.measure, translate)
    if unit.measured:
        return amount
    if unit.count > 1:
        return f"{amount} × {_containers(unit, translate)}"
    return f"{_containers(unit, translate)} {amount}"


def _containers(unit: Unit, translate: Callable[[str], str]) -> str:
    kind = UNIT_KINDS[unit.kind]
    if unit.half:
        return translate("half a %(unit)s") % {"unit": translate(kind.label)}
    if unit.count > 1:
        return _counting(unit.count, kind, translate)
    return translate(kind.label)


def _counting(count: int, kind: UnitKind, translate: Callable[[str], str]) -> str:
    name = translate(kind.plural if count > 1 else kind.label)
    return translate("%(count)s %(unit)s") % {"count": f"{count:,}", "unit": name}


def _amount(size: int, measure: str, translate: Callable[[str], str]) -> str:
    if measure not in {"g", "ml"}:
        return _counting(size, UNIT_KINDS[measure], translate)
    if size < 1000:
        return f"{size}{measure}"
    return f"{Decimal(size) / 1000:,f}{'kg' if measure == 'g' else 'L'}"
