"""How standing orders are paid."""

import sqlalchemy as sa
from alembic import op

revision = "market_0004"
down_revision = "market_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("market_standing_order", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "payment", sa.String(length=40), server_default="at_collection", nullable=False
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("market_standing_order", schema=None) as batch_op:
        batch_op.drop_column("payment")
