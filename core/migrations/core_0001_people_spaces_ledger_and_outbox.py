"""People spaces ledger and outbox."""

import sqlalchemy as sa
from alembic import op

from wizzle.core.migration import append_only, changeable_again

revision = "core_0001"
down_revision = None
branch_labels = ("core",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_attempt",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_core_attempt")),
    )
    with op.batch_alter_table("core_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_attempt_ends_at"), ["ends_at"], unique=False)

    op.create_table(
        "core_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_job")),
        sa.UniqueConstraint("key", name=op.f("uq_core_job_key")),
    )
    with op.batch_alter_table("core_job", schema=None) as batch_op:
        batch_op.create_index("ix_core_job_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "core_ledger_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_ledger_account")),
        sa.UniqueConstraint("code", name=op.f("uq_core_ledger_account_code")),
    )
    op.create_table(
        "core_ledger_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_ledger_head")),
    )
    op.create_table(
        "core_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("email_checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_person")),
        sa.UniqueConstraint("email", name=op.f("uq_core_person_email")),
    )
    op.create_table(
        "core_audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_audit_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_audit")),
    )
    with op.batch_alter_table("core_audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_audit_action"), ["action"], unique=False)
        batch_op.create_index("ix_core_audit_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "core_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_consent_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_consent")),
    )
    with op.batch_alter_table("core_consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_consent_person_id"), ["person_id"], unique=False)

    op.create_table(
        "core_ledger_posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("memo", sa.String(length=300), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_core_ledger_posting_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["core_ledger_posting.id"],
            name=op.f("fk_core_ledger_posting_reverses_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_ledger_posting")),
        sa.UniqueConstraint("key", name=op.f("uq_core_ledger_posting_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_core_ledger_posting_reverses_id")),
    )
    with op.batch_alter_table("core_ledger_posting", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_ledger_posting_subject"), ["subject"], unique=False
        )

    op.create_table(
        "core_one_time_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_one_time_code_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_one_time_code")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_core_one_time_code_token_hash")),
    )
    with op.batch_alter_table("core_one_time_code", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_one_time_code_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "core_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("caption", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["core_person.id"], name=op.f("fk_core_picture_owner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_picture")),
    )
    with op.batch_alter_table("core_picture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_picture_digest"), ["digest"], unique=False)

    op.create_table(
        "core_sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_sign_in_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_core_sign_in_token_hash")),
    )
    with op.batch_alter_table("core_sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_sign_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "core_ledger_entry",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_core_ledger_entry_amount")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["core_ledger_account.id"], name=op.f("fk_core_ledger_entry_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["core_ledger_posting.id"], name=op.f("fk_core_ledger_entry_posting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_ledger_entry")),
    )
    with op.batch_alter_table("core_ledger_entry", schema=None) as batch_op:
        batch_op.create_index(
            "ix_core_ledger_entry_account_id_id", ["account_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_core_ledger_entry_posting_id"), ["posting_id"], unique=False
        )

    op.create_table(
        "core_space",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("province", sa.String(length=40), nullable=False),
        sa.Column("county", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("representative", sa.String(length=60), nullable=False),
        sa.Column("business_number", sa.String(length=12), nullable=False),
        sa.Column("mail_order_number", sa.String(length=60), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.Column("incomplete", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["core_picture.id"], name=op.f("fk_core_space_picture_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_space")),
        sa.UniqueConstraint("slug", name=op.f("uq_core_space_slug")),
    )
    with op.batch_alter_table("core_space", schema=None) as batch_op:
        batch_op.create_index("ix_core_space_kind_name", ["kind", "name"], unique=False)

    op.create_table(
        "core_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_grant_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_core_grant_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_grant")),
        sa.UniqueConstraint(
            "person_id", "space_id", "role", name=op.f("uq_core_grant_person_id_space_id_role")
        ),
    )
    with op.batch_alter_table("core_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_grant_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_core_grant_space_id"), ["space_id"], unique=False)
        batch_op.create_index(
            "uq_core_grant_node_role",
            ["person_id", "role"],
            unique=True,
            sqlite_where=sa.text("space_id IS NULL"),
            postgresql_where=sa.text("space_id IS NULL"),
        )

    op.execute(
        sa.text(
            "INSERT INTO core_ledger_head (id, entry_id, hash) VALUES (1, 0, :genesis)"
        ).bindparams(genesis="0" * 64)
    )
    for table in ("core_ledger_posting", "core_ledger_entry", "core_audit"):
        append_only(table)


def downgrade() -> None:
    for table in ("core_ledger_posting", "core_ledger_entry", "core_audit"):
        changeable_again(table)
    with op.batch_alter_table("core_grant", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_core_grant_node_role",
            sqlite_where=sa.text("space_id IS NULL"),
            postgresql_where=sa.text("space_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_core_grant_space_id"))
        batch_op.drop_index(batch_op.f("ix_core_grant_person_id"))

    op.drop_table("core_grant")
    with op.batch_alter_table("core_space", schema=None) as batch_op:
        batch_op.drop_index("ix_core_space_kind_name")

    op.drop_table("core_space")
    with op.batch_alter_table("core_ledger_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_ledger_entry_posting_id"))
        batch_op.drop_index("ix_core_ledger_entry_account_id_id")

    op.drop_table("core_ledger_entry")
    with op.batch_alter_table("core_sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_sign_in_person_id"))

    op.drop_table("core_sign_in")
    with op.batch_alter_table("core_picture", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_picture_digest"))

    op.drop_table("core_picture")
    with op.batch_alter_table("core_one_time_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_one_time_code_person_id"))

    op.drop_table("core_one_time_code")
    with op.batch_alter_table("core_ledger_posting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_ledger_posting_subject"))

    op.drop_table("core_ledger_posting")
    with op.batch_alter_table("core_consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_consent_person_id"))

    op.drop_table("core_consent")
    with op.batch_alter_table("core_audit", schema=None) as batch_op:
        batch_op.drop_index("ix_core_audit_subject")
        batch_op.drop_index(batch_op.f("ix_core_audit_action"))

    op.drop_table("core_audit")
    op.drop_table("core_person")
    op.drop_table("core_ledger_head")
    op.drop_table("core_ledger_account")
    with op.batch_alter_table("core_job", schema=None) as batch_op:
        batch_op.drop_index("ix_core_job_state_due_at")

    op.drop_table("core_job")
    with op.batch_alter_table("core_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_attempt_ends_at"))

    op.drop_table("core_attempt")
