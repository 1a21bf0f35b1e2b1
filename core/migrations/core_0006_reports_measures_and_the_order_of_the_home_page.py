"""Reports, measures, appeals, hidden spaces and the order of the home page."""

import sqlalchemy as sa
from alembic import op

revision = "core_0006"
down_revision = "core_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("core_space", sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "core_home_place",
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("section", sa.String(length=120), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("audience", "section", name=op.f("pk_core_home_place")),
    )
    op.create_table(
        "core_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=10), nullable=False),
        sa.Column("ended_person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('none', 'note', 'hide', 'remove')", name=op.f("ck_core_measure_kind")
        ),
        sa.ForeignKeyConstraint(
            ["ended_person_id"],
            ["core_person.id"],
            name=op.f("fk_core_measure_ended_person_id_core_person"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_measure_person_id_core_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_measure")),
    )
    with op.batch_alter_table("core_measure", schema=None) as batch_op:
        batch_op.create_index("ix_core_measure_subject_id", ["subject", "id"], unique=False)
        batch_op.create_index(
            "uq_core_measure_standing",
            ["subject"],
            unique=True,
            sqlite_where=sa.text("standing = 1"),
            postgresql_where=sa.text("standing"),
        )

    op.create_table(
        "core_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('report', 'deletion')", name=op.f("ck_core_report_kind")),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["core_measure.id"], name=op.f("fk_core_report_measure_id_core_measure")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_report_person_id_core_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_report")),
    )
    with op.batch_alter_table("core_report", schema=None) as batch_op:
        batch_op.create_index(
            "ix_core_report_measure_id_due_at", ["measure_id", "due_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_core_report_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_core_report_subject_id", ["subject", "id"], unique=False)

    op.create_table(
        "core_appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["core_person.id"], name=op.f("fk_core_appeal_decided_by_core_person")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["core_measure.id"], name=op.f("fk_core_appeal_measure_id_core_measure")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_appeal_person_id_core_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_appeal")),
        sa.UniqueConstraint("measure_id", name=op.f("uq_core_appeal_measure_id")),
    )
    with op.batch_alter_table("core_appeal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_appeal_decided_at"), ["decided_at"], unique=False)


def downgrade() -> None:
    for table in ("core_appeal", "core_report", "core_measure", "core_home_place"):
        op.drop_table(table)
    with op.batch_alter_table("core_space", schema=None) as batch_op:
        batch_op.drop_column("hidden_at")
