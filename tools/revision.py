"""Write a plugin's next migration from the difference between its models and its history.

python tools/revision.py market "products have pictures"
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext

from wizzle.core import hookspecs, migration
from wizzle.core.db import Base, Database, Instant
from wizzle.core.host import installed, load
from wizzle.core.revisions import CORE
from wizzle.node_config import PluginChoice

TEMPLATE = '''"""{message}."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {down!r}
branch_labels = {labels!r}
depends_on = {depends!r}


def upgrade() -> None:
    {upgrade}


def downgrade() -> None:
    {downgrade}
'''


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plugin")
    parser.add_argument("message")
    parser.add_argument("--depends", action="append", help="revisions of other plugins it needs")
    arguments = parser.parse_args()
    print(write(arguments.plugin, arguments.message, arguments.depends))


def write(name: str, message: str, depends: list[str] | None) -> Path:
    """Write the revision and return its file."""
    import wizzle.core.models
    import wizzle.core.notices  # noqa: F401 the core's tables

    enabled = [] if name == "core" else [n for n in installed() if n != "federation"]
    host = load(PluginChoice(enabled=tuple(enabled)), hookspecs)
    folder = (
        CORE if name == "core" else next(p.folder for p in host.plugins if p.name == name)
    ) / "migrations"
    folder.mkdir(exist_ok=True)
    earlier = sorted(folder.glob(f"{name}_*.py"))
    number = len(earlier) + 1
    revision = f"{name}_{number:04d}"
    with tempfile.TemporaryDirectory() as home:
        upgrade, downgrade = _difference(Database(f"sqlite:///{home}/draft.db"), host, name)
    file = folder / f"{revision}_{re.sub(r'[^a-z0-9]+', '_', message.lower()).strip('_')}.py"
    file.write_text(
        TEMPLATE.format(
            message=message[:1].upper() + message[1:],
            revision=revision,
            down=f"{name}_{number - 1:04d}" if earlier else None,
            labels=None if earlier else (name,),
            depends=tuple(depends or ([] if name == "core" or earlier else ["core_0001"])) or None,
            upgrade=upgrade,
            downgrade=downgrade,
        )
    )
    subprocess.run(  # noqa: S603 our own formatter on our own file
        [sys.executable, "-m", "ruff", "format", "-q", file], check=False
    )
    return file


def _difference(database: Database, host: object, name: str) -> tuple[str, str]:
    if any((CORE / "migrations").glob("*.py")):
        migration.migrate(database, host)  # type: ignore[arg-type]

    def ours(obj: object, label: str | None, kind: str, reflected: bool, _other: object) -> bool:
        table = label if kind == "table" else getattr(obj, "table", obj).name  # type: ignore[attr-defined]
        return str(table).startswith(f"{name}_")

    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_object": ours,
                "render_as_batch": True,
                "compare_type": True,
            },
        )
        operations = produce_migrations(context, Base.metadata)
        return tuple(  # type: ignore[return-value]
            render_python_code(
                ops,
                render_as_batch=True,
                migration_context=context,
                render_item=_plain_instant,
            )
            for ops in (operations.upgrade_ops, operations.downgrade_ops)
            if ops is not None
        )


def _plain_instant(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    # A migration must go on meaning the same when our own column types change.
    return "sa.DateTime(timezone=True)" if isinstance(item, Instant) else False


if __name__ == "__main__":
    main()
