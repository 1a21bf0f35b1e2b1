"""Members of the fund, their dues and capital."""

import sqlalchemy as sa
from alembic import op

from wizzle.core.migration import append_only, changeable_again

revision = "fund_0004"
down_revision = "fund_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fund_dues_settings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bank", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=60), nullable=False),
        sa.Column("due_day", sa.Integer(), nullable=False),
        sa.Column("year_ends", sa.Integer(), nullable=False),
        sa.Column("repay_months", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "id = 1 AND due_day BETWEEN 1 AND 28 AND year_ends BETWEEN 1 AND 12"
            " AND repay_months BETWEEN 0 AND 36",
            name=op.f("ck_fund_dues_settings_limits"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_dues_settings")),
    )
    op.create_table(
        "fund_membership_kind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("every", sa.String(length=6), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.BigInteger(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "every IN ('month', 'year', 'never')", name=op.f("ck_fund_membership_kind_every")
        ),
        sa.CheckConstraint(
            "amount >= 0 AND unit >= 0 AND least >= 0", name=op.f("ck_fund_membership_kind_amounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_membership_kind")),
        sa.UniqueConstraint("key", name=op.f("uq_fund_membership_kind_key")),
    )
    op.create_table(
        "fund_bank_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("rest", sa.JSON(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_fund_bank_file_actor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_bank_file")),
        sa.UniqueConstraint("digest", name=op.f("uq_fund_bank_file_digest")),
    )
    op.create_table(
        "fund_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("owes_from", sa.Date(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("kept_name", sa.String(length=60), nullable=False),
        sa.Column("kept_contact", sa.String(length=254), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.CheckConstraint(
            "state IN ('applied', 'refused', 'withdrawn', 'member', 'left', 'ended')",
            name=op.f("ck_fund_member_state"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["core_person.id"], name=op.f("fk_fund_member_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["fund_membership_kind.id"], name=op.f("fk_fund_member_kind_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_fund_member_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_member")),
        sa.UniqueConstraint("code", name=op.f("uq_fund_member_code")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_fund_member_person_id_key")),
    )
    op.create_index(op.f("ix_fund_member_kind_id"), "fund_member", ["kind_id"])
    op.create_index(
        "ix_fund_member_live",
        "fund_member",
        ["person_id", "kind_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('applied', 'member')"),
        postgresql_where=sa.text("state IN ('applied', 'member')"),
    )
    op.create_index("ix_fund_member_state_id", "fund_member", ["state", "id"])

    op.create_table(
        "fund_capital_return",
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("lost", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "amount > 0 AND paid >= 0 AND lost >= 0", name=op.f("ck_fund_capital_return_amount")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["fund_member.id"], name=op.f("fk_fund_capital_return_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["paid_by"], ["core_person.id"], name=op.f("fk_fund_capital_return_paid_by")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_fund_capital_return")),
    )
    op.create_index(op.f("ix_fund_capital_return_due_on"), "fund_capital_return", ["due_on"])

    op.create_table(
        "fund_deposit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("depositor", sa.String(length=60), nullable=False),
        sa.Column("memo", sa.String(length=120), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("named", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('matched', 'ambiguous', 'unmatched', 'given', 'left')",
            name=op.f("ck_fund_deposit_state"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_fund_deposit_amount")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["core_person.id"], name=op.f("fk_fund_deposit_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["fund_bank_file.id"], name=op.f("fk_fund_deposit_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_deposit")),
        sa.UniqueConstraint("mark", name=op.f("uq_fund_deposit_mark")),
    )
    op.create_index(op.f("ix_fund_deposit_at"), "fund_deposit", ["at"])
    op.create_index("ix_fund_deposit_file_id_line", "fund_deposit", ["file_id", "line"])
    op.create_index("ix_fund_deposit_state_id", "fund_deposit", ["state", "id"])

    op.create_table(
        "fund_due",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("every", sa.String(length=6), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.Column("plea", sa.Text(), nullable=False),
        sa.Column("plea_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("waived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "amount > 0 AND paid BETWEEN 0 AND amount", name=op.f("ck_fund_due_paid")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["core_person.id"], name=op.f("fk_fund_due_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["fund_member.id"], name=op.f("fk_fund_due_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_due")),
        sa.UniqueConstraint("member_id", "period", name=op.f("uq_fund_due_member_id_period")),
    )
    op.create_index("ix_fund_due_due_on_id", "fund_due", ["due_on", "id"])
    op.create_index("ix_fund_due_remind_on_id", "fund_due", ["remind_on", "id"])

    op.create_table(
        "fund_share_certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("shares", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["fund_member.id"], name=op.f("fk_fund_share_certificate_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_share_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_fund_share_certificate_code")),
        sa.UniqueConstraint(
            "member_id", "key", name=op.f("uq_fund_share_certificate_member_id_key")
        ),
    )
    op.create_table(
        "fund_share_purchase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("shares", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('wanted', 'paid', 'dropped')", name=op.f("ck_fund_share_purchase_state")
        ),
        sa.CheckConstraint("shares > 0 AND amount > 0", name=op.f("ck_fund_share_purchase_amount")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["fund_member.id"], name=op.f("fk_fund_share_purchase_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_share_purchase")),
        sa.UniqueConstraint("code", name=op.f("uq_fund_share_purchase_code")),
        sa.UniqueConstraint("member_id", "key", name=op.f("uq_fund_share_purchase_member_id_key")),
    )
    op.create_table(
        "fund_member_money",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.Column("purchase_id", sa.Integer(), nullable=True),
        sa.Column("deposit_id", sa.Integer(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=110), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "way IN ('bank', 'cash', 'mistake', 'back', 'loss')",
            name=op.f("ck_fund_member_money_way"),
        ),
        sa.CheckConstraint(
            "what IN ('dues', 'capital') AND amount <> 0", name=op.f("ck_fund_member_money_what")
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_fund_member_money_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["deposit_id"], ["fund_deposit.id"], name=op.f("fk_fund_member_money_deposit_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["fund_member.id"], name=op.f("fk_fund_member_money_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["fund_share_purchase.id"],
            name=op.f("fk_fund_member_money_purchase_id"),
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["fund_member_money.id"], name=op.f("fk_fund_member_money_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_member_money")),
        sa.UniqueConstraint("key", name=op.f("uq_fund_member_money_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_fund_member_money_reverses_id")),
    )
    op.create_index(op.f("ix_fund_member_money_at"), "fund_member_money", ["at"])
    op.create_index(op.f("ix_fund_member_money_deposit_id"), "fund_member_money", ["deposit_id"])
    op.create_index("ix_fund_member_money_member_id_id", "fund_member_money", ["member_id", "id"])
    append_only("fund_member_money")


def downgrade() -> None:
    changeable_again("fund_member_money")
    op.drop_table("fund_member_money")
    op.drop_table("fund_share_purchase")
    op.drop_table("fund_share_certificate")
    op.drop_table("fund_due")
    op.drop_table("fund_deposit")
    op.drop_table("fund_capital_return")
    op.drop_table("fund_member")
    op.drop_table("fund_bank_file")
    op.drop_table("fund_membership_kind")
    op.drop_table("fund_dues_settings")
