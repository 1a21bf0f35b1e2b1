"""Ticks of what lies ready."""

import sqlalchemy as sa
from alembic import op

revision = "assembly_0004"
down_revision = "assembly_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assembly_tick",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["market_order.id"], name=op.f("fk_assembly_tick_order_id")
        ),
        sa.PrimaryKeyConstraint("order_id", "mark", name=op.f("pk_assembly_tick")),
    )


def downgrade() -> None:
    op.drop_table("assembly_tick")
