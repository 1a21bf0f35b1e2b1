"""Orders between nodes, their documents as evidence, and books that mirror each other."""

import sqlalchemy as sa
from alembic import op

from wizzle.core.migration import append_only, changeable_again

revision = "trade_0002"
down_revision = "trade_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trade_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uri", sa.String(length=300), nullable=False),
        sa.Column("host", sa.String(length=260), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_here", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opening", sa.BigInteger(), nullable=False),
        sa.Column("closing", sa.BigInteger(), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("differing", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('sent', 'accepted', 'rejected')", name=op.f("ck_trade_statement_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade_statement")),
        sa.UniqueConstraint(
            "host",
            "month",
            "made_here",
            "number",
            name=op.f("uq_trade_statement_host_month_made_here_number"),
        ),
        sa.UniqueConstraint("uri", name=op.f("uq_trade_statement_uri")),
    )
    op.create_table(
        "trade_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=40), nullable=False),
        sa.Column("side", sa.String(length=6), nullable=False),
        sa.Column("order_ref", sa.String(length=64), nullable=False),
        sa.Column("peer_host", sa.String(length=260), nullable=False),
        sa.Column("peer_name", sa.String(length=120), nullable=False),
        sa.Column("buyer_actor", sa.String(length=300), nullable=False),
        sa.Column("seller_actor", sa.String(length=300), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("mirror_id", sa.Integer(), nullable=True),
        sa.Column("occasion", sa.String(length=40), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("buyer_name", sa.String(length=120), nullable=False),
        sa.Column("deliver_to", sa.String(length=400), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.Integer(), nullable=False),
        sa.Column("activist_bp", sa.Integer(), nullable=False),
        sa.Column("centre_bp", sa.Integer(), nullable=False),
        sa.Column("bundle_uri", sa.String(length=300), nullable=False),
        sa.Column("peer_view", sa.String(length=300), nullable=False),
        sa.Column("last_id", sa.String(length=300), nullable=False),
        sa.Column("answer_id", sa.String(length=300), nullable=False),
        sa.Column("problem", sa.String(length=300), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cut_off", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("side IN ('buyer', 'seller')", name=op.f("ck_trade_order_side")),
        sa.CheckConstraint(
            "state IN ('draft', 'offered', 'countered', 'accepted', 'amending', 'rejected',"
            " 'expired', 'cancelled', 'ready', 'shipped', 'delivered', 'disputed', 'refunded',"
            " 'settled')",
            name=op.f("ck_trade_order_state"),
        ),
        sa.ForeignKeyConstraint(
            ["mirror_id"], ["core_space.id"], name=op.f("fk_trade_order_mirror_id")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_trade_order_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade_order")),
        sa.UniqueConstraint(
            "occasion", "mirror_id", name=op.f("uq_trade_order_occasion_mirror_id")
        ),
        sa.UniqueConstraint(
            "side",
            "buyer_actor",
            "order_ref",
            name=op.f("uq_trade_order_side_buyer_actor_order_ref"),
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_trade_order_uid")),
    )
    op.create_index("ix_trade_order_peer_host_state", "trade_order", ["peer_host", "state"])
    op.create_index("ix_trade_order_space_id_id", "trade_order", ["space_id", "id"])

    op.create_table(
        "trade_booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(length=300), nullable=False),
        sa.Column("host", sa.String(length=260), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_here", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("space_id", sa.Integer(), nullable=True),
        sa.Column("corrects", sa.String(length=300), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('settlement', 'correction', 'payment')", name=op.f("ck_trade_booking_kind")
        ),
        sa.CheckConstraint(
            "state IN ('booked', 'waiting', 'refused')", name=op.f("ck_trade_booking_state")
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_trade_booking_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["trade_order.id"], name=op.f("fk_trade_booking_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_trade_booking_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade_booking")),
        sa.UniqueConstraint("event_id", name=op.f("uq_trade_booking_event_id")),
        sa.UniqueConstraint("key", name=op.f("uq_trade_booking_key")),
    )
    op.create_index("ix_trade_booking_host_at", "trade_booking", ["host", "at"])
    op.create_index("ix_trade_booking_order_id", "trade_booking", ["order_id"])

    op.create_table(
        "trade_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("host", sa.String(length=260), nullable=False),
        sa.Column("document_id", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("direction IN ('out', 'in')", name=op.f("ck_trade_event_direction")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["trade_order.id"], name=op.f("fk_trade_event_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade_event")),
        sa.UniqueConstraint(
            "direction", "document_id", name=op.f("uq_trade_event_direction_document_id")
        ),
    )
    op.create_index("ix_trade_event_order_id_id", "trade_event", ["order_id", "id"])

    op.create_table(
        "trade_line",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("product_name", sa.String(length=130), nullable=False),
        sa.Column("unit_label", sa.String(length=40), nullable=False),
        sa.Column("sold_by", sa.String(length=10), nullable=False),
        sa.Column("proposal", sa.String(length=300), nullable=False),
        sa.Column("proposal_version", sa.Integer(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("agreed", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("shipped", sa.Integer(), nullable=True),
        sa.Column("shipped_g", sa.Integer(), nullable=True),
        sa.Column("lot", sa.String(length=60), nullable=False),
        sa.Column("received", sa.Integer(), nullable=True),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.CheckConstraint("price > 0 AND seen > 0", name=op.f("ck_trade_line_price")),
        sa.CheckConstraint(
            "wanted >= 0 AND agreed >= 0 AND held >= 0", name=op.f("ck_trade_line_units")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["trade_order.id"], name=op.f("fk_trade_line_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["market_product.id"], name=op.f("fk_trade_line_product_id")
        ),
        sa.PrimaryKeyConstraint("order_id", "no", name=op.f("pk_trade_line")),
    )
    append_only("trade_event")


def downgrade() -> None:
    changeable_again("trade_event")
    op.drop_table("trade_line")
    op.drop_index("ix_trade_event_order_id_id", "trade_event")

    op.drop_table("trade_event")
    op.drop_index("ix_trade_booking_order_id", "trade_booking")
    op.drop_index("ix_trade_booking_host_at", "trade_booking")

    op.drop_table("trade_booking")
    op.drop_index("ix_trade_order_space_id_id", "trade_order")
    op.drop_index("ix_trade_order_peer_host_state", "trade_order")

    op.drop_table("trade_order")
    op.drop_table("trade_statement")
