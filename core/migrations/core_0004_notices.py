"""Notices."""

import sqlalchemy as sa
from alembic import op

revision = "core_0004"
down_revision = "core_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_push_key",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("public", sa.String(length=90), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_push_key")),
    )
    op.create_table(
        "core_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=110), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_bell", sa.Boolean(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mail_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mail_key", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_notice_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_notice")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_core_notice_person_id_key")),
    )
    with op.batch_alter_table("core_notice", schema=None) as batch_op:
        batch_op.create_index(
            "ix_core_notice_mail_at",
            ["mail_at"],
            unique=False,
            sqlite_where=sa.text("mail_at IS NOT NULL"),
            postgresql_where=sa.text("mail_at IS NOT NULL"),
        )
        batch_op.create_index("ix_core_notice_person_id_id", ["person_id", "id"], unique=False)
        batch_op.create_index(
            "ix_core_notice_person_id_mailed_at", ["person_id", "mailed_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_core_notice_told_at"), ["told_at"], unique=False)
        batch_op.create_index(
            "ix_core_notice_unread",
            ["person_id"],
            unique=False,
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )

    op.create_table(
        "core_notice_choice",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("on_bell", sa.Boolean(), nullable=False),
        sa.Column("mail", sa.String(length=8), nullable=False),
        sa.Column("push", sa.Boolean(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_notice_choice_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_core_notice_choice")),
    )
    op.create_table(
        "core_notice_hours",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.Integer(), nullable=False),
        sa.Column("digest_at", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_notice_hours_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_core_notice_hours")),
    )
    op.create_table(
        "core_push_browser",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("public", sa.String(length=90), nullable=False),
        sa.Column("auth", sa.String(length=24), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_push_browser_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_push_browser")),
        sa.UniqueConstraint("digest", name=op.f("uq_core_push_browser_digest")),
    )
    with op.batch_alter_table("core_push_browser", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_push_browser_person_id"), ["person_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("core_push_browser", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_push_browser_person_id"))

    op.drop_table("core_push_browser")
    op.drop_table("core_notice_hours")
    op.drop_table("core_notice_choice")
    with op.batch_alter_table("core_notice", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_core_notice_unread",
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_core_notice_told_at"))
        batch_op.drop_index("ix_core_notice_person_id_mailed_at")
        batch_op.drop_index("ix_core_notice_person_id_id")
        batch_op.drop_index(
            "ix_core_notice_mail_at",
            sqlite_where=sa.text("mail_at IS NOT NULL"),
            postgresql_where=sa.text("mail_at IS NOT NULL"),
        )

    op.drop_table("core_notice")
    op.drop_table("core_push_key")
