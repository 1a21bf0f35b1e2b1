"""Lenders and their loans."""

import sqlalchemy as sa
from alembic import op

from wizzle.core.migration import append_only, changeable_again

revision = "fund_0010"
down_revision = "fund_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fund_lender",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=True),
        sa.Column("most", sa.BigInteger(), nullable=False),
        sa.Column("most_months", sa.Integer(), nullable=False),
        sa.Column("rate_bp", sa.Integer(), nullable=False),
        sa.Column("late_bp", sa.Integer(), nullable=False),
        sa.Column("purposes", sa.String(length=500), nullable=False),
        sa.Column("letter_days", sa.Integer(), nullable=False),
        sa.Column("capital", sa.BigInteger(), nullable=True),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_by", sa.Integer(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind <> 'social_coop' OR capital IS NOT NULL", name=op.f("ck_fund_lender_capital")
        ),
        sa.CheckConstraint(
            "rate_bp BETWEEN 0 AND 2000 AND late_bp BETWEEN 0 AND 2000",
            name=op.f("ck_fund_lender_cap"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["core_person.id"], name=op.f("fk_fund_lender_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_fund_lender_space_id")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by"], ["core_person.id"], name=op.f("fk_fund_lender_verified_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_lender")),
        sa.UniqueConstraint("key", name=op.f("uq_fund_lender_key")),
    )
    op.create_table(
        "fund_loan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lender_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("grace", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("rate_bp", sa.Integer(), nullable=False),
        sa.Column("late_bp", sa.Integer(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("repay_how", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("out_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lost", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "amount > 0 AND grace >= 0 AND grace < months",
            name=op.f("ck_fund_loan_terms"),
        ),
        sa.CheckConstraint(
            "rate_bp BETWEEN 0 AND 2000 AND late_bp BETWEEN 0 AND 2000",
            name=op.f("ck_fund_loan_cap"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["core_person.id"], name=op.f("fk_fund_loan_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["lender_id"], ["fund_lender.id"], name=op.f("fk_fund_loan_lender_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_fund_loan_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_loan")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_fund_loan_person_id_key")),
    )
    with op.batch_alter_table("fund_loan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fund_loan_ended_at"), ["ended_at"], unique=False)
        batch_op.create_index("ix_fund_loan_lender_id_state", ["lender_id", "state"], unique=False)
        batch_op.create_index("ix_fund_loan_state_id", ["state", "id"], unique=False)

    op.create_table(
        "fund_loan_guarantor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("loan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paper_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'agreed', 'declined')", name=op.f("ck_fund_loan_guarantor_state")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_fund_loan_guarantor_amount")),
        sa.ForeignKeyConstraint(
            ["loan_id"], ["fund_loan.id"], name=op.f("fk_fund_loan_guarantor_loan_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_fund_loan_guarantor_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_loan_guarantor")),
        sa.UniqueConstraint("code", name=op.f("uq_fund_loan_guarantor_code")),
        sa.UniqueConstraint(
            "loan_id", "person_id", name=op.f("uq_fund_loan_guarantor_loan_id_person_id")
        ),
    )
    with op.batch_alter_table("fund_loan_guarantor", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fund_loan_guarantor_loan_id"), ["loan_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_fund_loan_guarantor_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "fund_loan_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("loan_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["loan_id"], ["fund_loan.id"], name=op.f("fk_fund_loan_plan_loan_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["core_person.id"], name=op.f("fk_fund_loan_plan_made_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_loan_plan")),
        sa.UniqueConstraint("loan_id", "version", name=op.f("uq_fund_loan_plan_loan_id_version")),
    )
    op.create_table(
        "fund_loan_write_off",
        sa.Column("loan_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_by", sa.Integer(), nullable=True),
        sa.Column("second_by", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["core_person.id"], name=op.f("fk_fund_loan_write_off_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["first_by"], ["core_person.id"], name=op.f("fk_fund_loan_write_off_first_by")
        ),
        sa.ForeignKeyConstraint(
            ["loan_id"], ["fund_loan.id"], name=op.f("fk_fund_loan_write_off_loan_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_by"], ["core_person.id"], name=op.f("fk_fund_loan_write_off_second_by")
        ),
        sa.PrimaryKeyConstraint("loan_id", name=op.f("pk_fund_loan_write_off")),
    )
    op.create_table(
        "fund_loan_instalment",
        sa.Column("plan_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("interest", sa.BigInteger(), nullable=False),
        sa.Column("principal", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["fund_loan_plan.id"], name=op.f("fk_fund_loan_instalment_plan_id")
        ),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_fund_loan_instalment")),
    )
    op.create_table(
        "fund_loan_payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("loan_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("late", sa.BigInteger(), nullable=False),
        sa.Column("interest", sa.BigInteger(), nullable=False),
        sa.Column("principal", sa.BigInteger(), nullable=False),
        sa.Column("is_early", sa.Boolean(), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["loan_id"], ["fund_loan.id"], name=op.f("fk_fund_loan_payment_loan_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["core_person.id"], name=op.f("fk_fund_loan_payment_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["fund_loan_plan.id"], name=op.f("fk_fund_loan_payment_plan_id")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["fund_loan_payment.id"], name=op.f("fk_fund_loan_payment_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_loan_payment")),
        sa.UniqueConstraint("loan_id", "key", name=op.f("uq_fund_loan_payment_loan_id_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_fund_loan_payment_reverses_id")),
    )
    with op.batch_alter_table("fund_loan_payment", schema=None) as batch_op:
        batch_op.create_index("ix_fund_loan_payment_loan_id_id", ["loan_id", "id"], unique=False)

    for table in ("fund_loan_plan", "fund_loan_instalment", "fund_loan_payment"):
        append_only(table)


def downgrade() -> None:
    for table in ("fund_loan_plan", "fund_loan_instalment", "fund_loan_payment"):
        changeable_again(table)
    with op.batch_alter_table("fund_loan_payment", schema=None) as batch_op:
        batch_op.drop_index("ix_fund_loan_payment_loan_id_id")

    op.drop_table("fund_loan_payment")
    op.drop_table("fund_loan_instalment")
    op.drop_table("fund_loan_write_off")
    op.drop_table("fund_loan_plan")
    with op.batch_alter_table("fund_loan_guarantor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fund_loan_guarantor_person_id"))
        batch_op.drop_index(batch_op.f("ix_fund_loan_guarantor_loan_id"))

    op.drop_table("fund_loan_guarantor")
    with op.batch_alter_table("fund_loan", schema=None) as batch_op:
        batch_op.drop_index("ix_fund_loan_state_id")
        batch_op.drop_index("ix_fund_loan_lender_id_state")
        batch_op.drop_index(batch_op.f("ix_fund_loan_ended_at"))

    op.drop_table("fund_loan")
    op.drop_table("fund_lender")
