"""Consents that are renewed, requests about one's data, what is destroyed when, and passkeys."""

import sqlalchemy as sa
from alembic import op

from wizzle.core.migration import append_only, changeable_again

revision = "core_0005"
down_revision = "core_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "core_person", sa.Column("agreed", sa.String(length=120), server_default="", nullable=False)
    )
    op.add_column(
        "core_consent",
        sa.Column("language", sa.String(length=8), server_default="", nullable=False),
    )
    op.execute(
        "UPDATE core_person SET agreed = '-' WHERE id IN (SELECT person_id FROM core_consent)"
    )
    _passkeys()
    _requests()
    _retention()


def _passkeys() -> None:
    op.create_table(
        "core_passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("credential", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("uses", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_passkey_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_passkey")),
        sa.UniqueConstraint("credential", name=op.f("uq_core_passkey_credential")),
    )
    op.create_index(op.f("ix_core_passkey_person_id"), "core_passkey", ["person_id"])
    op.create_table(
        "core_challenge",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_challenge_person_id")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_core_challenge")),
    )
    op.create_index(op.f("ix_core_challenge_ends_at"), "core_challenge", ["ends_at"])


def _requests() -> None:
    op.create_table(
        "core_data_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_data_request_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_data_request")),
        sa.UniqueConstraint("key", name=op.f("uq_core_data_request_key")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_core_data_request_token_hash")),
    )
    op.create_index(op.f("ix_core_data_request_person_id"), "core_data_request", ["person_id"])
    op.create_index("ix_core_data_request_state_due_at", "core_data_request", ["state", "due_at"])
    op.create_table(
        "core_data_request_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_data_request_step_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["core_data_request.id"],
            name=op.f("fk_core_data_request_step_request_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_data_request_step")),
    )
    op.create_index(
        op.f("ix_core_data_request_step_request_id"), "core_data_request_step", ["request_id"]
    )


def _retention() -> None:
    op.create_table(
        "core_access",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_access_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_access")),
    )
    op.create_index(op.f("ix_core_access_at"), "core_access", ["at"])
    op.create_index(op.f("ix_core_access_person_id"), "core_access", ["person_id"])
    op.create_table(
        "core_kept_apart",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("because", sa.String(length=200), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_kept_apart_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_core_kept_apart")),
    )
    op.create_index(op.f("ix_core_kept_apart_email"), "core_kept_apart", ["email"])
    op.create_index(op.f("ix_core_kept_apart_until"), "core_kept_apart", ["until"])
    op.create_table(
        "core_destruction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_destruction")),
    )
    append_only("core_destruction")
    op.create_table(
        "core_breach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("possible", sa.Boolean(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_breach")),
    )


def downgrade() -> None:
    op.drop_table("core_breach")
    changeable_again("core_destruction")
    for table in (
        "core_destruction", "core_kept_apart", "core_access", "core_data_request_step",
        "core_data_request", "core_challenge", "core_passkey",
    ):  # fmt: skip
        op.drop_table(table)
    with op.batch_alter_table("core_consent", schema=None) as batch_op:
        batch_op.drop_column("language")
    with op.batch_alter_table("core_person", schema=None) as batch_op:
        batch_op.drop_column("agreed")
