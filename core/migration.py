"""Migrations: one Alembic history per plugin, all kept in one version table.

Four things that Alembic leaves open are closed here: foreign keys are off while SQLite rebuilds
tables (a batch migration of a parent table would silently delete its children), a migration that
fails leaves nothing behind, two processes never migrate at once, and the history of a plugin that
was switched off or removed stays known, by a copy in the node's own folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import op
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from .db import Base, Database
from .host import Host
from .revisions import CORE, histories

_LOCK = 0x57495A  # the key of PostgreSQL's advisory lock


class MigrationFailed(Exception):
    """The database could not be brought to the state that the code needs; nothing was changed."""


def migrate(database: Database, host: Host, *, archive: Path | None = None) -> list[str]:
    """Bring the core's and every enabled plugin's tables up to date; return the revisions applied.

    ``archive``: where copies of revisions are kept, so that the histories of plugins that are no
    longer enabled can still be found.
    """
    enabled = histories(host)
    script = _script(enabled, archive)
    with _exclusive(database) as connection:
        before = set(_heads(connection))
        targets = tuple(f"{name}@head" for name in enabled)
        _run(connection, script, targets, database.is_sqlite)
        applied = [r.revision for r in _between(script, before, set(_heads(connection)))]
    if archive is not None:
        _keep(enabled, archive)
    return applied


def pending(database: Database, host: Host, *, archive: Path | None = None) -> list[str]:
    """Return the revisions that ``migrate`` would apply."""
    enabled = histories(host)
    script = _script(enabled, archive)
    with database.engine.connect() as connection:
        heads = set(_heads(connection))
    wanted = {script.get_revision(f"{name}@head").revision for name in enabled}
    return [r.revision for r in _between(script, heads, wanted)]


def _script(enabled: Mapping[str, Path], archive: Path | None) -> ScriptDirectory:
    locations = [str(folder) for folder in enabled.values()]
    if archive is not None and archive.is_dir():
        locations += [str(kept) for kept in sorted(archive.iterdir()) if kept.name not in enabled]
    return ScriptDirectory(str(CORE / "migrations"), version_locations=locations)


def _run(
    connection: Connection, script: ScriptDirectory, targets: tuple[str, ...], sqlite: bool
) -> None:
    def steps(revision: Any, _context: MigrationContext) -> Any:
        # Asked for at once, targets of which one depends on the other are refused as overlapping.
        planned: dict[str, Any] = {}
        for target in targets:
            for step in script._upgrade_revs(target, revision):
                planned.setdefault(step.revision.revision, step)
        return list(planned.values())

    with EnvironmentContext(Config(), script, fn=steps, destination_rev="heads") as environment:
        environment.configure(
            connection=connection, target_metadata=Base.metadata, render_as_batch=sqlite
        )
        environment.run_migrations()


def _heads(connection: Connection) -> tuple[str, ...]:
    return MigrationContext.configure(connection).get_current_heads()


def _between(script: ScriptDirectory, before: set[str], after: set[str]) -> list[Any]:
    known = _with_ancestors(script, before)
    new = _with_ancestors(script, after) - known
    return [r for r in reversed(list(script.walk_revisions())) if r.revision in new]


def _with_ancestors(script: ScriptDirectory, heads: set[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(heads)
    while waiting:
        revision = script.get_revision(waiting.pop())
        if revision.revision not in found:
            found.add(revision.revision)
            waiting += [*revision._all_down_revisions]
    return found


@contextmanager
def _exclusive(database: Database) -> Iterator[Connection]:
    with database.engine.connect() as connection:
        if database.is_sqlite:
            yield from _exclusive_sqlite(connection)
        else:
            with connection.begin():
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
                yield connection


def _exclusive_sqlite(connection: Connection) -> Iterator[Connection]:
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")  # has no effect inside a transaction
    try:
        with connection.execution_options(begin="IMMEDIATE").begin():
            yield connection
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise MigrationFailed(f"rows without their parents: {broken[:5]}")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _keep(enabled: Mapping[str, Path], archive: Path) -> None:
    for name, folder in enabled.items():
        kept = archive / name
        kept.mkdir(parents=True, exist_ok=True)
        for file in folder.glob("*.py"):
            shutil.copyfile(file, kept / file.name)


def append_only(table: str) -> None:
    """Make the database itself refuse to change or delete rows of ``table``; for migrations."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()"
    )


def lets_forget(table: str, column: str) -> None:
    """Let ``column`` of an append-only table be emptied, and nothing else of it be changed: who it
    was has to be forgotten once no law wants it any more. For migrations."""
    if op.get_bind().dialect.name == "sqlite":
        columns = inspect(op.get_bind()).get_columns(table)
        others = [each["name"] for each in columns if each["name"] != column]
        changed = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in others)
        op.execute(f"DROP TRIGGER {table}_no_update")
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"WHEN NEW.{column} IS NOT NULL OR {changed} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF TG_OP = 'UPDATE' AND NEW.{column} IS NULL AND "
        f"to_jsonb(NEW) - '{column}' = to_jsonb(OLD) - '{column}' THEN RETURN NEW; END IF; "
        f"RAISE EXCEPTION '{table} is append-only'; END $$"
    )


def forgets_nothing(table: str) -> None:
    """Take back ``lets_forget``; for downgrades."""
    changeable_again(table)
    append_only(table)


def changeable_again(table: str) -> None:
    """Take back ``append_only``; for downgrades, before the table is dropped."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{verb}")
        return
    op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    op.execute(f"DROP FUNCTION {table}_is_append_only()")
