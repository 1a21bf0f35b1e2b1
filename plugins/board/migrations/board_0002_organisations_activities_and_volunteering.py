"""Organisations, activities and volunteering."""

import sqlalchemy as sa
from alembic import op

revision = "board_0002"
down_revision = "board_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "board_activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("together", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_board_activity_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_activity")),
        sa.UniqueConstraint("space_id", "key", name=op.f("uq_board_activity_space_id_key")),
    )
    with op.batch_alter_table("board_activity", schema=None) as batch_op:
        batch_op.create_index(
            "ix_board_activity_published_at_id", ["published_at", "id"], unique=False
        )

    op.create_table(
        "board_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_board_call_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_call")),
        sa.UniqueConstraint("space_id", "key", name=op.f("uq_board_call_space_id_key")),
    )
    op.create_table(
        "board_certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("organisation", sa.String(length=120), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_board_certificate_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_board_certificate_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_certificate")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_board_certificate_person_id_key")),
    )
    with op.batch_alter_table("board_certificate", schema=None) as batch_op:
        batch_op.create_index("ix_board_certificate_code", ["code"], unique=True)
        batch_op.create_index(
            batch_op.f("ix_board_certificate_space_id"), ["space_id"], unique=False
        )

    op.create_table(
        "board_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("posting", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("holder", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.String(length=120), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reversed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reversed_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("holder IN ('bank', 'cash')", name=op.f("ck_board_entry_holder")),
        sa.CheckConstraint("kind IN ('income', 'expense')", name=op.f("ck_board_entry_kind")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_board_entry_amount")),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_board_entry_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["core_picture.id"], name=op.f("fk_board_entry_receipt_id")
        ),
        sa.ForeignKeyConstraint(
            ["reversed_by"], ["core_person.id"], name=op.f("fk_board_entry_reversed_by")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_board_entry_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_entry")),
        sa.UniqueConstraint("space_id", "key", name=op.f("uq_board_entry_space_id_key")),
    )
    with op.batch_alter_table("board_entry", schema=None) as batch_op:
        batch_op.create_index("ix_board_entry_posting", ["posting"], unique=True)

    op.create_table(
        "board_organisation",
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("books_open", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_board_organisation_space_id")
        ),
        sa.PrimaryKeyConstraint("space_id", name=op.f("pk_board_organisation")),
    )
    op.create_table(
        "board_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_board_paper_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_paper")),
    )
    with op.batch_alter_table("board_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_board_paper_space_id"), ["space_id"], unique=False)

    op.create_table(
        "board_portal_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("portal_name", sa.String(length=40), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_board_portal_consent_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_board_portal_consent_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_portal_consent")),
    )
    with op.batch_alter_table("board_portal_consent", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_board_portal_consent_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            "ix_board_portal_consent_space_id_person_id", ["space_id", "person_id"], unique=False
        )

    op.create_table(
        "board_teammate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(length=60), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_board_teammate_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_board_teammate_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_teammate")),
        sa.UniqueConstraint(
            "space_id", "person_id", name=op.f("uq_board_teammate_space_id_person_id")
        ),
    )
    with op.batch_alter_table("board_teammate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_board_teammate_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "board_verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("seen", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["core_person.id"], name=op.f("fk_board_verification_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_board_verification_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_verification")),
    )
    with op.batch_alter_table("board_verification", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_board_verification_space_id"), ["space_id"], unique=False
        )

    op.create_table(
        "board_activity_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["board_activity.id"],
            name=op.f("fk_board_activity_change_activity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_board_activity_change_actor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_activity_change")),
    )
    with op.batch_alter_table("board_activity_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_board_activity_change_activity_id"), ["activity_id"], unique=False
        )

    op.create_table(
        "board_activity_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["board_activity.id"],
            name=op.f("fk_board_activity_picture_activity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["core_picture.id"], name=op.f("fk_board_activity_picture_picture_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_activity_picture")),
    )
    with op.batch_alter_table("board_activity_picture", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_board_activity_picture_activity_id"), ["activity_id"], unique=False
        )

    op.create_table(
        "board_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=2000), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["board_activity.id"], name=op.f("fk_board_question_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["core_person.id"], name=op.f("fk_board_question_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_board_question_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_question")),
        sa.UniqueConstraint(
            "activity_id",
            "person_id",
            "key",
            name=op.f("uq_board_question_activity_id_person_id_key"),
        ),
    )
    with op.batch_alter_table("board_question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_board_question_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "board_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("income", sa.BigInteger(), nullable=True),
        sa.Column("expense", sa.BigInteger(), nullable=True),
        sa.Column("reached", sa.Integer(), nullable=True),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('plan', 'report')", name=op.f("ck_board_report_kind")),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["board_paper.id"], name=op.f("fk_board_report_paper_id")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_board_report_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_report")),
        sa.UniqueConstraint(
            "space_id", "year", "kind", name=op.f("uq_board_report_space_id_year_kind")
        ),
    )
    op.create_table(
        "board_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("called_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("places BETWEEN 1 AND 99", name=op.f("ck_board_slot_places")),
        sa.ForeignKeyConstraint(["call_id"], ["board_call.id"], name=op.f("fk_board_slot_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_slot")),
    )
    with op.batch_alter_table("board_slot", schema=None) as batch_op:
        batch_op.create_index(
            "ix_board_slot_call_id_starts_at", ["call_id", "starts_at"], unique=False
        )
        batch_op.create_index("ix_board_slot_starts_at", ["starts_at"], unique=False)

    op.create_table(
        "board_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("confirmed_by <> person_id", name=op.f("ck_board_hours_by_another")),
        sa.CheckConstraint("minutes BETWEEN 0 AND 480", name=op.f("ck_board_hours_minutes")),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["core_person.id"], name=op.f("fk_board_hours_confirmed_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_board_hours_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["board_slot.id"], name=op.f("fk_board_hours_slot_id")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_board_hours_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_hours")),
        sa.UniqueConstraint("slot_id", "person_id", name=op.f("uq_board_hours_slot_id_person_id")),
    )
    with op.batch_alter_table("board_hours", schema=None) as batch_op:
        batch_op.create_index("ix_board_hours_person_id_day", ["person_id", "day"], unique=False)
        batch_op.create_index(batch_op.f("ix_board_hours_space_id"), ["space_id"], unique=False)

    op.create_table(
        "board_volunteer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_board_volunteer_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["board_slot.id"], name=op.f("fk_board_volunteer_slot_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_volunteer")),
        sa.UniqueConstraint(
            "slot_id", "person_id", name=op.f("uq_board_volunteer_slot_id_person_id")
        ),
    )
    with op.batch_alter_table("board_volunteer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_board_volunteer_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "board_hours_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hours_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_board_hours_change_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["hours_id"], ["board_hours.id"], name=op.f("fk_board_hours_change_hours_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_hours_change")),
    )
    with op.batch_alter_table("board_hours_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_board_hours_change_hours_id"), ["hours_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("board_hours_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_hours_change_hours_id"))

    op.drop_table("board_hours_change")
    with op.batch_alter_table("board_volunteer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_volunteer_person_id"))

    op.drop_table("board_volunteer")
    with op.batch_alter_table("board_hours", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_hours_space_id"))
        batch_op.drop_index("ix_board_hours_person_id_day")

    op.drop_table("board_hours")
    with op.batch_alter_table("board_slot", schema=None) as batch_op:
        batch_op.drop_index("ix_board_slot_starts_at")
        batch_op.drop_index("ix_board_slot_call_id_starts_at")

    op.drop_table("board_slot")
    op.drop_table("board_report")
    with op.batch_alter_table("board_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_question_person_id"))

    op.drop_table("board_question")
    with op.batch_alter_table("board_activity_picture", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_activity_picture_activity_id"))

    op.drop_table("board_activity_picture")
    with op.batch_alter_table("board_activity_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_activity_change_activity_id"))

    op.drop_table("board_activity_change")
    with op.batch_alter_table("board_verification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_verification_space_id"))

    op.drop_table("board_verification")
    with op.batch_alter_table("board_teammate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_teammate_person_id"))

    op.drop_table("board_teammate")
    with op.batch_alter_table("board_portal_consent", schema=None) as batch_op:
        batch_op.drop_index("ix_board_portal_consent_space_id_person_id")
        batch_op.drop_index(batch_op.f("ix_board_portal_consent_person_id"))

    op.drop_table("board_portal_consent")
    with op.batch_alter_table("board_paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_paper_space_id"))

    op.drop_table("board_paper")
    op.drop_table("board_organisation")
    with op.batch_alter_table("board_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_board_entry_posting")

    op.drop_table("board_entry")
    with op.batch_alter_table("board_certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_certificate_space_id"))
        batch_op.drop_index("ix_board_certificate_code")

    op.drop_table("board_certificate")
    op.drop_table("board_call")
    with op.batch_alter_table("board_activity", schema=None) as batch_op:
        batch_op.drop_index("ix_board_activity_published_at_id")

    op.drop_table("board_activity")
