"""News and events."""

import sqlalchemy as sa
from alembic import op

revision = "locality_0003"
down_revision = "locality_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "locality_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("online_url", sa.String(length=300), nullable=False),
        sa.Column("price", sa.String(length=80), nullable=False),
        sa.Column("children", sa.Boolean(), nullable=False),
        sa.Column("access", sa.String(length=200), nullable=False),
        sa.Column("signs_up", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("most_people", sa.Integer(), nullable=False),
        sa.Column("cancel_hours", sa.Integer(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("every", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'public', 'withdrawn')", name=op.f("ck_locality_event_state")
        ),
        sa.CheckConstraint(
            "capacity IS NULL OR capacity > 0", name=op.f("ck_locality_event_capacity")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_locality_event_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locality_event")),
        sa.UniqueConstraint("key", name=op.f("uq_locality_event_key")),
    )
    with op.batch_alter_table("locality_event", schema=None) as batch_op:
        batch_op.create_index("ix_locality_event_space_id_id", ["space_id", "id"], unique=False)

    op.create_table(
        "locality_news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'public', 'withdrawn')", name=op.f("ck_locality_news_state")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_locality_news_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locality_news")),
        sa.UniqueConstraint("key", name=op.f("uq_locality_news_key")),
    )
    with op.batch_alter_table("locality_news", schema=None) as batch_op:
        batch_op.create_index(
            "ix_locality_news_space_id_state_published_at_id",
            ["space_id", "state", "published_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_locality_news_state_published_at_id", ["state", "published_at", "id"], unique=False
        )

    op.create_table(
        "locality_news_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("news_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["news_id"], ["locality_news.id"], name=op.f("fk_locality_news_edition_news_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locality_news_edition")),
        sa.UniqueConstraint(
            "news_id", "version", name=op.f("uq_locality_news_edition_news_id_version")
        ),
    )
    op.create_table(
        "locality_news_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("news_id", sa.Integer(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["news_id"], ["locality_news.id"], name=op.f("fk_locality_news_picture_news_id")
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["core_picture.id"], name=op.f("fk_locality_news_picture_picture_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locality_news_picture")),
        sa.UniqueConstraint(
            "news_id", "place", name=op.f("uq_locality_news_picture_news_id_place")
        ),
    )
    op.create_table(
        "locality_occurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("called_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_locality_occurrence_taken")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["locality_event.id"], name=op.f("fk_locality_occurrence_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locality_occurrence")),
    )
    with op.batch_alter_table("locality_occurrence", schema=None) as batch_op:
        batch_op.create_index(
            "ix_locality_occurrence_event_id_starts_at", ["event_id", "starts_at"], unique=False
        )
        batch_op.create_index(
            "ix_locality_occurrence_starts_at_id", ["starts_at", "id"], unique=False
        )

    op.create_table(
        "locality_sign_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("agreed", sa.String(length=10), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("turn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("came", sa.Boolean(), nullable=False),
        sa.Column("erased", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'in', 'waiting')", name=op.f("ck_locality_sign_up_state")
        ),
        sa.CheckConstraint("people > 0", name=op.f("ck_locality_sign_up_people")),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["locality_occurrence.id"],
            name=op.f("fk_locality_sign_up_occurrence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_locality_sign_up_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locality_sign_up")),
        sa.UniqueConstraint(
            "occurrence_id", "email", name=op.f("uq_locality_sign_up_occurrence_id_email")
        ),
        sa.UniqueConstraint(
            "occurrence_id", "person_id", name=op.f("uq_locality_sign_up_occurrence_id_person_id")
        ),
    )
    with op.batch_alter_table("locality_sign_up", schema=None) as batch_op:
        batch_op.create_index(
            "ix_locality_sign_up_occurrence_id_state_turn_at_id",
            ["occurrence_id", "state", "turn_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_locality_sign_up_person_id"), ["person_id"], unique=False
        )


def downgrade() -> None:

    with op.batch_alter_table("locality_sign_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_locality_sign_up_person_id"))
        batch_op.drop_index("ix_locality_sign_up_occurrence_id_state_turn_at_id")

    op.drop_table("locality_sign_up")
    with op.batch_alter_table("locality_occurrence", schema=None) as batch_op:
        batch_op.drop_index("ix_locality_occurrence_starts_at_id")
        batch_op.drop_index("ix_locality_occurrence_event_id_starts_at")

    op.drop_table("locality_occurrence")
    op.drop_table("locality_news_picture")
    op.drop_table("locality_news_edition")
    with op.batch_alter_table("locality_news", schema=None) as batch_op:
        batch_op.drop_index("ix_locality_news_state_published_at_id")
        batch_op.drop_index("ix_locality_news_space_id_state_published_at_id")

    op.drop_table("locality_news")
    with op.batch_alter_table("locality_event", schema=None) as batch_op:
        batch_op.drop_index("ix_locality_event_space_id_id")

    op.drop_table("locality_event")
