"""Where the fund's money came from."""

import sqlalchemy as sa
from alembic import op

from wizzle.core.migration import append_only, changeable_again

revision = "fund_0001"
down_revision = None
branch_labels = ("fund",)
depends_on = ("core_0001",)


def upgrade() -> None:
    op.create_table(
        "fund_income",
        sa.Column("posting", sa.String(length=120), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("hub_id", sa.Integer(), nullable=False),
        sa.Column("hub_name", sa.String(length=120), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("seller_name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["hub_id"], ["core_space.id"], name=op.f("fk_fund_income_hub_id")),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["core_space.id"], name=op.f("fk_fund_income_seller_id")
        ),
        sa.PrimaryKeyConstraint("posting", name=op.f("pk_fund_income")),
    )
    op.create_index(op.f("ix_fund_income_occasion"), "fund_income", ["occasion"])
    append_only("fund_income")


def downgrade() -> None:
    changeable_again("fund_income")
    op.drop_table("fund_income")
