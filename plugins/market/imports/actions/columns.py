"""Facts of a row as columns of a product, and columns as an import remembers them, in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ..rules import Change, Fact, RowOutcome

_EMPTY_IS_NONE = frozenset({"expected_g", "certificate_until", "container"})


def in_columns(row: RowOutcome, containers: Mapping[str, int]) -> RowOutcome:
    """Return a row whose facts are columns: the container by its id, None where one is empty."""

    def column(name: str, fact: Fact) -> tuple[str, Fact]:
        value = None if name in _EMPTY_IS_NONE and fact == "" else fact
        if name == "container":
            return "container_id", containers.get(str(value))
        return name, value

    changes = tuple(
        Change(*column(each.field, each.before), column(each.field, each.after)[1])
        for each in row.changes
    )
    facts = dict(column(name, fact) for name, fact in row.facts.items())
    return replace(row, facts=facts, changes=changes)


def as_kept(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns as the database keeps them: a day is written as text in JSON."""
    until = columns.get("certificate_until")
    return {**columns, "certificate_until": date.fromisoformat(until)} if until else {**columns}


def as_told(value: Any) -> Any:
    """Return a column's value as JSON has it."""
    return value.isoformat() if isinstance(value, date) else value
