"""Votes with their rolls and urns; what is fixed of a vote the database lets nobody change."""

import sqlalchemy as sa
from alembic import op

from wizzle.core.migration import append_only, changeable_again

revision = "fund_0008"
down_revision = "fund_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fund_vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=12), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("support", sa.Integer(), nullable=True),
        sa.Column("budget", sa.BigInteger(), nullable=False),
        sa.Column("electorate", sa.String(length=10), nullable=False),
        sa.Column("age", sa.String(length=60), nullable=False),
        sa.Column("quorum_kind", sa.String(length=10), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("roll_size", sa.Integer(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "electorate IN ('members', 'neighbours', 'roll')", name=op.f("ck_fund_vote_electorate")
        ),
        sa.CheckConstraint(
            "form IN ('approval', 'limited', 'knapsack', 'ranking')", name=op.f("ck_fund_vote_form")
        ),
        sa.CheckConstraint(
            "quorum_kind IN ('none', 'number', 'permille')", name=op.f("ck_fund_vote_quorum_kind")
        ),
        sa.CheckConstraint("rule IN ('equal-shares', 'greedy')", name=op.f("ck_fund_vote_rule")),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'counting', 'closed')", name=op.f("ck_fund_vote_state")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["fund_programme.id"], name=op.f("fk_fund_vote_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_vote")),
        sa.UniqueConstraint("key", name=op.f("uq_fund_vote_key")),
    )
    op.create_index(op.f("ix_fund_vote_programme_id"), "fund_vote", ["programme_id"])

    op.create_table(
        "fund_vote_desk",
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("ticked", sa.Integer(), nullable=False),
        sa.Column("loose", sa.Integer(), nullable=False),
        sa.Column("by_code", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["core_person.id"], name=op.f("fk_fund_vote_desk_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["fund_vote.id"], name=op.f("fk_fund_vote_desk_vote_id")
        ),
        sa.PrimaryKeyConstraint("vote_id", "officer_id", name=op.f("pk_fund_vote_desk")),
    )
    op.create_table(
        "fund_vote_option",
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("cost > 0", name=op.f("ck_fund_vote_option_cost")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["fund_proposal.id"], name=op.f("fk_fund_vote_option_proposal_id")
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["fund_vote.id"], name=op.f("fk_fund_vote_option_vote_id")
        ),
        sa.PrimaryKeyConstraint("vote_id", "number", name=op.f("pk_fund_vote_option")),
    )
    op.create_table(
        "fund_vote_result",
        sa.Column("vote_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seed", sa.String(length=80), nullable=False),
        sa.Column("ballots", sa.Text(), nullable=False),
        sa.Column("shares", sa.Text(), nullable=False),
        sa.Column("greedy", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["fund_vote.id"], name=op.f("fk_fund_vote_result_vote_id")
        ),
        sa.PrimaryKeyConstraint("vote_id", name=op.f("pk_fund_vote_result")),
    )
    op.create_table(
        "fund_vote_roll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("voted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_fund_vote_roll_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["fund_vote.id"], name=op.f("fk_fund_vote_roll_vote_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_vote_roll")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_fund_vote_roll_code_hash")),
    )
    op.create_index(op.f("ix_fund_vote_roll_person_id"), "fund_vote_roll", ["person_id"])
    op.create_index("ix_fund_vote_roll_vote_id_name", "fund_vote_roll", ["vote_id", "name"])
    op.create_index(
        "uq_fund_vote_roll_vote_id_person_id", "fund_vote_roll", ["vote_id", "person_id"],
        unique=True,
    )  # fmt: skip

    op.create_table(
        "fund_vote_urn",
        sa.Column("vote_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["fund_vote.id"], name=op.f("fk_fund_vote_urn_vote_id")
        ),
        sa.PrimaryKeyConstraint("vote_id", name=op.f("pk_fund_vote_urn")),
    )
    append_only("fund_vote_result")
    _guard()


def downgrade() -> None:
    _unguard()
    changeable_again("fund_vote_result")
    for table in ("urn", "roll", "result", "option", "desk"):
        op.drop_table(f"fund_vote_{table}")
    op.drop_table("fund_vote")


FIXED = (
    "id", "programme_id", "key", "title", "form", "least", "most", "rule", "step", "support",
    "budget", "electorate", "age", "quorum_kind", "quorum", "opens_at", "closes_at", "roll_size",
    "rules", "commitment", "frozen_at",
)  # fmt: skip
"""What of a vote never changes once it is fixed."""

_IS_FIXED = (
    "EXISTS (SELECT 1 FROM fund_vote WHERE fund_vote.id = {row}.vote_id AND frozen_at IS NOT NULL)"
)
_CHANGED = " OR ".join(f"NEW.{name} {{other}} OLD.{name}" for name in FIXED)
# Of the roll a place is ticked off once, and whose it was can be forgotten.
_REWRITTEN = (
    "NEW.id {other} OLD.id OR NEW.vote_id {other} OLD.vote_id OR (OLD.voted AND NOT NEW.voted)"
    " OR (NEW.person_id IS NOT NULL AND NEW.person_id {other} OLD.person_id)"
    " OR (NEW.name <> '' AND NEW.name {other} OLD.name)"
    " OR (NEW.code_hash IS NOT NULL AND NEW.code_hash {other} OLD.code_hash)"
)
GUARDS = (
    ("fund_vote", "UPDATE", "OLD.frozen_at IS NOT NULL AND (" + _CHANGED + ")"),
    ("fund_vote", "DELETE", "OLD.frozen_at IS NOT NULL"),
    ("fund_vote_option", "INSERT", _IS_FIXED.format(row="NEW")),
    ("fund_vote_option", "UPDATE", _IS_FIXED.format(row="OLD")),
    ("fund_vote_option", "DELETE", _IS_FIXED.format(row="OLD")),
    ("fund_vote_roll", "INSERT", _IS_FIXED.format(row="NEW")),
    ("fund_vote_roll", "UPDATE", _IS_FIXED.format(row="OLD") + " AND (" + _REWRITTEN + ")"),
    ("fund_vote_roll", "DELETE", _IS_FIXED.format(row="OLD")),
)
"""Table, what is done to a row, and when it is refused."""


def _guard() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, verb, when in GUARDS:
        name = f"{table}_fixed_{verb.lower()}"
        said = when.replace("{other}", "IS NOT" if sqlite else "IS DISTINCT FROM")
        if sqlite:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {said} "
                f"BEGIN SELECT RAISE(ABORT, 'this vote is fixed'); END"
            )
            continue
        row = "OLD" if verb == "DELETE" else "NEW"
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {said} THEN RAISE EXCEPTION 'this vote is fixed'; END IF; RETURN {row}; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def _unguard() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, verb, _ in GUARDS:
        name = f"{table}_fixed_{verb.lower()}"
        op.execute(f"DROP TRIGGER {name}" + ("" if sqlite else f" ON {table}"))
        if not sqlite:
            op.execute(f"DROP FUNCTION {name}()")
