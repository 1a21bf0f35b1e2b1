"""Products and imports."""

import sqlalchemy as sa
from alembic import op

revision = "market_0001"
down_revision = None
branch_labels = ("market",)
depends_on = ("core_0001",)


def upgrade() -> None:
    op.create_table(
        "market_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_market_import_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["core_space.id"], name=op.f("fk_market_import_seller_id")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["core_person.id"], name=op.f("fk_market_import_undone_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_import")),
    )
    op.create_index(
        op.f("ix_market_import_seller_id"), "market_import", ["seller_id"], unique=False
    )

    op.create_table(
        "market_product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("category", sa.String(length=30), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("unit_code", sa.String(length=40), nullable=False),
        sa.Column("unit_label", sa.String(length=40), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("tax_class", sa.String(length=10), nullable=False),
        sa.Column("origin", sa.String(length=120), nullable=False),
        sa.Column("storage", sa.String(length=20), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "tax_class IN ('exempt', 'taxed')", name=op.f("ck_market_product_tax_class")
        ),
        sa.CheckConstraint("minimum > 0", name=op.f("ck_market_product_minimum")),
        sa.CheckConstraint("price > 0", name=op.f("ck_market_product_price")),
        sa.CheckConstraint("step > 0", name=op.f("ck_market_product_step")),
        sa.CheckConstraint("stock >= 0", name=op.f("ck_market_product_stock")),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["core_picture.id"], name=op.f("fk_market_product_picture_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["core_space.id"], name=op.f("fk_market_product_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_product")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_market_product_listed",
        "market_product",
        ["name", "id"],
        unique=False,
        sqlite_where=sa.text("listed = 1"),
        postgresql_where=sa.text("listed"),
    )
    op.create_index(
        "ix_market_product_listed_category",
        "market_product",
        ["category", "name", "id"],
        unique=False,
        sqlite_where=sa.text("listed = 1"),
        postgresql_where=sa.text("listed"),
    )
    op.create_index(
        "ix_market_product_seller_id_name",
        "market_product",
        ["seller_id", "name", "id"],
        unique=False,
    )

    op.create_table(
        "market_import_row",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("incomplete", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["market_import.id"], name=op.f("fk_market_import_row_import_id")
        ),
        sa.PrimaryKeyConstraint("import_id", "line", name=op.f("pk_market_import_row")),
    )


def downgrade() -> None:
    op.drop_table("market_import_row")
    op.drop_table("market_product")
    op.drop_table("market_import")
