"""A node with the federation alone, on each kind of database."""

from __future__ import annotations

from ..delivery.conftest import (  # noqa: F401 fixtures
    here,
    here_postgres,
    here_sqlite,
    postgres_federated,
    sqlite_federated,
)
