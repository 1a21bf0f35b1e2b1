"""Letters to other nodes, documents that came from them, and how the way to each host does."""

import sqlalchemy as sa
from alembic import op

revision = "federation_0002"
down_revision = "federation_0001"
branch_labels = None
depends_on = None


def _letters() -> None:
    op.create_table(
        "federation_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uri", sa.String(length=500), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("lane", sa.String(length=200), nullable=False),
        sa.Column("actor", sa.String(length=500), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("object_kind", sa.String(length=60), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_federation_letter")),
        sa.UniqueConstraint("uri", name=op.f("uq_federation_letter_uri")),
    )
    for columns in (["state", "due_at", "host"], ["state", "ends_at"], ["host", "lane", "state"]):
        name = op.f(f"ix_federation_letter_{'_'.join(columns)}")
        op.create_index(name, "federation_letter", columns)


def _received() -> None:
    op.create_table(
        "federation_received",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inbox", sa.Integer(), nullable=False),
        sa.Column("uri", sa.String(length=500), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("actor", sa.String(length=500), nullable=False),
        sa.Column("thread", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("object_kind", sa.String(length=60), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_federation_received")),
        sa.UniqueConstraint("inbox", "uri", name=op.f("uq_federation_received_inbox_uri")),
    )
    for columns in (["state", "due_at"], ["actor", "thread", "state"]):
        name = op.f(f"ix_federation_received_{'_'.join(columns)}")
        op.create_index(name, "federation_received", columns)


def upgrade() -> None:
    _letters()
    _received()
    op.create_table(
        "federation_flight",
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("lane", sa.String(length=200), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("host", "lane", name=op.f("pk_federation_flight")),
    )
    op.create_index(op.f("ix_federation_flight_token"), "federation_flight", ["token"])
    op.create_table(
        "federation_route",
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_federation_route")),
    )


def downgrade() -> None:
    for table in ("flight", "route", "received", "letter"):
        op.drop_table(f"federation_{table}")
