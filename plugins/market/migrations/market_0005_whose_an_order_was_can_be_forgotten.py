"""Whose an order was can be forgotten, once no law wants it any more."""

from wizzle.core.migration import forgets_nothing, lets_forget

revision = "market_0005"
down_revision = "market_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    lets_forget("market_order_event", "actor_id")


def downgrade() -> None:
    forgets_nothing("market_order_event")
