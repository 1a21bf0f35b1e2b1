"""Addresses of calendars of one's own."""

import sqlalchemy as sa
from alembic import op

revision = "market_0007"
down_revision = "market_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "market_calendar",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_market_calendar_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_market_calendar")),
    )


def downgrade() -> None:
    op.drop_table("market_calendar")
