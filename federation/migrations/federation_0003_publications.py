"""Who follows what is published here, and what is followed elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "federation_0003"
down_revision = "federation_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "federation_follower",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=300), nullable=False),
        sa.Column("host", sa.String(length=260), nullable=False),
        sa.Column("request", sa.String(length=300), nullable=False),
        sa.Column("told_seq", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_federation_follower_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_federation_follower")),
        sa.UniqueConstraint(
            "space_id", "name", "actor", name=op.f("uq_federation_follower_space_id_name_actor")
        ),
    )
    op.create_index("ix_federation_follower_host", "federation_follower", ["host"])
    op.create_table(
        "federation_followed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("host", sa.String(length=260), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=True),
        sa.Column("request", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("partly", sa.Boolean(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reading", sa.String(length=40), nullable=False),
        sa.Column("problem", sa.String(length=300), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'accepted', 'refused', 'ended')",
            name=op.f("ck_federation_followed_state"),
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_federation_followed_space_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_federation_followed")),
        sa.UniqueConstraint("actor", "name", name=op.f("uq_federation_followed_actor_name")),
        sa.UniqueConstraint("request", name=op.f("uq_federation_followed_request")),
    )
    op.create_index("ix_federation_followed_host", "federation_followed", ["host"])


def downgrade() -> None:
    op.drop_table("federation_followed")
    op.drop_table("federation_follower")
