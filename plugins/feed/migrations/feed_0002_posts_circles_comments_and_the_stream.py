"""Posts, circles, comments and the stream."""

import sqlalchemy as sa
from alembic import op

revision = "feed_0002"
down_revision = "feed_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feed_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("author", sa.String(length=60), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("picture", sa.String(length=64), nullable=False),
        sa.Column("caption", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_item")),
        sa.UniqueConstraint("subject", name=op.f("uq_feed_item_subject")),
    )
    op.create_table(
        "feed_circle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["core_person.id"], name=op.f("fk_feed_circle_owner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_circle")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("feed_circle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_circle_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "feed_stream",
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["feed_item.id"], name=op.f("fk_feed_stream_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source", "position", name=op.f("pk_feed_stream")),
    )
    with op.batch_alter_table("feed_stream", schema=None) as batch_op:
        batch_op.create_index("ix_feed_stream_item_id", ["item_id"], unique=False)

    op.create_table(
        "feed_tie",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["other_id"], ["core_person.id"], name=op.f("fk_feed_tie_other_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_feed_tie_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "other_id", name=op.f("pk_feed_tie")),
    )
    with op.batch_alter_table("feed_tie", schema=None) as batch_op:
        batch_op.create_index("ix_feed_tie_other_id", ["other_id", "kind"], unique=False)

    op.create_table(
        "feed_membership",
        sa.Column("circle_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["circle_id"],
            ["feed_circle.id"],
            name=op.f("fk_feed_membership_circle_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_feed_membership_person_id")
        ),
        sa.PrimaryKeyConstraint("circle_id", "person_id", name=op.f("pk_feed_membership")),
    )
    with op.batch_alter_table("feed_membership", schema=None) as batch_op:
        batch_op.create_index(
            "ix_feed_membership_person_id", ["person_id", "accepted_at"], unique=False
        )

    op.create_table(
        "feed_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("circle_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("is_share", sa.Boolean(), nullable=False),
        sa.Column("shared_id", sa.Integer(), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["core_person.id"], name=op.f("fk_feed_post_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["circle_id"],
            ["feed_circle.id"],
            name=op.f("fk_feed_post_circle_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["shared_id"],
            ["feed_post.id"],
            name=op.f("fk_feed_post_shared_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_post")),
        sa.UniqueConstraint("author_id", "key", name=op.f("uq_feed_post_author_id_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("feed_post", schema=None) as batch_op:
        batch_op.create_index(
            "ix_feed_post_audience_published_at", ["audience", "published_at", "id"], unique=False
        )
        batch_op.create_index(
            "ix_feed_post_author_id_published_at", ["author_id", "published_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_feed_post_circle_id"), ["circle_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_feed_post_shared_id"), ["shared_id"], unique=False)

    op.create_table(
        "feed_profile",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_feed_profile_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["core_picture.id"], name=op.f("fk_feed_profile_picture_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_feed_profile")),
        sa.UniqueConstraint("handle", name=op.f("uq_feed_profile_handle")),
    )
    op.create_table(
        "feed_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["core_person.id"], name=op.f("fk_feed_comment_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["feed_post.id"], name=op.f("fk_feed_comment_post_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_comment")),
        sa.UniqueConstraint("author_id", "key", name=op.f("uq_feed_comment_author_id_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("feed_comment", schema=None) as batch_op:
        batch_op.create_index("ix_feed_comment_author_id_at", ["author_id", "at"], unique=False)
        batch_op.create_index("ix_feed_comment_post_id_id", ["post_id", "id"], unique=False)

    op.create_table(
        "feed_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["feed_post.id"], name=op.f("fk_feed_edition_post_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_edition")),
    )
    with op.batch_alter_table("feed_edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_edition_post_id"), ["post_id"], unique=False)

    op.create_table(
        "feed_mention",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["feed_post.id"], name=op.f("fk_feed_mention_post_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "subject", name=op.f("pk_feed_mention")),
    )
    with op.batch_alter_table("feed_mention", schema=None) as batch_op:
        batch_op.create_index(
            "ix_feed_mention_subject_post_id", ["subject", "post_id"], unique=False
        )

    op.create_table(
        "feed_post_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["core_picture.id"], name=op.f("fk_feed_post_picture_picture_id")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["feed_post.id"],
            name=op.f("fk_feed_post_picture_post_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_post_picture")),
        sa.UniqueConstraint("picture_id", name=op.f("uq_feed_post_picture_picture_id")),
    )
    with op.batch_alter_table("feed_post_picture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_post_picture_post_id"), ["post_id"], unique=False)

    op.create_table(
        "feed_post_tag",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["feed_post.id"], name=op.f("fk_feed_post_tag_post_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "tag", name=op.f("pk_feed_post_tag")),
    )
    with op.batch_alter_table("feed_post_tag", schema=None) as batch_op:
        batch_op.create_index("ix_feed_post_tag_tag_post_id", ["tag", "post_id"], unique=False)

    op.create_table(
        "feed_reaction",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_feed_reaction_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["feed_post.id"], name=op.f("fk_feed_reaction_post_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "person_id", name=op.f("pk_feed_reaction")),
    )
    with op.batch_alter_table("feed_reaction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_reaction_person_id"), ["person_id"], unique=False)

    op.create_table(
        "feed_saved",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_feed_saved_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["feed_post.id"], name=op.f("fk_feed_saved_post_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "post_id", name=op.f("pk_feed_saved")),
    )
    with op.batch_alter_table("feed_saved", schema=None) as batch_op:
        batch_op.create_index("ix_feed_saved_person_id_at", ["person_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_feed_saved_post_id"), ["post_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("feed_saved", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feed_saved_post_id"))
        batch_op.drop_index("ix_feed_saved_person_id_at")

    op.drop_table("feed_saved")
    with op.batch_alter_table("feed_reaction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feed_reaction_person_id"))

    op.drop_table("feed_reaction")
    with op.batch_alter_table("feed_post_tag", schema=None) as batch_op:
        batch_op.drop_index("ix_feed_post_tag_tag_post_id")

    op.drop_table("feed_post_tag")
    with op.batch_alter_table("feed_post_picture", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feed_post_picture_post_id"))

    op.drop_table("feed_post_picture")
    with op.batch_alter_table("feed_mention", schema=None) as batch_op:
        batch_op.drop_index("ix_feed_mention_subject_post_id")

    op.drop_table("feed_mention")
    with op.batch_alter_table("feed_edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feed_edition_post_id"))

    op.drop_table("feed_edition")
    with op.batch_alter_table("feed_comment", schema=None) as batch_op:
        batch_op.drop_index("ix_feed_comment_post_id_id")
        batch_op.drop_index("ix_feed_comment_author_id_at")

    op.drop_table("feed_comment")
    op.drop_table("feed_profile")
    with op.batch_alter_table("feed_post", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feed_post_shared_id"))
        batch_op.drop_index(batch_op.f("ix_feed_post_circle_id"))
        batch_op.drop_index("ix_feed_post_author_id_published_at")
        batch_op.drop_index("ix_feed_post_audience_published_at")

    op.drop_table("feed_post")
    with op.batch_alter_table("feed_membership", schema=None) as batch_op:
        batch_op.drop_index("ix_feed_membership_person_id")

    op.drop_table("feed_membership")
    with op.batch_alter_table("feed_tie", schema=None) as batch_op:
        batch_op.drop_index("ix_feed_tie_other_id")

    op.drop_table("feed_tie")
    with op.batch_alter_table("feed_stream", schema=None) as batch_op:
        batch_op.drop_index("ix_feed_stream_item_id")

    op.drop_table("feed_stream")
    with op.batch_alter_table("feed_circle", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feed_circle_owner_id"))

    op.drop_table("feed_circle")
    op.drop_table("feed_item")
