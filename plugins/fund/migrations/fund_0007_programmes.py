"""Calls for ideas, their proposals, and what was decided."""

import sqlalchemy as sa
from alembic import op

from wizzle.core.migration import append_only, changeable_again

revision = "fund_0007"
down_revision = "fund_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fund_programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("money", sa.Integer(), nullable=False),
        sa.Column("earmark_id", sa.Integer(), nullable=True),
        sa.Column("smallest", sa.Integer(), nullable=False),
        sa.Column("largest", sa.Integer(), nullable=False),
        sa.Column("proposers", sa.String(length=10), nullable=False),
        sa.Column("per_person", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("categories", sa.String(length=400), nullable=False),
        sa.Column("places", sa.String(length=400), nullable=False),
        sa.Column("ideas_end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("review_end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deliberation_end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vote_end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("carrying_end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("phase", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=60), nullable=False),
        sa.Column("decided_why", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decision IN ('vote', 'committee')", name=op.f("ck_fund_programme_decision")
        ),
        sa.CheckConstraint(
            "phase IN ('draft', 'ideas', 'review', 'deliberation', 'vote', 'carrying', 'closed')",
            name=op.f("ck_fund_programme_phase"),
        ),
        sa.CheckConstraint("money > 0", name=op.f("ck_fund_programme_money")),
        sa.CheckConstraint(
            "smallest > 0 AND smallest <= largest AND largest <= money",
            name=op.f("ck_fund_programme_cost"),
        ),
        sa.ForeignKeyConstraint(
            ["earmark_id"], ["fund_earmark.id"], name=op.f("fk_fund_programme_earmark_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_programme")),
        sa.UniqueConstraint("key", name=op.f("uq_fund_programme_key")),
    )
    op.create_index("ix_fund_programme_phase_id", "fund_programme", ["phase", "id"])

    op.create_table(
        "fund_phase_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["fund_programme.id"], name=op.f("fk_fund_phase_step_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_phase_step")),
        sa.UniqueConstraint(
            "programme_id", "phase", name=op.f("uq_fund_phase_step_programme_id_phase")
        ),
    )
    op.create_table(
        "fund_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("asked_for", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'proposed', 'feasible', 'refused', 'merged', 'withdrawn',"
            " 'chosen', 'not_chosen')",
            name=op.f("ck_fund_proposal_state"),
        ),
        sa.CheckConstraint("asked > 0", name=op.f("ck_fund_proposal_asked")),
        sa.CheckConstraint("cost IS NULL OR cost > 0", name=op.f("ck_fund_proposal_cost")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["core_person.id"], name=op.f("fk_fund_proposal_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["fund_proposal.id"], name=op.f("fk_fund_proposal_merged_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["core_picture.id"], name=op.f("fk_fund_proposal_picture_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["fund_programme.id"], name=op.f("fk_fund_proposal_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_proposal")),
        sa.UniqueConstraint("programme_id", "key", name=op.f("uq_fund_proposal_programme_id_key")),
    )
    op.create_index("ix_fund_proposal_author_id", "fund_proposal", ["author_id"])
    op.create_index("ix_fund_proposal_merged_into_id", "fund_proposal", ["merged_into_id"])
    op.create_index(
        "ix_fund_proposal_programme_id_state_id", "fund_proposal", ["programme_id", "state", "id"]
    )

    op.create_table(
        "fund_ballot_line",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["fund_programme.id"], name=op.f("fk_fund_ballot_line_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["fund_proposal.id"], name=op.f("fk_fund_ballot_line_proposal_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_fund_ballot_line")),
    )
    op.create_index("ix_fund_ballot_line_programme_id", "fund_ballot_line", ["programme_id"])

    op.create_table(
        "fund_merging",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["fund_programme.id"], name=op.f("fk_fund_merging_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["fund_proposal.id"], name=op.f("fk_fund_merging_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_merging")),
        sa.UniqueConstraint("programme_id", "key", name=op.f("uq_fund_merging_programme_id_key")),
    )
    op.create_table(
        "fund_proposal_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_fund_proposal_question_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["fund_proposal.id"],
            name=op.f("fk_fund_proposal_question_proposal_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_proposal_question")),
        sa.UniqueConstraint(
            "proposal_id", "key", name=op.f("uq_fund_proposal_question_proposal_id_key")
        ),
    )
    op.create_index("ix_fund_proposal_question_person_id", "fund_proposal_question", ["person_id"])
    op.create_index(
        "ix_fund_proposal_question_proposal_id_id", "fund_proposal_question", ["proposal_id", "id"]
    )

    op.create_table(
        "fund_proposal_version",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("asked_for", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["fund_proposal.id"], name=op.f("fk_fund_proposal_version_proposal_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "number", name=op.f("pk_fund_proposal_version")),
    )
    op.create_table(
        "fund_support",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_fund_support_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["fund_proposal.id"], name=op.f("fk_fund_support_proposal_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "person_id", name=op.f("pk_fund_support")),
    )
    op.create_index("ix_fund_support_person_id", "fund_support", ["person_id"])

    op.create_table(
        "fund_merge_part",
        sa.Column("merging_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["merging_id"], ["fund_merging.id"], name=op.f("fk_fund_merge_part_merging_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["fund_proposal.id"], name=op.f("fk_fund_merge_part_proposal_id")
        ),
        sa.PrimaryKeyConstraint("merging_id", "proposal_id", name=op.f("pk_fund_merge_part")),
    )
    op.create_index("ix_fund_merge_part_proposal_id", "fund_merge_part", ["proposal_id"])

    append_only("fund_phase_step")
    append_only("fund_ballot_line")


def downgrade() -> None:
    changeable_again("fund_ballot_line")
    changeable_again("fund_phase_step")
    op.drop_table("fund_merge_part")
    op.drop_table("fund_support")
    op.drop_table("fund_proposal_version")
    op.drop_table("fund_proposal_question")
    op.drop_table("fund_merging")
    op.drop_table("fund_ballot_line")
    op.drop_table("fund_proposal")
    op.drop_table("fund_phase_step")
    op.drop_table("fund_programme")
