"""What is written as TOML is read back as it was."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.node_config import node_text, read_example
from wizzle.node_config.document import read
from wizzle.node_config.render import literal, node_toml
from wizzle.node_config.schema import FILE

# TOML knows neither surrogates nor an empty key without quotes; whole numbers have 64 bits.
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.one_of(
    TEXT,
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
)
VALUE = st.recursive(
    PLAIN, lambda inner: st.one_of(st.lists(inner), st.dictionaries(TEXT, inner)), max_leaves=8
)


@given(VALUE)
def test_every_value_comes_back(value: Any) -> None:
    assert read(f"value = {literal(value)}").tables["value"] == value


def test_moments_are_written_as_moments() -> None:
    written = [literal(date(2026, 1, 2)), literal(time(7, 30)), literal(datetime(2026, 1, 2, 7))]
    assert written == ["2026-01-02", "07:30:00", "2026-01-02T07:00:00"]


def test_what_toml_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="NoneType"):
        literal(None)


def test_settings_of_plugins_are_written_too() -> None:
    plugin = {"market": {"rate": Decimal("0.5"), "of day": {"a": ["b"]}}, "두 말": {}}
    values = {**FILE.load({**tomllib.loads(read_example("wanju")), "plugin": plugin})}
    text = node_toml(FILE.dump(values))
    assert read(text).tables["plugin"] == plugin
    assert text.startswith(node_text({}, "wanju").rstrip())
