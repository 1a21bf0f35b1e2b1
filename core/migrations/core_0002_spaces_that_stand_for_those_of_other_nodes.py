"""Spaces that stand for those of other nodes."""

import sqlalchemy as sa
from alembic import op

revision = "core_0002"
down_revision = "core_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "core_space", sa.Column("home", sa.String(length=300), server_default="", nullable=False)
    )


def downgrade() -> None:
    with op.batch_alter_table("core_space", schema=None) as batch_op:
        batch_op.drop_column("home")
