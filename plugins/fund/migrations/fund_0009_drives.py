"""Drives, pledges and match funds."""

import sqlalchemy as sa
from alembic import op

from wizzle.core.migration import append_only, changeable_again

revision = "fund_0009"
down_revision = "fund_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fund_drive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("proposer_id", sa.Integer(), nullable=True),
        sa.Column("space_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.Column("minimum", sa.BigInteger(), nullable=False),
        sa.Column("optimum", sa.BigInteger(), nullable=False),
        sa.Column("for_minimum", sa.String(length=500), nullable=False),
        sa.Column("for_optimum", sa.String(length=500), nullable=False),
        sa.Column("carrier", sa.String(length=200), nullable=False),
        sa.Column("first_days", sa.Integer(), nullable=False),
        sa.Column("second_days", sa.Integer(), nullable=False),
        sa.Column("first_until", sa.Date(), nullable=True),
        sa.Column("second_until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('proposed', 'refused', 'open', 'succeeded', 'failed', 'cancelled')",
            name=op.f("ck_fund_drive_state"),
        ),
        sa.CheckConstraint("minimum > 0 AND optimum >= minimum", name=op.f("ck_fund_drive_goals")),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["core_picture.id"], name=op.f("fk_fund_drive_picture_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposer_id"], ["core_person.id"], name=op.f("fk_fund_drive_proposer_id")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_fund_drive_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_drive")),
        sa.UniqueConstraint("key", name=op.f("uq_fund_drive_key")),
    )
    op.create_index(op.f("ix_fund_drive_proposer_id"), "fund_drive", ["proposer_id"])
    op.create_index(op.f("ix_fund_drive_space_id"), "fund_drive", ["space_id"])
    op.create_index("ix_fund_drive_state_id", "fund_drive", ["state", "id"])

    op.create_table(
        "fund_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("space_id", sa.Integer(), nullable=True),
        sa.Column("earmark_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("factor_bp", sa.Integer(), nullable=False),
        sa.Column("per_pledge", sa.BigInteger(), nullable=False),
        sa.Column("per_drive", sa.BigInteger(), nullable=False),
        sa.Column("per_person", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(area_id IS NULL) <> (space_id IS NULL)", name=op.f("ck_fund_match_giver")
        ),
        sa.CheckConstraint(
            "amount > 0 AND factor_bp > 0 AND per_pledge > 0 AND per_drive > 0 AND per_person > 0",
            name=op.f("ck_fund_match_caps"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id"], ["fund_earmark.id"], name=op.f("fk_fund_match_area_id")
        ),
        sa.ForeignKeyConstraint(
            ["earmark_id"], ["fund_earmark.id"], name=op.f("fk_fund_match_earmark_id")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_fund_match_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_match")),
        sa.UniqueConstraint("earmark_id", name=op.f("uq_fund_match_earmark_id")),
        sa.UniqueConstraint("key", name=op.f("uq_fund_match_key")),
    )
    op.create_table(
        "fund_drive_news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drive_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["drive_id"], ["fund_drive.id"], name=op.f("fk_fund_drive_news_drive_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_drive_news")),
        sa.UniqueConstraint("drive_id", "key", name=op.f("uq_fund_drive_news_drive_id_key")),
    )
    op.create_index("ix_fund_drive_news_drive_id_id", "fund_drive_news", ["drive_id", "id"])

    op.create_table(
        "fund_drive_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drive_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount >= 0 AND days > 0", name=op.f("ck_fund_drive_step_limits")),
        sa.ForeignKeyConstraint(
            ["drive_id"], ["fund_drive.id"], name=op.f("fk_fund_drive_step_drive_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_drive_step")),
        sa.UniqueConstraint(
            "drive_id", "position", name=op.f("uq_fund_drive_step_drive_id_position")
        ),
    )
    op.create_table(
        "fund_match_drive",
        sa.Column("drive_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["drive_id"], ["fund_drive.id"], name=op.f("fk_fund_match_drive_drive_id")
        ),
        sa.ForeignKeyConstraint(
            ["match_id"], ["fund_match.id"], name=op.f("fk_fund_match_drive_match_id")
        ),
        sa.PrimaryKeyConstraint("drive_id", name=op.f("pk_fund_match_drive")),
    )
    op.create_index(op.f("ix_fund_match_drive_match_id"), "fund_match_drive", ["match_id"])

    op.create_table(
        "fund_reward",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drive_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("ready_on", sa.Date(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.CheckConstraint(
            "price > 0 AND (number IS NULL OR number > 0)", name=op.f("ck_fund_reward_limits")
        ),
        sa.ForeignKeyConstraint(
            ["drive_id"], ["fund_drive.id"], name=op.f("fk_fund_reward_drive_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_reward")),
        sa.UniqueConstraint("drive_id", "key", name=op.f("uq_fund_reward_drive_id_key")),
    )
    op.create_index(op.f("ix_fund_reward_drive_id"), "fund_reward", ["drive_id"])

    op.create_table(
        "fund_solicitation",
        sa.Column("drive_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organiser", sa.String(length=120), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("representative", sa.String(length=60), nullable=False),
        sa.Column("office", sa.String(length=120), nullable=False),
        sa.Column("registration", sa.String(length=60), nullable=False),
        sa.Column("purpose", sa.String(length=500), nullable=False),
        sa.Column("tax_benefit", sa.Boolean(), nullable=False),
        sa.Column("cost_bp", sa.Integer(), nullable=False),
        sa.Column("results", sa.String(length=200), nullable=False),
        sa.Column("goal", sa.BigInteger(), nullable=False),
        sa.Column("collect_from", sa.Date(), nullable=False),
        sa.Column("collect_until", sa.Date(), nullable=False),
        sa.Column("use_from", sa.Date(), nullable=False),
        sa.Column("use_until", sa.Date(), nullable=False),
        sa.Column("account", sa.String(length=120), nullable=False),
        sa.CheckConstraint(
            "goal > 0 AND cost_bp BETWEEN 0 AND 1500", name=op.f("ck_fund_solicitation_limits")
        ),
        sa.ForeignKeyConstraint(
            ["drive_id"], ["fund_drive.id"], name=op.f("fk_fund_solicitation_drive_id")
        ),
        sa.PrimaryKeyConstraint("drive_id", name=op.f("pk_fund_solicitation")),
    )
    op.create_index(
        op.f("ix_fund_solicitation_collect_until"), "fund_solicitation", ["collect_until"]
    )

    op.create_table(
        "fund_pledge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drive_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("reward_id", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("matched", sa.BigInteger(), nullable=False),
        sa.Column("wants_receipt", sa.Boolean(), nullable=False),
        sa.Column("receipt", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lapsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("owed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "amount > 0 AND quantity > 0 AND matched >= 0", name=op.f("ck_fund_pledge_amounts")
        ),
        sa.ForeignKeyConstraint(
            ["drive_id"], ["fund_drive.id"], name=op.f("fk_fund_pledge_drive_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_fund_pledge_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["reward_id"], ["fund_reward.id"], name=op.f("fk_fund_pledge_reward_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_pledge")),
        sa.UniqueConstraint("code", name=op.f("uq_fund_pledge_code")),
        sa.UniqueConstraint("drive_id", "key", name=op.f("uq_fund_pledge_drive_id_key")),
        sa.UniqueConstraint("receipt", name=op.f("uq_fund_pledge_receipt")),
    )
    op.create_index("ix_fund_pledge_drive_id_id", "fund_pledge", ["drive_id", "id"])
    op.create_index(op.f("ix_fund_pledge_made_at"), "fund_pledge", ["made_at"])
    op.create_index(
        "ix_fund_pledge_owed_at_paid_back_at", "fund_pledge", ["owed_at", "paid_back_at"]
    )
    op.create_index(op.f("ix_fund_pledge_person_id"), "fund_pledge", ["person_id"])
    op.create_index(op.f("ix_fund_pledge_reward_id"), "fund_pledge", ["reward_id"])

    op.create_table(
        "fund_pledge_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["fund_pledge.id"], name=op.f("fk_fund_pledge_change_pledge_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_pledge_change")),
    )
    op.create_index(op.f("ix_fund_pledge_change_pledge_id"), "fund_pledge_change", ["pledge_id"])

    append_only("fund_pledge_change")


def downgrade() -> None:
    changeable_again("fund_pledge_change")
    op.drop_index(op.f("ix_fund_pledge_change_pledge_id"), "fund_pledge_change")

    op.drop_table("fund_pledge_change")
    op.drop_index(op.f("ix_fund_pledge_reward_id"), "fund_pledge")
    op.drop_index(op.f("ix_fund_pledge_person_id"), "fund_pledge")
    op.drop_index("ix_fund_pledge_owed_at_paid_back_at", "fund_pledge")
    op.drop_index(op.f("ix_fund_pledge_made_at"), "fund_pledge")
    op.drop_index("ix_fund_pledge_drive_id_id", "fund_pledge")

    op.drop_table("fund_pledge")
    op.drop_index(op.f("ix_fund_solicitation_collect_until"), "fund_solicitation")

    op.drop_table("fund_solicitation")
    op.drop_index(op.f("ix_fund_reward_drive_id"), "fund_reward")

    op.drop_table("fund_reward")
    op.drop_index(op.f("ix_fund_match_drive_match_id"), "fund_match_drive")

    op.drop_table("fund_match_drive")
    op.drop_table("fund_drive_step")
    op.drop_index("ix_fund_drive_news_drive_id_id", "fund_drive_news")

    op.drop_table("fund_drive_news")
    op.drop_table("fund_match")
    op.drop_index("ix_fund_drive_state_id", "fund_drive")
    op.drop_index(op.f("ix_fund_drive_space_id"), "fund_drive")
    op.drop_index(op.f("ix_fund_drive_proposer_id"), "fund_drive")

    op.drop_table("fund_drive")
