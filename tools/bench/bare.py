"""The bare limits: a Flask application that does the least honest work, with the plain driver.

Its database is named by the variable BENCH_URL; ``/commit`` writes into tables of its own there.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from typing import Any

from flask import Flask, request

app = Flask(__name__)
_kept = threading.local()
_URL = os.environ.get("BENCH_URL", "sqlite:///:memory:")
_IS_SQLITE = _URL.startswith("sqlite")

TABLES = (
    "CREATE TABLE bench_product (id INTEGER PRIMARY KEY, stock INTEGER NOT NULL)",
    "CREATE TABLE bench_order (id {serial}, person TEXT, occasion TEXT, placed_at TEXT)",
    "CREATE TABLE bench_line (id {serial}, order_id INTEGER, product_id INTEGER, name TEXT,"
    " price INTEGER, quantity INTEGER)",
)
_TWENTY = (
    "SELECT p.id, p.name, p.price, p.unit_label, p.stock, s.name FROM market_product p"
    " JOIN core_space s ON s.id = p.seller_id WHERE p.listed ORDER BY p.name, p.id LIMIT 20"
)
_TAKE = "UPDATE bench_product SET stock = stock - 1 WHERE id = 1 AND stock >= 1"
_ORDER = "INSERT INTO bench_order (person, occasion, placed_at) VALUES (?, ?, ?) RETURNING id"
_LINE = (
    "INSERT INTO bench_line (order_id, product_id, name, price, quantity) VALUES (?, ?, ?, ?, ?)"
)


def _statement(text: str) -> str:
    return text if _IS_SQLITE else text.replace("?", "%s")


def _connection() -> Any:
    """Return this thread's connection, set as the node sets its own."""
    if not hasattr(_kept, "connection"):
        _kept.connection = _connect(_URL)
    return _kept.connection


def _connect(url: str) -> Any:
    if not url.startswith("sqlite"):
        import psycopg  # only where it is used: the bare answer is to weigh nothing else

        return psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True)
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=20000"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


@app.get("/hello")
def hello() -> str:
    """Answer without any work."""
    return "hello"


@app.get("/rows")
def rows() -> str:
    """Read the twenty rows that a page of the catalogue shows, and write them down."""
    found = _connection().execute(_TWENTY)
    return "\n".join(f"<li>{name} {price} {unit} {stock} {seller}</li>"
                     for _, name, price, unit, stock, seller in found)  # fmt: skip


@app.post("/commit")
def commit() -> tuple[str, int]:
    """Write an order of three lines, one of a hot product, in one durable transaction."""
    person = request.form["person"]
    connection = _connection()
    connection.execute("BEGIN IMMEDIATE" if _IS_SQLITE else "BEGIN")
    try:
        taken = connection.execute(_TAKE).rowcount
        if taken == 1:
            _write(connection.cursor(), person)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return ("done", 200) if taken == 1 else ("sold out", 409)


def _write(cursor: Any, person: str) -> None:
    order = (person, "cycle:1", "2026-11-23T00:00:00")
    [order_id] = cursor.execute(_statement(_ORDER), order).fetchone()
    lines = [(order_id, product, "name of it", 1_000, 1) for product in (1, 2, 3)]
    cursor.executemany(_statement(_LINE), lines)


def prepare(url: str) -> None:
    """Make the tables that ``/commit`` writes, with a stock that no run uses up."""
    serial = "INTEGER" if url.startswith("sqlite") else "SERIAL"
    connection = _connect(url)
    for table in TABLES:
        connection.execute(table.format(serial=f"{serial} PRIMARY KEY"))
    connection.execute("INSERT INTO bench_product VALUES (1, 1000000000)")
    connection.close()
