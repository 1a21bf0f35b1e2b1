"""Campaigns, donations and public-interest goods."""

import sqlalchemy as sa
from alembic import op

revision = "board_0003"
down_revision = "board_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "board_campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("receiver", sa.String(length=120), nullable=False),
        sa.Column("goal", sa.Integer(), nullable=True),
        sa.Column("bring", sa.String(length=300), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'closed')", name=op.f("ck_board_campaign_state")
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["core_picture.id"], name=op.f("fk_board_campaign_picture_id")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_board_campaign_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_campaign")),
        sa.UniqueConstraint("space_id", "key", name=op.f("uq_board_campaign_space_id_key")),
    )
    op.create_index(
        "ix_board_campaign_space_id_id", "board_campaign", ["space_id", "id"], unique=False
    )
    op.create_index("ix_board_campaign_state_id", "board_campaign", ["state", "id"], unique=False)
    op.create_table(
        "board_earned",
        sa.Column("posting", sa.String(length=120), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("won", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["core_space.id"], name=op.f("fk_board_earned_seller_id")
        ),
        sa.PrimaryKeyConstraint("posting", name=op.f("pk_board_earned")),
    )
    op.create_index(
        "ix_board_earned_occasion_seller_id",
        "board_earned",
        ["occasion", "seller_id"],
        unique=False,
    )
    op.create_table(
        "board_appeal",
        sa.Column("campaign_id", sa.Integer(), autoincrement=False, nullable=False),
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
            "goal > 0 AND cost_bp BETWEEN 0 AND 1500", name=op.f("ck_board_appeal_limits")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["board_campaign.id"], name=op.f("fk_board_appeal_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_board_appeal")),
    )
    op.create_table(
        "board_ask",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("addressee", sa.String(length=120), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("stance", sa.String(length=8), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["board_campaign.id"], name=op.f("fk_board_ask_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_ask")),
    )
    op.create_index(op.f("ix_board_ask_campaign_id"), "board_ask", ["campaign_id"], unique=False)
    op.create_table(
        "board_gift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("wants_receipt", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("receipt", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('unproven', 'promised', 'arrived', 'returned', 'dropped')",
            name=op.f("ck_board_gift_state"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_board_gift_amount")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["board_campaign.id"], name=op.f("fk_board_gift_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_board_gift_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_gift")),
        sa.UniqueConstraint("campaign_id", "key", name=op.f("uq_board_gift_campaign_id_key")),
        sa.UniqueConstraint("code", name=op.f("uq_board_gift_code")),
        sa.UniqueConstraint("receipt", name=op.f("uq_board_gift_receipt")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_board_gift_token_hash")),
    )
    op.create_index(
        "ix_board_gift_campaign_id_state_id",
        "board_gift",
        ["campaign_id", "state", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_board_gift_made_at"), "board_gift", ["made_at"], unique=False)
    op.create_index(op.f("ix_board_gift_person_id"), "board_gift", ["person_id"], unique=False)
    op.create_table(
        "board_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.CheckConstraint("wanted > 0", name=op.f("ck_board_need_wanted")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["board_campaign.id"], name=op.f("fk_board_need_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_need")),
    )
    op.create_index(op.f("ix_board_need_campaign_id"), "board_need", ["campaign_id"], unique=False)
    op.create_table(
        "board_result",
        sa.Column("campaign_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised", sa.BigInteger(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["board_campaign.id"], name=op.f("fk_board_result_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_board_result")),
    )
    op.create_table(
        "board_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("handed_on", sa.Boolean(), nullable=False),
        sa.Column("consent", sa.String(length=20), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["board_campaign.id"], name=op.f("fk_board_signature_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_board_signature_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_signature")),
        sa.UniqueConstraint(
            "campaign_id", "person_id", name=op.f("uq_board_signature_campaign_id_person_id")
        ),
        sa.UniqueConstraint("campaign_id", "who", name=op.f("uq_board_signature_campaign_id_who")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_board_signature_token_hash")),
    )
    op.create_index(
        "ix_board_signature_campaign_id_counted_at",
        "board_signature",
        ["campaign_id", "counted_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_board_signature_made_at"), "board_signature", ["made_at"], unique=False
    )
    op.create_index(
        op.f("ix_board_signature_person_id"), "board_signature", ["person_id"], unique=False
    )
    op.create_table(
        "board_spending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.String(length=120), nullable=False),
        sa.Column("evidence", sa.String(length=200), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.Column("is_cost", sa.Boolean(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_board_spending_amount")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["board_campaign.id"], name=op.f("fk_board_spending_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["core_picture.id"], name=op.f("fk_board_spending_picture_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_spending")),
        sa.UniqueConstraint("campaign_id", "key", name=op.f("uq_board_spending_campaign_id_key")),
    )
    op.create_index(
        "ix_board_spending_campaign_id_id", "board_spending", ["campaign_id", "id"], unique=False
    )
    op.create_table(
        "board_tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("product_name", sa.String(length=120), nullable=False),
        sa.Column("product_path", sa.String(length=200), nullable=False),
        sa.Column("per_unit", sa.BigInteger(), nullable=True),
        sa.Column("rate_bp", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('proposed', 'agreed', 'declined', 'ended')", name=op.f("ck_board_tie_state")
        ),
        sa.CheckConstraint(
            "(per_unit IS NULL) <> (rate_bp IS NULL)", name=op.f("ck_board_tie_one_share")
        ),
        sa.CheckConstraint("per_unit > 0", name=op.f("ck_board_tie_per_unit")),
        sa.CheckConstraint("rate_bp BETWEEN 1 AND 10000", name=op.f("ck_board_tie_rate_bp")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["board_campaign.id"], name=op.f("fk_board_tie_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["core_person.id"], name=op.f("fk_board_tie_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["core_space.id"], name=op.f("fk_board_tie_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_tie")),
        sa.UniqueConstraint(
            "campaign_id", "product_id", name=op.f("uq_board_tie_campaign_id_product_id")
        ),
    )
    op.create_index(op.f("ix_board_tie_product_id"), "board_tie", ["product_id"], unique=False)
    op.create_index(
        "ix_board_tie_seller_id_state", "board_tie", ["seller_id", "state"], unique=False
    )
    op.create_table(
        "board_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["board_campaign.id"], name=op.f("fk_board_update_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_update")),
        sa.UniqueConstraint("campaign_id", "key", name=op.f("uq_board_update_campaign_id_key")),
    )
    op.create_index(op.f("ix_board_update_at"), "board_update", ["at"], unique=False)
    op.create_index(
        "ix_board_update_campaign_id_id", "board_update", ["campaign_id", "id"], unique=False
    )
    op.create_table(
        "board_given",
        sa.Column("tie_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("won", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("won >= 0", name=op.f("ck_board_given_won")),
        sa.ForeignKeyConstraint(["tie_id"], ["board_tie.id"], name=op.f("fk_board_given_tie_id")),
        sa.PrimaryKeyConstraint("tie_id", "occasion", name=op.f("pk_board_given")),
    )
    op.create_table(
        "board_pledge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_board_pledge_quantity")),
        sa.ForeignKeyConstraint(
            ["need_id"], ["board_need.id"], name=op.f("fk_board_pledge_need_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_board_pledge_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_pledge")),
        sa.UniqueConstraint("need_id", "person_id", name=op.f("uq_board_pledge_need_id_person_id")),
    )
    op.create_index(op.f("ix_board_pledge_person_id"), "board_pledge", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("board_pledge")
    op.drop_table("board_given")
    op.drop_table("board_update")
    op.drop_table("board_tie")
    op.drop_table("board_spending")
    op.drop_table("board_signature")
    op.drop_table("board_result")
    op.drop_table("board_need")
    op.drop_table("board_gift")
    op.drop_table("board_ask")
    op.drop_table("board_appeal")
    op.drop_table("board_earned")
    op.drop_table("board_campaign")
