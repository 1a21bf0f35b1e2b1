"""Catalogues and copies."""

import sqlalchemy as sa
from alembic import op

revision = "trade_0001"
down_revision = None
branch_labels = ("trade",)
depends_on = ("core_0002", "assembly_0003")


def upgrade() -> None:
    op.create_table(
        "trade_item",
        sa.Column("product_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("product_version", sa.Integer(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_trade_item_space_id")
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_trade_item")),
    )
    op.create_index("ix_trade_item_space_id_seq", "trade_item", ["space_id", "seq"])

    op.create_table(
        "trade_publication",
        sa.Column("space_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("seller_name", sa.String(length=120), nullable=False),
        sa.Column("switched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("switched_by", sa.Integer(), nullable=True),
        sa.Column("freshened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_trade_publication_space_id")
        ),
        sa.ForeignKeyConstraint(
            ["switched_by"], ["core_person.id"], name=op.f("fk_trade_publication_switched_by")
        ),
        sa.PrimaryKeyConstraint("space_id", name=op.f("pk_trade_publication")),
    )
    op.create_index(op.f("ix_trade_publication_published"), "trade_publication", ["published"])

    op.create_table(
        "trade_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(length=300), nullable=False),
        sa.Column("host", sa.String(length=260), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withheld_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("reading", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["core_space.id"], name=op.f("fk_trade_source_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade_source")),
        sa.UniqueConstraint("actor", name=op.f("uq_trade_source_actor")),
        sa.UniqueConstraint("seller_id", name=op.f("uq_trade_source_seller_id")),
    )
    op.create_index(op.f("ix_trade_source_host"), "trade_source", ["host"])

    op.create_table(
        "trade_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("uri", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("unit_code", sa.String(length=40), nullable=False),
        sa.Column("unit_label", sa.String(length=40), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("tax_class", sa.String(length=10), nullable=False),
        sa.Column("origin", sa.String(length=120), nullable=False),
        sa.Column("storage", sa.String(length=20), nullable=False),
        sa.Column("sold_by", sa.String(length=10), nullable=False),
        sa.Column("expected_g", sa.Integer(), nullable=True),
        sa.Column("available", sa.Integer(), nullable=True),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("available >= 0", name=op.f("ck_trade_copy_available")),
        sa.CheckConstraint("price > 0", name=op.f("ck_trade_copy_price")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["market_product.id"], name=op.f("fk_trade_copy_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["trade_source.id"], name=op.f("fk_trade_copy_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade_copy")),
        sa.UniqueConstraint("product_id", name=op.f("uq_trade_copy_product_id")),
        sa.UniqueConstraint("uri", name=op.f("uq_trade_copy_uri")),
    )
    op.create_index("ix_trade_copy_source_id_name", "trade_copy", ["source_id", "name", "id"])

    op.create_table(
        "trade_refused_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("uri", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["trade_source.id"], name=op.f("fk_trade_refused_item_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade_refused_item")),
        sa.UniqueConstraint("uri", name=op.f("uq_trade_refused_item_uri")),
    )
    op.create_index("ix_trade_refused_item_source_id_id", "trade_refused_item", ["source_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_trade_refused_item_source_id_id", "trade_refused_item")

    op.drop_table("trade_refused_item")
    op.drop_index("ix_trade_copy_source_id_name", "trade_copy")

    op.drop_table("trade_copy")
    op.drop_index(op.f("ix_trade_source_host"), "trade_source")

    op.drop_table("trade_source")
    op.drop_index(op.f("ix_trade_publication_published"), "trade_publication")

    op.drop_table("trade_publication")
    op.drop_index("ix_trade_item_space_id_seq", "trade_item")

    op.drop_table("trade_item")
