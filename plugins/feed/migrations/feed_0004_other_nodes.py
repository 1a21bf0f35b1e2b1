"""Who is known elsewhere, whom we follow there, and copies of what they made public."""

import sqlalchemy as sa
from alembic import op

revision = "feed_0004"
down_revision = "feed_0003"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "feed_presence",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("handle", sa.String(length=30), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_feed_presence")),
        sa.UniqueConstraint("mark", name=op.f("uq_feed_presence_mark")),
    )
    op.create_table(
        "feed_neighbour",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("handle", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("page", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("request", sa.String(length=500), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'accepted', 'refused', 'ended')",
            name=op.f("ck_feed_neighbour_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_neighbour")),
        sa.UniqueConstraint("address", name=op.f("uq_feed_neighbour_address")),
    )
    op.create_index("ix_feed_neighbour_host", "feed_neighbour", ["host"])
    op.create_table(
        "feed_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uri", sa.String(length=500), nullable=False),
        sa.Column("neighbour_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=500), nullable=False),
        sa.Column("via", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("page", sa.String(length=500), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("pictures", sa.JSON(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("starts_at", _MOMENT, nullable=True),
        sa.Column("ends_at", _MOMENT, nullable=True),
        sa.Column("fetched_at", _MOMENT, nullable=False),
        sa.Column("hidden_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["neighbour_id"],
            ["feed_neighbour.id"],
            name=op.f("fk_feed_copy_neighbour_id_feed_neighbour"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_copy")),
        sa.UniqueConstraint("uri", name=op.f("uq_feed_copy_uri")),
    )
    op.create_index("ix_feed_copy_neighbour_id_id", "feed_copy", ["neighbour_id", "id"])
    op.create_index("ix_feed_copy_fetched_at", "feed_copy", ["fetched_at"])
    op.create_table(
        "feed_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("copy_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("uri", sa.String(length=500), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.CheckConstraint("kind IN ('like', 'share')", name=op.f("ck_feed_answer_kind")),
        sa.ForeignKeyConstraint(
            ["copy_id"], ["feed_copy.id"], name=op.f("fk_feed_answer_copy_id_feed_copy")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_answer")),
        sa.UniqueConstraint(
            "person_id", "copy_id", "kind", name=op.f("uq_feed_answer_person_id_copy_id_kind")
        ),
    )
    op.create_index("ix_feed_answer_copy_id", "feed_answer", ["copy_id"])


def downgrade() -> None:
    for name in ("answer", "copy", "neighbour", "presence"):
        op.drop_table(f"feed_{name}")
