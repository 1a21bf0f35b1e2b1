"""The tables of trade are what their migrations make."""

from __future__ import annotations

from sqlalchemy import inspect

from wizzle.core.db import Base
from wizzle.core.node import Node


def test_every_table_stands_with_its_columns(node: Node):
    seen = inspect(node.db.engine)
    ours = [table for name, table in Base.metadata.tables.items() if name.startswith("trade_")]
    assert {table.name: {column.name for column in table.columns} for table in ours} == {
        table.name: {column["name"] for column in seen.get_columns(table.name)} for table in ours
    }
