"""Keys of the node, the nodes it is tied to, actors of other nodes, and signatures seen."""

import sqlalchemy as sa
from alembic import op

revision = "federation_0001"
down_revision = None
branch_labels = ("federation",)
depends_on = ("core_0001",)


def _keys() -> None:
    op.create_table(
        "federation_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('rsa', 'ed25519')", name=op.f("ck_federation_key_kind")),
        sa.CheckConstraint(
            "state IN ('published', 'signing', 'retired')", name=op.f("ck_federation_key_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_federation_key")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_federation_key_kind_number")),
    )


def _peers() -> None:
    op.create_table(
        "federation_peer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("region", sa.String(length=120), nullable=False),
        sa.Column("software", sa.String(length=120), nullable=False),
        sa.Column("actor", sa.String(length=500), nullable=False),
        sa.Column("fingerprint", sa.String(length=100), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("asking_id", sa.String(length=500), nullable=False),
        sa.Column("asked_id", sa.String(length=500), nullable=False),
        sa.Column("rfc9421", sa.Boolean(), nullable=True),
        sa.Column("draft_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("skew", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contact_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_federation_peer")),
        sa.UniqueConstraint("host", name=op.f("uq_federation_peer_host")),
    )
    op.create_index(op.f("ix_federation_peer_state"), "federation_peer", ["state"])


def _actors() -> None:
    op.create_table(
        "federation_actor",
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("handle", sa.String(length=120), nullable=False),
        sa.Column("inbox", sa.String(length=500), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_federation_actor")),
    )
    op.create_index(op.f("ix_federation_actor_host"), "federation_actor", ["host"])


def upgrade() -> None:
    _keys()
    _peers()
    _actors()
    op.create_table(
        "federation_seen",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_federation_seen")),
    )
    op.create_index(op.f("ix_federation_seen_until"), "federation_seen", ["until"])


def downgrade() -> None:
    for table in ("federation_seen", "federation_actor", "federation_peer", "federation_key"):
        op.drop_table(table)
