"""Settlements, the statements in them, and their lines: none of it can be changed."""

import sqlalchemy as sa
from alembic import op

from wizzle.core.migration import append_only, changeable_again

revision = "assembly_0002"
down_revision = "assembly_0001"
branch_labels = None
depends_on = None

TABLES = ("assembly_settled_line", "assembly_statement", "assembly_settlement")


def upgrade() -> None:
    op.create_table(
        "assembly_settled_line",
        sa.Column("line_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("seller_name", sa.String(length=120), nullable=False),
        sa.Column("product_name", sa.String(length=80), nullable=False),
        sa.Column("unit_label", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("tax_class", sa.String(length=10), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("producer", sa.BigInteger(), nullable=False),
        sa.Column("activist", sa.BigInteger(), nullable=False),
        sa.Column("centre", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "paid = producer + activist + centre", name=op.f("ck_assembly_settled_line_shares")
        ),
        sa.CheckConstraint(
            "paid > 0 AND activist >= 0 AND centre >= 0", name=op.f("ck_assembly_settled_line_paid")
        ),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_assembly_settled_line")),
    )
    op.create_index(
        "ix_assembly_settled_line_cycle_id_seller_id",
        "assembly_settled_line",
        ["cycle_id", "seller_id"],
    )

    op.create_table(
        "assembly_settlement",
        sa.Column("cycle_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hub_id", sa.Integer(), nullable=False),
        sa.Column("hub_name", sa.String(length=120), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("exempt", sa.BigInteger(), nullable=False),
        sa.Column("taxed", sa.BigInteger(), nullable=False),
        sa.Column("producer", sa.BigInteger(), nullable=False),
        sa.Column("activist", sa.BigInteger(), nullable=False),
        sa.Column("centre", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "exempt + taxed = producer + activist + centre",
            name=op.f("ck_assembly_settlement_shares"),
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_assembly_settlement_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["assembly_cycle.id"], name=op.f("fk_assembly_settlement_cycle_id")
        ),
        sa.ForeignKeyConstraint(
            ["hub_id"], ["core_space.id"], name=op.f("fk_assembly_settlement_hub_id")
        ),
        sa.PrimaryKeyConstraint("cycle_id", name=op.f("pk_assembly_settlement")),
    )
    op.create_index(
        "ix_assembly_settlement_hub_id_cycle_id", "assembly_settlement", ["hub_id", "cycle_id"]
    )

    op.create_table(
        "assembly_statement",
        sa.Column("cycle_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seller_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seller_name", sa.String(length=120), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("exempt", sa.BigInteger(), nullable=False),
        sa.Column("taxed", sa.BigInteger(), nullable=False),
        sa.Column("producer", sa.BigInteger(), nullable=False),
        sa.Column("activist", sa.BigInteger(), nullable=False),
        sa.Column("centre", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "exempt + taxed = producer + activist + centre",
            name=op.f("ck_assembly_statement_shares"),
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["assembly_cycle.id"], name=op.f("fk_assembly_statement_cycle_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["core_space.id"], name=op.f("fk_assembly_statement_seller_id")
        ),
        sa.PrimaryKeyConstraint("cycle_id", "seller_id", name=op.f("pk_assembly_statement")),
    )
    op.create_index(
        "ix_assembly_statement_seller_id_cycle_id", "assembly_statement", ["seller_id", "cycle_id"]
    )

    for table in TABLES:
        append_only(table)


def downgrade() -> None:
    for table in reversed(TABLES):
        changeable_again(table)
        op.drop_table(table)
