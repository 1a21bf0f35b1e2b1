"""Who follows what."""

import sqlalchemy as sa
from alembic import op

revision = "core_0008"
down_revision = "core_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_follow",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_follow_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "subject", name=op.f("pk_core_follow")),
    )
    op.create_index("ix_core_follow_subject_person_id", "core_follow", ["subject", "person_id"])


def downgrade() -> None:
    op.drop_table("core_follow")
