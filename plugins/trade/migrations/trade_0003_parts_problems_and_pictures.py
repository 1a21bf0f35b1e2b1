"""Orders in several parts, events that were not heard of, pictures of copies."""

import sqlalchemy as sa
from alembic import op

revision = "trade_0003"
down_revision = "trade_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("trade_order") as batch_op:
        batch_op.add_column(sa.Column("part", sa.Integer(), nullable=False, server_default="1"))
        batch_op.drop_constraint(op.f("uq_trade_order_occasion_mirror_id"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_trade_order_occasion_mirror_id_part"), ["occasion", "mirror_id", "part"]
        )
    with op.batch_alter_table("trade_booking") as batch_op:
        batch_op.add_column(
            sa.Column("problem", sa.String(length=300), nullable=False, server_default="")
        )
    op.add_column(
        "trade_copy",
        sa.Column("picture_from", sa.String(length=500), nullable=False, server_default=""),
    )


def downgrade() -> None:
    with op.batch_alter_table("trade_copy") as batch_op:
        batch_op.drop_column("picture_from")
    with op.batch_alter_table("trade_booking") as batch_op:
        batch_op.drop_column("problem")
    with op.batch_alter_table("trade_order") as batch_op:
        batch_op.drop_constraint(op.f("uq_trade_order_occasion_mirror_id_part"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_trade_order_occasion_mirror_id"), ["occasion", "mirror_id"]
        )
        batch_op.drop_column("part")
