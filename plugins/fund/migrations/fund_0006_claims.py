"""Expense claims, their receipts, and the runs that pay them."""

import sqlalchemy as sa
from alembic import op

revision = "fund_0006"
down_revision = "fund_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fund_claim_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("total > 0", name=op.f("ck_fund_claim_run_total")),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_fund_claim_run_actor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_claim_run")),
        sa.UniqueConstraint("key", name=op.f("uq_fund_claim_run_key")),
        sa.UniqueConstraint("number", name=op.f("uq_fund_claim_run_number")),
    )
    op.create_table(
        "fund_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claimant_id", sa.Integer(), nullable=True),
        sa.Column("earmark_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=120), nullable=False),
        sa.Column("wording", sa.String(length=120), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("seller", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('handed_in', 'asked', 'checked', 'approved', 'in_run', 'paid', 'refused',"
            " 'withdrawn', 'reversed')",
            name=op.f("ck_fund_claim_state"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_fund_claim_amount")),
        sa.CheckConstraint(
            "checked_by IS NULL OR approved_by IS NULL OR checked_by != approved_by",
            name=op.f("ck_fund_claim_two_people"),
        ),
        sa.CheckConstraint(
            "claimant_id IS NULL OR (coalesce(checked_by, 0) != claimant_id"
            " AND coalesce(approved_by, 0) != claimant_id)",
            name=op.f("ck_fund_claim_not_own"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["core_person.id"], name=op.f("fk_fund_claim_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["core_person.id"], name=op.f("fk_fund_claim_checked_by")
        ),
        sa.ForeignKeyConstraint(
            ["claimant_id"], ["core_person.id"], name=op.f("fk_fund_claim_claimant_id")
        ),
        sa.ForeignKeyConstraint(
            ["earmark_id"], ["fund_earmark.id"], name=op.f("fk_fund_claim_earmark_id")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["fund_claim_run.id"], name=op.f("fk_fund_claim_run_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_claim")),
        sa.UniqueConstraint("claimant_id", "key", name=op.f("uq_fund_claim_claimant_id_key")),
    )
    op.create_index("ix_fund_claim_bought_on_amount", "fund_claim", ["bought_on", "amount"])
    op.create_index("ix_fund_claim_claimant_id", "fund_claim", ["claimant_id"])
    op.create_index("ix_fund_claim_closed_at", "fund_claim", ["closed_at"])
    op.create_index("ix_fund_claim_earmark_id_state", "fund_claim", ["earmark_id", "state"])
    op.create_index("ix_fund_claim_made_at", "fund_claim", ["made_at"])
    op.create_index("ix_fund_claim_run_id", "fund_claim", ["run_id"])
    op.create_index("ix_fund_claim_state_id", "fund_claim", ["state", "id"])
    op.create_table(
        "fund_claim_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["fund_claim.id"], name=op.f("fk_fund_claim_receipt_claim_id")
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["core_picture.id"], name=op.f("fk_fund_claim_receipt_picture_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_claim_receipt")),
    )
    op.create_index("ix_fund_claim_receipt_claim_id", "fund_claim_receipt", ["claim_id"])
    op.create_index("ix_fund_claim_receipt_digest", "fund_claim_receipt", ["digest"])
    op.create_table(
        "fund_claim_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_fund_claim_step_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["fund_claim.id"], name=op.f("fk_fund_claim_step_claim_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_claim_step")),
    )
    op.create_index("ix_fund_claim_step_claim_id", "fund_claim_step", ["claim_id"])


def downgrade() -> None:
    op.drop_table("fund_claim_step")
    op.drop_table("fund_claim_receipt")
    op.drop_table("fund_claim")
    op.drop_table("fund_claim_run")
