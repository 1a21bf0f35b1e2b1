"""What money of the fund is set apart for."""

import sqlalchemy as sa
from alembic import op

revision = "fund_0002"
down_revision = "fund_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fund_earmark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('area', 'project')", name=op.f("ck_fund_earmark_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_earmark")),
        sa.UniqueConstraint("key", name=op.f("uq_fund_earmark_key")),
    )
    op.create_index(op.f("ix_fund_earmark_subject"), "fund_earmark", ["subject"])


def downgrade() -> None:
    op.drop_table("fund_earmark")
