"""The database that a simulation plays on: made for it, and thrown away afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

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
        inside = make_url(url).update_query_dict({"options": f"-csearch_path={schema}"})
        yield inside.render_as_string(hide_password=False)
    finally:
        _run(url, f"DROP SCHEMA {schema} CASCADE")


def _run(url: str, statement: str) -> None:
    database = Database(url)
    with database.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    database.close()
