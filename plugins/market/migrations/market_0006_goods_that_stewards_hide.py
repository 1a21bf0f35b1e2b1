"""Goods that stewards hide."""

import sqlalchemy as sa
from alembic import op

revision = "market_0006"
down_revision = "market_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("market_product", sa.Column("listed_before", sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("market_product", schema=None) as batch_op:
        batch_op.drop_column("listed_before")
