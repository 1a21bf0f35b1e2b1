"""Carrying out what was decided: steps, reports, and what was left aside."""

import sqlalchemy as sa
from alembic import op

from wizzle.core.migration import append_only, changeable_again, lets_forget

revision = "fund_0005"
down_revision = "fund_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fund_commitment",
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("earmark_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_fund_commitment_amount")),
        sa.ForeignKeyConstraint(
            ["earmark_id"], ["fund_earmark.id"], name=op.f("fk_fund_commitment_earmark_id")
        ),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_fund_commitment")),
    )
    op.create_index("ix_fund_commitment_earmark_id", "fund_commitment", ["earmark_id"])
    op.create_table(
        "fund_undertaking",
        sa.Column("earmark_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=True),
        sa.Column("space_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["earmark_id"], ["fund_earmark.id"], name=op.f("fk_fund_undertaking_earmark_id")
        ),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["core_person.id"], name=op.f("fk_fund_undertaking_leader_id")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_fund_undertaking_space_id")
        ),
        sa.PrimaryKeyConstraint("earmark_id", name=op.f("pk_fund_undertaking")),
    )
    op.create_index("ix_fund_undertaking_ended_at", "fund_undertaking", ["ended_at"])
    op.create_index("ix_fund_undertaking_leader_id", "fund_undertaking", ["leader_id"])
    op.create_index("ix_fund_undertaking_space_id", "fund_undertaking", ["space_id"])
    op.create_table(
        "fund_carrying_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("earmark_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["earmark_id"],
            ["fund_undertaking.earmark_id"],
            name=op.f("fk_fund_carrying_report_earmark_id"),
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["core_person.id"], name=op.f("fk_fund_carrying_report_given_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_carrying_report")),
        sa.UniqueConstraint(
            "earmark_id", "due_on", name=op.f("uq_fund_carrying_report_earmark_id_due_on")
        ),
    )
    op.create_index(
        "ix_fund_carrying_report_given_at_due_on", "fund_carrying_report", ["given_at", "due_on"]
    )
    op.create_table(
        "fund_milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("earmark_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("evidence_picture_id", sa.Integer(), nullable=True),
        sa.Column("asked", sa.String(length=500), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shown_by", sa.Integer(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_fund_milestone_amount")),
        sa.ForeignKeyConstraint(
            ["accepted_by"], ["core_person.id"], name=op.f("fk_fund_milestone_accepted_by")
        ),
        sa.ForeignKeyConstraint(
            ["earmark_id"],
            ["fund_undertaking.earmark_id"],
            name=op.f("fk_fund_milestone_earmark_id"),
        ),
        sa.ForeignKeyConstraint(
            ["evidence_picture_id"],
            ["core_picture.id"],
            name=op.f("fk_fund_milestone_evidence_picture_id"),
        ),
        sa.ForeignKeyConstraint(
            ["shown_by"], ["core_person.id"], name=op.f("fk_fund_milestone_shown_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_milestone")),
        sa.UniqueConstraint(
            "earmark_id", "position", name=op.f("uq_fund_milestone_earmark_id_position")
        ),
    )
    op.create_table(
        "fund_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("earmark_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("was", sa.Date(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "what IN ('pay_early', 'no_report', 'later')", name=op.f("ck_fund_override_what")
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_fund_override_amount")),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_fund_override_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["earmark_id"],
            ["fund_undertaking.earmark_id"],
            name=op.f("fk_fund_override_earmark_id"),
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["fund_milestone.id"], name=op.f("fk_fund_override_milestone_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["fund_carrying_report.id"], name=op.f("fk_fund_override_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_override")),
        sa.UniqueConstraint("earmark_id", "key", name=op.f("uq_fund_override_earmark_id_key")),
    )
    append_only("fund_override")
    lets_forget("fund_override", "actor_id")


def downgrade() -> None:
    changeable_again("fund_override")
    op.drop_table("fund_override")
    op.drop_table("fund_milestone")
    op.drop_table("fund_carrying_report")
    op.drop_table("fund_undertaking")
    op.drop_table("fund_commitment")
