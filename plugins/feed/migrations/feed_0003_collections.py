"""Collections, and the pages of those who make them."""

import sqlalchemy as sa
from alembic import op

revision = "feed_0003"
down_revision = "feed_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feed_collection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("week", sa.Date(), nullable=True),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("home_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["core_person.id"], name=op.f("fk_feed_collection_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["core_picture.id"], name=op.f("fk_feed_collection_picture_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_collection")),
        sa.UniqueConstraint("owner_id", "key", name=op.f("uq_feed_collection_owner_id_key")),
        sa.UniqueConstraint("week", name=op.f("uq_feed_collection_week")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_feed_collection_public_published_at_id",
        "feed_collection",
        ["public", "published_at", "id"],
    )
    op.create_index(op.f("ix_feed_collection_home_at"), "feed_collection", ["home_at"])
    op.create_table(
        "feed_curator",
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["feed_collection.id"],
            name=op.f("fk_feed_curator_collection_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_feed_curator_person_id")
        ),
        sa.PrimaryKeyConstraint("collection_id", "person_id", name=op.f("pk_feed_curator")),
    )
    op.create_index(op.f("ix_feed_curator_person_id"), "feed_curator", ["person_id"])
    op.create_table(
        "feed_collection_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["feed_collection.id"],
            name=op.f("fk_feed_collection_item_collection_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["added_by"], ["core_person.id"], name=op.f("fk_feed_collection_item_added_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_collection_item")),
        sa.UniqueConstraint(
            "collection_id", "subject", name=op.f("uq_feed_collection_item_collection_id_subject")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_feed_collection_item_subject"), "feed_collection_item", ["subject"])
    op.create_table(
        "feed_declined",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("collection_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("weekly", sa.Boolean(), nullable=False),
        sa.Column("declined_by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["feed_collection.id"],
            name=op.f("fk_feed_declined_collection_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_feed_declined_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["declined_by"], ["core_person.id"], name=op.f("fk_feed_declined_declined_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_declined")),
    )
    op.create_index(op.f("ix_feed_declined_subject"), "feed_declined", ["subject"])
    op.create_table(
        "feed_curator_page",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_feed_curator_page_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_feed_curator_page")),
    )


def downgrade() -> None:
    for table in ("feed_curator_page", "feed_declined", "feed_collection_item", "feed_curator"):
        op.drop_table(table)
    op.drop_table("feed_collection")
