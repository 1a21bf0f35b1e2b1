"""Orders."""

import sqlalchemy as sa
from alembic import op

from wizzle.core.migration import append_only, changeable_again

revision = "market_0002"
down_revision = "market_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "market_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.String(length=60), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("collect_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("collect_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cut_off", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("payment_provider", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("collected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('placed', 'withdrawn', 'collected', 'not_collected')",
            name=op.f("ck_market_order_state"),
        ),
        sa.ForeignKeyConstraint(
            ["host_id"], ["core_space.id"], name=op.f("fk_market_order_host_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_market_order_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_order")),
        sa.UniqueConstraint("number", name=op.f("uq_market_order_number")),
        sa.UniqueConstraint("occasion", "code", name=op.f("uq_market_order_occasion_code")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_market_order_person_id_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_market_order_uid")),
    )
    op.create_index(
        "ix_market_order_occasion_state_id", "market_order", ["occasion", "state", "id"]
    )
    op.create_index("ix_market_order_person_id_id", "market_order", ["person_id", "id"])

    op.create_table(
        "market_basket_line",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_market_basket_line_quantity")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_market_basket_line_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["market_product.id"],
            name=op.f("fk_market_basket_line_product_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "person_id", "occasion", "product_id", name=op.f("pk_market_basket_line")
        ),
    )
    op.create_table(
        "market_order_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_market_order_event_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["market_order.id"], name=op.f("fk_market_order_event_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_order_event")),
    )
    op.create_index("ix_market_order_event_order_id_id", "market_order_event", ["order_id", "id"])

    op.create_table(
        "market_order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("seller_name", sa.String(length=120), nullable=False),
        sa.Column("product_name", sa.String(length=80), nullable=False),
        sa.Column("unit_label", sa.String(length=40), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("delivered", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("tax_class", sa.String(length=10), nullable=False),
        sa.Column("origin", sa.String(length=120), nullable=False),
        sa.Column("storage", sa.String(length=20), nullable=False),
        sa.Column("activist_bp", sa.Integer(), nullable=False),
        sa.Column("centre_bp", sa.Integer(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("refunded", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "delivered >= 0 AND delivered <= quantity", name=op.f("ck_market_order_line_delivered")
        ),
        sa.CheckConstraint(
            "paid >= 0 AND refunded >= 0 AND refunded <= paid",
            name=op.f("ck_market_order_line_refunded"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_market_order_line_quantity")),
        sa.CheckConstraint(
            "taken >= 0 AND taken <= quantity", name=op.f("ck_market_order_line_taken")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["market_order.id"], name=op.f("fk_market_order_line_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["market_product.id"], name=op.f("fk_market_order_line_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["core_space.id"], name=op.f("fk_market_order_line_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_order_line")),
        sa.UniqueConstraint(
            "order_id", "product_id", name=op.f("uq_market_order_line_order_id_product_id")
        ),
    )
    op.create_index("ix_market_order_line_occasion_id", "market_order_line", ["occasion", "id"])
    op.create_index(op.f("ix_market_order_line_product_id"), "market_order_line", ["product_id"])
    op.create_index("ix_market_order_line_seller_id_id", "market_order_line", ["seller_id", "id"])
    append_only("market_order_event")


def downgrade() -> None:
    changeable_again("market_order_event")
    op.drop_table("market_order_line")
    op.drop_table("market_order_event")
    op.drop_table("market_basket_line")
    op.drop_table("market_order")
