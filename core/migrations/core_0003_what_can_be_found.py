"""What can be found, by which marks; what waits to be read anew."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "core_0003"
down_revision = "core_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_search_found",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("seal", sa.String(length=32), nullable=False),
        sa.Column("marks", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_search_found")),
        sa.UniqueConstraint("kind", "item_id", name=op.f("uq_core_search_found_kind_item_id")),
    )
    op.create_table(
        "core_search_waiting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_search_waiting")),
    )
    op.create_table(
        "core_search_walk",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("after", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_core_search_walk")),
    )
    if op.get_bind().dialect.name == "sqlite":
        # `ascii` keeps every sign beyond ASCII inside its mark, whatever the system's tables say.
        op.execute(
            "CREATE VIRTUAL TABLE core_search_words USING fts5(words, content='', tokenize='ascii')"
        )
    else:
        op.create_index(
            "ix_core_search_found_marks",
            "core_search_found",
            ["marks"],
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE core_search_words")
    op.drop_table("core_search_walk")
    op.drop_table("core_search_waiting")
    op.drop_table("core_search_found")
