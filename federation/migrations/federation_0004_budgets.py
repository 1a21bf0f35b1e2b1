"""How many bytes other nodes bring and read in an hour."""

import sqlalchemy as sa
from alembic import op

revision = "federation_0004"
down_revision = "federation_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "federation_budget",
        sa.Column("who", sa.String(length=255), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("hour", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("who", "way", "hour", name=op.f("pk_federation_budget")),
    )


def downgrade() -> None:
    op.drop_table("federation_budget")
