"""Public life: what is told to followers on other nodes, who they are, and what they answer."""

import sqlalchemy as sa
from alembic import op

revision = "federation_0005"
down_revision = "federation_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("federation_actor") as batch:
        batch.add_column(_text("shared", 500))
    with op.batch_alter_table("federation_letter") as batch:
        batch.add_column(_text("sender", 40))
        batch.add_column(_no("direct"))
    with op.batch_alter_table("federation_received") as batch:
        batch.add_column(_no("public"))
    op.create_table(
        "federation_thing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("author", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("picture", sa.String(length=80), nullable=False),
        sa.Column("caption", sa.String(length=500), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("passed_on", sa.String(length=500), nullable=False),
        sa.Column("starts_at", _MOMENT, nullable=True),
        sa.Column("ends_at", _MOMENT, nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("gone_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_federation_thing")),
    )
    op.create_index("ix_federation_thing_subject", "federation_thing", ["subject"])
    op.create_index("ix_federation_thing_author_id", "federation_thing", ["author", "id"])
    op.create_table(
        "federation_listener",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=500), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("inbox", sa.String(length=500), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("request", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_federation_listener")),
        sa.UniqueConstraint("author", "actor", name=op.f("uq_federation_listener_author_actor")),
    )
    op.create_index(
        "ix_federation_listener_author_state_inbox",
        "federation_listener",
        ["author", "state", "inbox"],
    )
    op.create_index("ix_federation_listener_host", "federation_listener", ["host"])
    op.create_index("ix_federation_listener_actor", "federation_listener", ["actor"])
    op.create_table(
        "federation_echo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("actor", sa.String(length=500), nullable=False),
        sa.Column("uri", sa.String(length=500), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["thing_id"],
            ["federation_thing.id"],
            name=op.f("fk_federation_echo_thing_id_federation_thing"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_federation_echo")),
        sa.UniqueConstraint(
            "thing_id", "kind", "actor", name=op.f("uq_federation_echo_thing_id_kind_actor")
        ),
    )
    op.create_index("ix_federation_echo_actor", "federation_echo", ["actor"])
    op.create_table(
        "federation_voice",
        sa.Column("author", sa.String(length=40), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("gone_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("author", name=op.f("pk_federation_voice")),
    )


def downgrade() -> None:
    for name in ("voice", "echo", "listener", "thing"):
        op.drop_table(f"federation_{name}")
    with op.batch_alter_table("federation_received") as batch:
        batch.drop_column("public")
    with op.batch_alter_table("federation_letter") as batch:
        batch.drop_column("direct")
        batch.drop_column("sender")
    with op.batch_alter_table("federation_actor") as batch:
        batch.drop_column("shared")


_MOMENT = sa.DateTime(timezone=True)


def _text(name: str, most: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=most), server_default="", nullable=False)


def _no(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
