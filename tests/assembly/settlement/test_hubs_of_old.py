"""Rounds that were settled before a round could have several hubs."""

from __future__ import annotations

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from sqlalchemy import text
from support.settling import Sold

from wizzle.core import migration
from wizzle.core.db import Base
from wizzle.plugins.assembly.settlement.queries import hubs_of, settlement_page


def down_to(sold: Sold, revision: str) -> None:
    """Take the assembly's history back to a revision."""
    script = migration._script(migration.histories(sold.node.host), None)
    steps = EnvironmentContext(
        Config(), script, fn=lambda rev, _: script._downgrade_revs(revision, rev)
    )
    with migration._exclusive(sold.node.db) as connection, steps as environment:
        environment.configure(
            connection=connection, target_metadata=Base.metadata, render_as_batch=True
        )
        environment.run_migrations()


def test_what_was_settled_then_was_all_collected_at_the_rounds_own_hub(sold: Sold):
    sold.settle()
    before = [(line.line_id, line.order_id, line.product_id) for line in sold.settled_lines()]
    down_to(sold, "assembly_0002")
    with sold.node.db.read() as session:
        assert session.execute(text("SELECT count(*) FROM assembly_settled_line")).scalar() == 4
    migration.migrate(sold.node.db, sold.node.host)
    lines = sold.settled_lines()
    assert [(line.line_id, line.order_id, line.product_id) for line in lines] == before
    assert {line.hub_id for line in lines} == {sold.cast.space("hub").id}
    with sold.node.db.read() as session:
        (hub,) = hubs_of(session, sold.id)
        assert hub.sums == settlement_page(session, sold.id).sums
