"""Open calls and applications, money that went round, and the neighbourhood's paper."""

import sqlalchemy as sa
from alembic import op

revision = "locality_0004"
down_revision = "locality_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _calls()
    _flows()
    _paper()


def _calls() -> None:
    op.create_table(
        "locality_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locality_call")),
        sa.UniqueConstraint("key", name=op.f("uq_locality_call_key")),
    )
    op.create_index(op.f("ix_locality_call_closes_at"), "locality_call", ["closes_at"])
    op.create_table(
        "locality_application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("group_name", sa.String(length=120), nullable=False),
        sa.Column("province", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("motivation", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("may_introduce", sa.Boolean(), nullable=False),
        sa.Column("agreed_version", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["locality_call.id"], name=op.f("fk_locality_application_call_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_locality_application_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locality_application")),
        sa.UniqueConstraint("key", name=op.f("uq_locality_application_key")),
    )
    for columns in (["call_id"], ["person_id"], ["received_at"], ["state", "id"]):
        name = "_".join(("ix_locality_application", *columns))
        op.create_index(name, "locality_application", columns)
    op.create_table(
        "locality_application_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["locality_application.id"],
            name=op.f("fk_locality_application_step_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_locality_application_step_actor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locality_application_step")),
    )
    op.create_index(
        op.f("ix_locality_application_step_application_id"),
        "locality_application_step",
        ["application_id"],
    )


def _flows() -> None:
    op.create_table(
        "locality_flow",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("payer", sa.String(length=60), nullable=False),
        sa.Column("receiver", sa.String(length=60), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "payer", "receiver", name=op.f("pk_locality_flow")),
    )
    op.create_table(
        "locality_flow_source",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("receiver", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("is_round", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "month", "receiver", "subject", name=op.f("pk_locality_flow_source")
        ),
    )
    op.create_index(
        "ix_locality_flow_source_is_round_month", "locality_flow_source", ["is_round", "month"]
    )
    op.create_table(
        "locality_flow_mark",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locality_flow_mark")),
    )


def _paper() -> None:
    op.create_table(
        "locality_paper_plan",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("by_itself", sa.Boolean(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locality_paper_plan")),
    )
    op.create_table(
        "locality_paper_issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("greeting", sa.Text(), nullable=False),
        sa.Column("dropped", sa.JSON(), nullable=False),
        sa.Column("order", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locality_paper_issue")),
        sa.UniqueConstraint("week", name=op.f("uq_locality_paper_issue_week")),
        sa.UniqueConstraint("number", name=op.f("uq_locality_paper_issue_number")),
    )


def downgrade() -> None:
    for table in (
        "locality_paper_issue", "locality_paper_plan", "locality_flow_mark",
        "locality_flow_source", "locality_flow", "locality_application_step",
        "locality_application", "locality_call",
    ):  # fmt: skip
        op.drop_table(table)
