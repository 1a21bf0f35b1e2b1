"""Who may do what with the fund: everyone reads, its offices act.

``treasurer`` and ``auditor`` are roles on the node, given by a steward. Whoever audits sees all and
moves nothing.
"""

from __future__ import annotations

from ...core.answers import Rule

READ = "fund.read"
"""What everyone may see."""

TAKE_PART = "fund.take_part"
"""What every member may do for themselves: propose, pledge, claim, join."""

KEEP = "fund.keep"
"""Keeping the fund: what comes and goes, calls and votes."""

AUDIT = "fund.audit"
"""Seeing what is not public: receipts, who was paid, who owes."""

GIVE_OPINION = "fund.opinion"
"""Saying in public what an audit found: the auditor's alone, not even a steward's."""

APPOINT = "fund.appoint"
"""Giving the fund's offices to people."""

TREASURER, AUDITOR = "treasurer", "auditor"
OFFICES = (TREASURER, AUDITOR)

RULES = (
    Rule(READ, everyone=True),
    Rule(TAKE_PART, members=True),
    Rule(KEEP, roles=frozenset({TREASURER})),
    Rule(AUDIT, roles=frozenset({TREASURER, AUDITOR})),
    Rule(GIVE_OPINION, roles=frozenset({AUDITOR})),
    Rule(APPOINT, roles=frozenset({"steward"})),
)
