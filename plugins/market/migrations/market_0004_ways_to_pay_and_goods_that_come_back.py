"""How standing orders are paid, and when goods that are off for a week come back."""

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
    op.add_column("market_product", sa.Column("back_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("market_product", "back_at")
    with op.batch_alter_table("market_standing_order", schema=None) as batch_op:
        batch_op.drop_column("payment")
