"""Producers' own terms, further hubs, schedules, receipts, shifts, corrections and payouts."""

import sqlalchemy as sa
from alembic import op

from wizzle.core.migration import append_only, changeable_again

revision = "assembly_0003"
down_revision = "assembly_0002"
branch_labels = None
depends_on = ("market_0003",)


def upgrade() -> None:
    op.create_table(
        "assembly_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("hub_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("seller_name", sa.String(length=120), nullable=False),
        sa.Column("product_name", sa.String(length=80), nullable=False),
        sa.Column("tax_class", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("producer", sa.BigInteger(), nullable=False),
        sa.Column("activist", sa.BigInteger(), nullable=False),
        sa.Column("centre", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount = producer + activist + centre", name=op.f("ck_assembly_correction_shares")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_assembly_correction_amount")),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_assembly_correction_actor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_correction")),
        sa.UniqueConstraint("key", name=op.f("uq_assembly_correction_key")),
    )
    op.create_index("ix_assembly_correction_cycle_id_id", "assembly_correction", ["cycle_id", "id"])
    op.create_index("ix_assembly_correction_line_id_id", "assembly_correction", ["line_id", "id"])
    op.create_index(
        "ix_assembly_correction_seller_id_id", "assembly_correction", ["seller_id", "id"]
    )

    op.create_table(
        "assembly_payee",
        sa.Column("account", sa.String(length=60), nullable=False),
        sa.Column("bank", sa.String(length=30), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=60), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["core_person.id"], name=op.f("fk_assembly_payee_changed_by")
        ),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_assembly_payee")),
    )
    op.create_table(
        "assembly_payout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("total > 0", name=op.f("ck_assembly_payout_total")),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_assembly_payout_actor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_payout")),
        sa.UniqueConstraint("key", name=op.f("uq_assembly_payout_key")),
        sa.UniqueConstraint("number", name=op.f("uq_assembly_payout_number")),
    )
    op.create_table(
        "assembly_payout_row",
        sa.Column("payout_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("bank", sa.String(length=30), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=60), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("posting", sa.String(length=120), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_assembly_payout_row_amount")),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["assembly_payout.id"], name=op.f("fk_assembly_payout_row_payout_id")
        ),
        sa.PrimaryKeyConstraint("payout_id", "account", name=op.f("pk_assembly_payout_row")),
        sa.UniqueConstraint("posting", name=op.f("uq_assembly_payout_row_posting")),
    )
    op.create_index(
        "ix_assembly_payout_row_account_payout_id", "assembly_payout_row", ["account", "payout_id"]
    )

    op.create_table(
        "assembly_schedule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hub_id", sa.Integer(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("collect_from", sa.Time(), nullable=False),
        sa.Column("collect_until", sa.Time(), nullable=False),
        sa.Column("opens_days", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.Time(), nullable=False),
        sa.Column("cut_off_days", sa.Integer(), nullable=False),
        sa.Column("cut_off_at", sa.Time(), nullable=False),
        sa.Column("opens_itself", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("problem", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("every IN (1, 2, 4)", name=op.f("ck_assembly_schedule_every")),
        sa.CheckConstraint(
            "opens_days > 0 AND cut_off_days >= 0", name=op.f("ck_assembly_schedule_days")
        ),
        sa.ForeignKeyConstraint(
            ["hub_id"], ["core_space.id"], name=op.f("fk_assembly_schedule_hub_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_schedule")),
        sa.UniqueConstraint("hub_id", name=op.f("uq_assembly_schedule_hub_id")),
    )
    op.create_table(
        "assembly_carried",
        sa.Column("line_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hub_id", sa.Integer(), nullable=False),
        sa.Column("from_cycle_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("problem", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'placed', 'failed')", name=op.f("ck_assembly_carried_state")
        ),
        sa.ForeignKeyConstraint(
            ["from_cycle_id"], ["assembly_cycle.id"], name=op.f("fk_assembly_carried_from_cycle_id")
        ),
        sa.ForeignKeyConstraint(
            ["hub_id"], ["core_space.id"], name=op.f("fk_assembly_carried_hub_id")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["market_order_line.id"], name=op.f("fk_assembly_carried_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["market_order.id"], name=op.f("fk_assembly_carried_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_assembly_carried_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["market_product.id"], name=op.f("fk_assembly_carried_product_id")
        ),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_assembly_carried")),
    )
    op.create_index("ix_assembly_carried_hub_id_state", "assembly_carried", ["hub_id", "state"])

    op.create_table(
        "assembly_hub_statement",
        sa.Column("cycle_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hub_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hub_name", sa.String(length=120), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("exempt", sa.BigInteger(), nullable=False),
        sa.Column("taxed", sa.BigInteger(), nullable=False),
        sa.Column("producer", sa.BigInteger(), nullable=False),
        sa.Column("activist", sa.BigInteger(), nullable=False),
        sa.Column("centre", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "exempt + taxed = producer + activist + centre",
            name=op.f("ck_assembly_hub_statement_shares"),
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["assembly_cycle.id"], name=op.f("fk_assembly_hub_statement_cycle_id")
        ),
        sa.ForeignKeyConstraint(
            ["hub_id"], ["core_space.id"], name=op.f("fk_assembly_hub_statement_hub_id")
        ),
        sa.PrimaryKeyConstraint("cycle_id", "hub_id", name=op.f("pk_assembly_hub_statement")),
    )
    op.create_index(
        "ix_assembly_hub_statement_hub_id_cycle_id",
        "assembly_hub_statement",
        ["hub_id", "cycle_id"],
    )

    op.create_table(
        "assembly_part",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("cut_off", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minimum_won", sa.BigInteger(), nullable=False),
        sa.Column("minimum_units", sa.Integer(), nullable=False),
        sa.Column("below", sa.String(length=10), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sheet_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "below IN ('confirm', 'cancel', 'carry')", name=op.f("ck_assembly_part_below")
        ),
        sa.CheckConstraint(
            "outcome IN ('confirmed', 'cancelled', 'carried')",
            name=op.f("ck_assembly_part_outcome"),
        ),
        sa.CheckConstraint(
            "minimum_won >= 0 AND minimum_units >= 0", name=op.f("ck_assembly_part_minimum")
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"],
            ["assembly_cycle.id"],
            name=op.f("fk_assembly_part_cycle_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["core_space.id"], name=op.f("fk_assembly_part_seller_id")
        ),
        sa.PrimaryKeyConstraint("cycle_id", "seller_id", name=op.f("pk_assembly_part")),
    )
    op.create_index(
        "ix_assembly_part_seller_id_cycle_id", "assembly_part", ["seller_id", "cycle_id"]
    )
    op.execute(  # whoever offers something takes part, on the terms of the round
        "INSERT INTO assembly_part (cycle_id, seller_id, minimum_won, minimum_units, below) "
        "SELECT DISTINCT cycle_id, seller_id, 0, 0, 'confirm' FROM assembly_offer"
    )

    op.create_table(
        "assembly_point",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("hub_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("collect_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("collect_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"],
            ["assembly_cycle.id"],
            name=op.f("fk_assembly_point_cycle_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["hub_id"], ["core_space.id"], name=op.f("fk_assembly_point_hub_id")
        ),
        sa.PrimaryKeyConstraint("cycle_id", "hub_id", name=op.f("pk_assembly_point")),
    )
    op.create_table(
        "assembly_receipt",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("ordered", sa.Integer(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ordered >= 0 AND came >= 0", name=op.f("ck_assembly_receipt_units")),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_assembly_receipt_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["assembly_cycle.id"], name=op.f("fk_assembly_receipt_cycle_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["market_product.id"], name=op.f("fk_assembly_receipt_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["core_space.id"], name=op.f("fk_assembly_receipt_seller_id")
        ),
        sa.PrimaryKeyConstraint("cycle_id", "product_id", name=op.f("pk_assembly_receipt")),
    )
    op.create_table(
        "assembly_shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hub_id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("remark", sa.String(length=300), nullable=False),
        sa.Column("called_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("places BETWEEN 1 AND 99", name=op.f("ck_assembly_shift_places")),
        sa.ForeignKeyConstraint(
            ["cycle_id"],
            ["assembly_cycle.id"],
            name=op.f("fk_assembly_shift_cycle_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["hub_id"], ["core_space.id"], name=op.f("fk_assembly_shift_hub_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_shift")),
    )
    op.create_index("ix_assembly_shift_cycle_id", "assembly_shift", ["cycle_id"])
    op.create_index("ix_assembly_shift_hub_id_starts_at", "assembly_shift", ["hub_id", "starts_at"])

    op.create_table(
        "assembly_transfer_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("from_hub_id", sa.Integer(), nullable=False),
        sa.Column("to_hub_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_by", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'sent', 'received')", name=op.f("ck_assembly_transfer_note_state")
        ),
        sa.CheckConstraint("from_hub_id <> to_hub_id", name=op.f("ck_assembly_transfer_note_hubs")),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["assembly_cycle.id"], name=op.f("fk_assembly_transfer_note_cycle_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_hub_id"], ["core_space.id"], name=op.f("fk_assembly_transfer_note_from_hub_id")
        ),
        sa.ForeignKeyConstraint(
            ["received_by"], ["core_person.id"], name=op.f("fk_assembly_transfer_note_received_by")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"], ["core_person.id"], name=op.f("fk_assembly_transfer_note_sent_by")
        ),
        sa.ForeignKeyConstraint(
            ["to_hub_id"], ["core_space.id"], name=op.f("fk_assembly_transfer_note_to_hub_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_transfer_note")),
        sa.UniqueConstraint("number", name=op.f("uq_assembly_transfer_note_number")),
    )
    op.create_index(
        "ix_assembly_transfer_note_cycle_id_id", "assembly_transfer_note", ["cycle_id", "id"]
    )

    op.create_table(
        "assembly_helper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_assembly_helper_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["assembly_shift.id"], name=op.f("fk_assembly_helper_shift_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_helper")),
        sa.UniqueConstraint(
            "shift_id", "person_id", name=op.f("uq_assembly_helper_shift_id_person_id")
        ),
    )
    op.create_index("ix_assembly_helper_person_id", "assembly_helper", ["person_id"])

    op.create_table(
        "assembly_transfer_line",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("product_name", sa.String(length=80), nullable=False),
        sa.Column("unit_label", sa.String(length=40), nullable=False),
        sa.Column("seller_name", sa.String(length=120), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_assembly_transfer_line_quantity")),
        sa.CheckConstraint(
            "received >= 0 AND received <= quantity",
            name=op.f("ck_assembly_transfer_line_received"),
        ),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["assembly_transfer_note.id"],
            name=op.f("fk_assembly_transfer_line_note_id"),
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["market_product.id"], name=op.f("fk_assembly_transfer_line_product_id")
        ),
        sa.PrimaryKeyConstraint("note_id", "product_id", name=op.f("pk_assembly_transfer_line")),
    )
    op.execute(
        "ALTER TABLE assembly_cycle ADD COLUMN schedule_id INTEGER"
        " CONSTRAINT fk_assembly_cycle_schedule_id REFERENCES assembly_schedule (id)"
    )

    op.add_column("assembly_settled_line", sa.Column("hub_id", sa.Integer(), nullable=True))
    op.add_column("assembly_settled_line", sa.Column("order_id", sa.Integer(), nullable=True))
    op.add_column("assembly_settled_line", sa.Column("product_id", sa.Integer(), nullable=True))
    op.drop_index("ix_assembly_settled_line_cycle_id_seller_id", "assembly_settled_line")
    sums = ["quantity", "paid", "producer", "activist", "centre"]
    op.create_index(
        "ix_assembly_settled_line_sums",
        "assembly_settled_line",
        ["cycle_id", "seller_id", "product_id", "tax_class", "hub_id", *sums],
    )
    _name_hubs_of_settled()

    append_only("assembly_hub_statement")
    append_only("assembly_correction")


def _name_hubs_of_settled() -> None:
    """What was settled before rounds had several hubs was all collected at its round's own."""
    changeable_again("assembly_settled_line")
    op.execute(
        "UPDATE assembly_settled_line SET "
        "hub_id = (SELECT hub_id FROM assembly_settlement "
        "WHERE assembly_settlement.cycle_id = assembly_settled_line.cycle_id), "
        "order_id = (SELECT order_id FROM market_order_line "
        "WHERE market_order_line.id = assembly_settled_line.line_id), "
        "product_id = (SELECT product_id FROM market_order_line "
        "WHERE market_order_line.id = assembly_settled_line.line_id)"
    )
    append_only("assembly_settled_line")
    op.execute(
        "INSERT INTO assembly_hub_statement "
        "(cycle_id, hub_id, hub_name, lines, exempt, taxed, producer, activist, centre) "
        "SELECT cycle_id, hub_id, hub_name, lines, exempt, taxed, producer, activist, centre "
        "FROM assembly_settlement WHERE lines > 0"
    )


def downgrade() -> None:
    changeable_again("assembly_hub_statement")
    changeable_again("assembly_correction")
    op.drop_index("ix_assembly_settled_line_sums", "assembly_settled_line")
    op.create_index(
        "ix_assembly_settled_line_cycle_id_seller_id",
        "assembly_settled_line",
        ["cycle_id", "seller_id"],
    )
    op.drop_column("assembly_settled_line", "product_id")
    op.drop_column("assembly_settled_line", "order_id")
    op.drop_column("assembly_settled_line", "hub_id")

    with op.batch_alter_table("assembly_cycle") as batch_op:
        batch_op.drop_column("schedule_id")

    op.drop_table("assembly_transfer_line")
    op.drop_table("assembly_helper")
    op.drop_table("assembly_transfer_note")
    op.drop_table("assembly_shift")
    op.drop_table("assembly_receipt")
    op.drop_table("assembly_point")
    op.drop_table("assembly_part")
    op.drop_table("assembly_hub_statement")
    op.drop_table("assembly_carried")
    op.drop_table("assembly_schedule")
    op.drop_table("assembly_payout_row")
    op.drop_table("assembly_payout")
    op.drop_table("assembly_payee")
    op.drop_table("assembly_correction")
