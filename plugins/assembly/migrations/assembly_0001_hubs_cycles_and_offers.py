"""Hubs, order cycles with their steps, and offers."""

import sqlalchemy as sa
from alembic import op

revision = "assembly_0001"
down_revision = None
branch_labels = ("assembly",)
depends_on = ("core_0001", "market_0001")


def upgrade() -> None:
    op.create_table(
        "assembly_cycle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hub_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cut_off", sa.DateTime(timezone=True), nullable=False),
        sa.Column("collect_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("collect_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("activist_bp", sa.Integer(), nullable=False),
        sa.Column("centre_bp", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'closed', 'sent', 'received', 'packed', 'distributing',"
            " 'settled')",
            name=op.f("ck_assembly_cycle_state"),
        ),
        sa.ForeignKeyConstraint(
            ["hub_id"], ["core_space.id"], name=op.f("fk_assembly_cycle_hub_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_cycle")),
    )
    op.create_index("ix_assembly_cycle_hub_id_id", "assembly_cycle", ["hub_id", "id"])
    op.create_index("ix_assembly_cycle_state_cut_off", "assembly_cycle", ["state", "cut_off"])
    op.create_table(
        "assembly_hub",
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("collect_from", sa.Time(), nullable=False),
        sa.Column("collect_until", sa.Time(), nullable=False),
        sa.Column("how_to_come", sa.Text(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_assembly_hub_weekday")),
        sa.ForeignKeyConstraint(
            ["space_id"], ["core_space.id"], name=op.f("fk_assembly_hub_space_id")
        ),
        sa.PrimaryKeyConstraint("space_id", name=op.f("pk_assembly_hub")),
    )
    op.create_table(
        "assembly_cycle_step",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_assembly_cycle_step_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["assembly_cycle.id"], name=op.f("fk_assembly_cycle_step_cycle_id")
        ),
        sa.PrimaryKeyConstraint("cycle_id", "state", name=op.f("pk_assembly_cycle_step")),
    )
    op.create_table(
        "assembly_offer",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"],
            ["assembly_cycle.id"],
            name=op.f("fk_assembly_offer_cycle_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["market_product.id"],
            name=op.f("fk_assembly_offer_product_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["core_space.id"], name=op.f("fk_assembly_offer_seller_id")
        ),
        sa.PrimaryKeyConstraint("cycle_id", "product_id", name=op.f("pk_assembly_offer")),
    )
    op.create_index("ix_assembly_offer_product_id", "assembly_offer", ["product_id"])


def downgrade() -> None:
    op.drop_index("ix_assembly_offer_product_id", "assembly_offer")
    op.drop_table("assembly_offer")
    op.drop_table("assembly_cycle_step")
    op.drop_table("assembly_hub")
    op.drop_index("ix_assembly_cycle_state_cut_off", "assembly_cycle")
    op.drop_index("ix_assembly_cycle_hub_id_id", "assembly_cycle")
    op.drop_table("assembly_cycle")
