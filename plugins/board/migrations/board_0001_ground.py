"""The ground on which the tables of this plugin stand."""

revision = "board_0001"
down_revision = None
branch_labels = ("board",)
depends_on = ("core_0007",)


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing to take away."""
