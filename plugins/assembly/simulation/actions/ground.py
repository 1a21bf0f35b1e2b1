"""The database that a simulation plays on: made for it, and thrown away afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import event, make_url

from .....core.db import Database


@contextmanager
def new_database(url: str | None, folder: Path) -> Iterator[str]:
    """Hand out the address of an empty database for the length of a block.

    Without a ``url`` it is a file in ``folder``. On PostgreSQL it is a schema of its own, so that
    whatever else the named database holds is not touched.
    """
    if url is None:
        yield f"sqlite:///{folder}/wizzle.db"
        return
    schema = f"wizzle_simulation_{secrets.token_hex(6)}"
    _run(url, f"CREATE SCHEMA {schema}")
    try:
        options = f"-csearch_path={schema} -csynchronous_commit=off"
        inside = make_url(url).update_query_dict({"options": options})
        yield inside.render_as_string(hide_password=False)
    finally:
        _run(url, f"DROP SCHEMA {schema} CASCADE")


def hurry(database: Database) -> None:
    """Let an SQLite database that nobody will miss not wait for the disk."""
    if database.is_sqlite:
        event.listen(
            database.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF")
        )
        database.engine.dispose()  # connections that stand know nothing of it


def _run(url: str, statement: str) -> None:
    database = Database(url)
    with database.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    database.close()
