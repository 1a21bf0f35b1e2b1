"""What phones send of a day at the hub."""

import sqlalchemy as sa
from alembic import op

revision = "assembly_0005"
down_revision = "assembly_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assembly_sent",
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=True),
        sa.Column("device_at", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("problem", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('applied', 'conflict')", name=op.f("ck_assembly_sent_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_assembly_sent_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["assembly_cycle.id"], name=op.f("fk_assembly_sent_cycle_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["market_order.id"], name=op.f("fk_assembly_sent_order_id")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_assembly_sent")),
    )
    op.create_index("ix_assembly_sent_cycle_id", "assembly_sent", ["cycle_id"])


def downgrade() -> None:
    op.drop_table("assembly_sent")
