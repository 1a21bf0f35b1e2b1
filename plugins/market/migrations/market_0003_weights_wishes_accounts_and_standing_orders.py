"""Variants, goods by weight, wishes, residents' accounts, transfers and standing orders."""

import sqlalchemy as sa
from alembic import op

from wizzle.core.migration import append_only, changeable_again

revision = "market_0003"
down_revision = "market_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "market_container",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("deposit", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("deposit > 0", name=op.f("ck_market_container_deposit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_container")),
        sa.UniqueConstraint("name", name=op.f("uq_market_container_name")),
    )
    op.create_table(
        "market_bank_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("rest", sa.JSON(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_market_bank_file_actor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_bank_file")),
        sa.UniqueConstraint("digest", name=op.f("uq_market_bank_file_digest")),
    )
    op.create_table(
        "market_standing_holiday",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.CheckConstraint("from_on <= until_on", name=op.f("ck_market_standing_holiday_days")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_market_standing_holiday_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_standing_holiday")),
        sa.UniqueConstraint(
            "person_id",
            "from_on",
            "until_on",
            name=op.f("uq_market_standing_holiday_person_id_from_on_until_on"),
        ),
    )

    op.create_table(
        "market_container_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("container_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("deposit", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number <> 0", name=op.f("ck_market_container_move_number")),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_market_container_move_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["container_id"],
            ["market_container.id"],
            name=op.f("fk_market_container_move_container_id"),
        ),
        sa.ForeignKeyConstraint(
            ["host_id"], ["core_space.id"], name=op.f("fk_market_container_move_host_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["market_order.id"], name=op.f("fk_market_container_move_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_market_container_move_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_container_move")),
        sa.UniqueConstraint("key", name=op.f("uq_market_container_move_key")),
    )
    op.create_index(
        "ix_market_container_move_person_id_container_id",
        "market_container_move",
        ["person_id", "container_id"],
        unique=False,
    )

    op.create_table(
        "market_deposit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("depositor", sa.String(length=60), nullable=False),
        sa.Column("memo", sa.String(length=120), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("named", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('matched', 'ambiguous', 'unmatched', 'given', 'left')",
            name=op.f("ck_market_deposit_state"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_market_deposit_amount")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["core_person.id"], name=op.f("fk_market_deposit_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["market_bank_file.id"], name=op.f("fk_market_deposit_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["market_order.id"], name=op.f("fk_market_deposit_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_market_deposit_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_deposit")),
        sa.UniqueConstraint("mark", name=op.f("uq_market_deposit_mark")),
    )
    op.create_index("ix_market_deposit_file_id_line", "market_deposit", ["file_id", "line"])
    op.create_index("ix_market_deposit_order_id", "market_deposit", ["order_id"])
    op.create_index("ix_market_deposit_state_id", "market_deposit", ["state", "id"])

    op.create_table(
        "market_credit_payout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("bank_account", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_market_credit_payout_amount")),
        sa.CheckConstraint("way IN ('cash', 'transfer')", name=op.f("ck_market_credit_payout_way")),
        sa.CheckConstraint(
            "(way = 'cash') = (host_id IS NOT NULL)", name=op.f("ck_market_credit_payout_host_id")
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'paid', 'cancelled')", name=op.f("ck_market_credit_payout_state")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["core_person.id"], name=op.f("fk_market_credit_payout_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["host_id"], ["core_space.id"], name=op.f("fk_market_credit_payout_host_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_market_credit_payout_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_credit_payout")),
    )
    op.create_index(
        "ix_market_credit_payout_person_id_id", "market_credit_payout", ["person_id", "id"]
    )
    op.create_index("ix_market_credit_payout_state_id", "market_credit_payout", ["state", "id"])

    op.create_table(
        "market_standing_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("unit_label", sa.String(length=40), nullable=False),
        sa.Column("wish", sa.String(length=12), nullable=False),
        sa.Column("substitute_up_to", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('active', 'paused', 'ended')", name=op.f("ck_market_standing_order_state")
        ),
        sa.CheckConstraint("every IN (1, 2, 4)", name=op.f("ck_market_standing_order_every")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_market_standing_order_quantity")),
        sa.ForeignKeyConstraint(
            ["host_id"], ["core_space.id"], name=op.f("fk_market_standing_order_host_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_market_standing_order_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["market_product.id"], name=op.f("fk_market_standing_order_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_standing_order")),
        sa.UniqueConstraint("key", name=op.f("uq_market_standing_order_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_market_standing_order_uid")),
    )
    op.create_index(
        "ix_market_standing_order_host_id_state", "market_standing_order", ["host_id", "state"]
    )
    op.create_index(
        "ix_market_standing_order_person_id_id", "market_standing_order", ["person_id", "id"]
    )
    op.create_index("ix_market_standing_order_product_id", "market_standing_order", ["product_id"])
    op.create_index(
        "uq_market_standing_order_goes_on",
        "market_standing_order",
        ["person_id", "host_id", "product_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'ended'"),
        postgresql_where=sa.text("state <> 'ended'"),
    )

    op.create_table(
        "market_tender",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("refunded", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('cash', 'transfer', 'balance')", name=op.f("ck_market_tender_kind")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_market_tender_amount")),
        sa.CheckConstraint(
            "refunded >= 0 AND refunded <= amount", name=op.f("ck_market_tender_refunded")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["market_order.id"], name=op.f("fk_market_tender_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_tender")),
        sa.UniqueConstraint("order_id", "kind", name=op.f("uq_market_tender_order_id_kind")),
    )
    op.create_table(
        "market_refund",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("cash", sa.BigInteger(), nullable=False),
        sa.Column("transfer", sa.BigInteger(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_market_refund_amount")),
        sa.CheckConstraint(
            "cash >= 0 AND transfer >= 0 AND balance >= 0 AND cash + transfer + balance = amount",
            name=op.f("ck_market_refund_tenders"),
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["core_person.id"], name=op.f("fk_market_refund_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["market_order_line.id"], name=op.f("fk_market_refund_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["market_order.id"], name=op.f("fk_market_refund_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_refund")),
        sa.UniqueConstraint("key", name=op.f("uq_market_refund_key")),
    )
    op.create_index("ix_market_refund_order_id_id", "market_refund", ["order_id", "id"])

    op.create_table(
        "market_standing_change",
        sa.Column("standing_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("unit_label", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "kind = 'skip' OR (product_id IS NOT NULL AND quantity > 0)",
            name=op.f("ck_market_standing_change_swap"),
        ),
        sa.CheckConstraint("kind IN ('skip', 'swap')", name=op.f("ck_market_standing_change_kind")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["market_product.id"], name=op.f("fk_market_standing_change_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["standing_id"],
            ["market_standing_order.id"],
            name=op.f("fk_market_standing_change_standing_id"),
        ),
        sa.PrimaryKeyConstraint("standing_id", "on", name=op.f("pk_market_standing_change")),
    )
    op.create_table(
        "market_standing_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("standing_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("collect_on", sa.Date(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=300), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('made', 'skipped', 'failed')", name=op.f("ck_market_standing_run_state")
        ),
        sa.ForeignKeyConstraint(
            ["host_id"], ["core_space.id"], name=op.f("fk_market_standing_run_host_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["market_order.id"], name=op.f("fk_market_standing_run_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["market_product.id"], name=op.f("fk_market_standing_run_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["standing_id"],
            ["market_standing_order.id"],
            name=op.f("fk_market_standing_run_standing_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_standing_run")),
        sa.UniqueConstraint(
            "standing_id", "occasion", name=op.f("uq_market_standing_run_standing_id_occasion")
        ),
    )
    op.create_index(
        "ix_market_standing_run_occasion_state", "market_standing_run", ["occasion", "state"]
    )
    op.create_index("ix_market_standing_run_product_id", "market_standing_run", ["product_id"])

    op.add_column(
        "market_basket_line",
        sa.Column("wish", sa.String(length=12), server_default="less", nullable=False),
    )
    op.add_column(
        "market_basket_line", sa.Column("substitute_up_to", sa.BigInteger(), nullable=True)
    )

    op.add_column(
        "market_order",
        sa.Column("phone_tail", sa.String(length=4), server_default="", nullable=False),
    )
    op.add_column("market_order", sa.Column("bags", sa.Integer(), nullable=True))
    op.add_column("market_order", sa.Column("packed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "market_order",
        sa.Column("transferred", sa.BigInteger(), server_default="0", nullable=False),
    )

    op.add_column(
        "market_order_line",
        sa.Column("amount", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.add_column(
        "market_order_line",
        sa.Column("sold_by", sa.String(length=10), server_default="piece", nullable=False),
    )
    op.add_column("market_order_line", sa.Column("expected_g", sa.Integer(), nullable=True))
    op.add_column("market_order_line", sa.Column("most_g", sa.Integer(), nullable=True))
    op.add_column("market_order_line", sa.Column("weighed_g", sa.Integer(), nullable=True))
    op.add_column(
        "market_order_line",
        sa.Column("wish", sa.String(length=12), server_default="less", nullable=False),
    )
    op.add_column(
        "market_order_line", sa.Column("substitute_up_to", sa.BigInteger(), nullable=True)
    )
    op.execute(
        "ALTER TABLE market_order_line ADD COLUMN substitute_for_id INTEGER"
        " CONSTRAINT fk_market_order_line_substitute_for_id REFERENCES market_order_line (id)"
    )
    op.add_column(
        "market_order_line",
        sa.Column("certificate", sa.String(length=120), server_default="", nullable=False),
    )
    op.add_column(
        "market_order_line",
        sa.Column("allergens", sa.String(length=200), server_default="", nullable=False),
    )
    op.execute(
        "ALTER TABLE market_order_line ADD COLUMN container_id INTEGER"
        " CONSTRAINT fk_market_order_line_container_id REFERENCES market_container (id)"
    )

    op.execute(
        "ALTER TABLE market_product ADD COLUMN family_id INTEGER"
        " CONSTRAINT fk_market_product_family_id REFERENCES market_product (id)"
    )
    op.add_column(
        "market_product",
        sa.Column("variant", sa.String(length=40), server_default="", nullable=False),
    )
    op.add_column(
        "market_product",
        sa.Column("sold_by", sa.String(length=10), server_default="piece", nullable=False),
    )
    op.add_column("market_product", sa.Column("expected_g", sa.Integer(), nullable=True))
    op.add_column(
        "market_product",
        sa.Column("allergens", sa.String(length=200), server_default="", nullable=False),
    )
    op.add_column(
        "market_product",
        sa.Column("certification", sa.String(length=30), server_default="", nullable=False),
    )
    op.add_column(
        "market_product",
        sa.Column("certificate_number", sa.String(length=60), server_default="", nullable=False),
    )
    op.add_column("market_product", sa.Column("certificate_until", sa.Date(), nullable=True))
    op.execute(
        "ALTER TABLE market_product ADD COLUMN container_id INTEGER"
        " CONSTRAINT fk_market_product_container_id REFERENCES market_container (id)"
    )
    op.create_index("ix_market_product_family_id", "market_product", ["family_id"])

    op.execute("UPDATE market_order_line SET amount = price * delivered")
    _tell_what_was_paid()
    _tell_what_was_given_back()
    append_only("market_container_move")
    append_only("market_refund")


def _tell_what_was_paid() -> None:
    """Until now all was paid in cash."""
    op.execute(
        "INSERT INTO market_tender (order_id, kind, amount, refunded, at)"
        " SELECT o.id, 'cash', SUM(l.paid), SUM(l.refunded), o.paid_at"
        " FROM market_order o JOIN market_order_line l ON l.order_id = o.id"
        " WHERE o.paid_at IS NOT NULL GROUP BY o.id HAVING SUM(l.paid) > 0"
    )


def _tell_what_was_given_back() -> None:
    """A refund stood in the ledger alone, under the key refund:<line>:<key>."""
    refunds = op.get_bind().execute(
        sa.text(
            "SELECT p.key, p.subject, p.memo, p.actor_id, p.at, -e.amount AS amount"
            " FROM core_ledger_posting p JOIN core_ledger_entry e ON e.posting_id = p.id"
            " WHERE p.key LIKE 'refund:%' AND p.subject LIKE 'order:%' AND e.amount < 0"
            " ORDER BY p.id"
        )
    )
    for row in refunds.all():
        op.get_bind().execute(
            sa.text(
                "INSERT INTO market_refund (key, order_id, line_id, amount, cash, transfer,"
                " balance, reason, actor_id, at) VALUES (:key, :order_id, :line_id, :amount,"
                " :amount, 0, 0, :reason, :actor_id, :at)"
            ),
            {
                "key": row.key,
                "order_id": int(row.subject.partition(":")[2]),
                "line_id": int(row.key.split(":")[1]),
                "amount": row.amount,
                "reason": row.memo.partition(": ")[2][:300],
                "actor_id": row.actor_id,
                "at": row.at,
            },
        )


def downgrade() -> None:
    changeable_again("market_container_move")
    changeable_again("market_refund")
    with op.batch_alter_table(
        "market_product", table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index(batch_op.f("ix_market_product_family_id"))
        batch_op.drop_column("container_id")
        batch_op.drop_column("certificate_until")
        batch_op.drop_column("certificate_number")
        batch_op.drop_column("certification")
        batch_op.drop_column("allergens")
        batch_op.drop_column("expected_g")
        batch_op.drop_column("sold_by")
        batch_op.drop_column("variant")
        batch_op.drop_column("family_id")

    with op.batch_alter_table("market_order_line") as batch_op:
        batch_op.drop_column("container_id")
        batch_op.drop_column("allergens")
        batch_op.drop_column("certificate")
        batch_op.drop_column("substitute_for_id")
        batch_op.drop_column("substitute_up_to")
        batch_op.drop_column("wish")
        batch_op.drop_column("weighed_g")
        batch_op.drop_column("most_g")
        batch_op.drop_column("expected_g")
        batch_op.drop_column("sold_by")
        batch_op.drop_column("amount")

    with op.batch_alter_table("market_order") as batch_op:
        batch_op.drop_column("transferred")
        batch_op.drop_column("packed_at")
        batch_op.drop_column("bags")
        batch_op.drop_column("phone_tail")

    with op.batch_alter_table("market_basket_line") as batch_op:
        batch_op.drop_column("substitute_up_to")
        batch_op.drop_column("wish")

    op.drop_table("market_standing_run")
    op.drop_table("market_standing_change")
    op.drop_table("market_refund")
    op.drop_table("market_tender")
    op.drop_table("market_standing_order")
    op.drop_table("market_credit_payout")
    op.drop_table("market_deposit")
    op.drop_table("market_container_move")
    op.drop_table("market_standing_holiday")
    op.drop_table("market_bank_file")
    op.drop_table("market_container")
