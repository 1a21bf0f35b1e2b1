"""An outcome as text that programs read, and that two counts can be compared by."""

from __future__ import annotations

import json
from typing import Any

from .election import Counted, Election
from .shares import payments


def as_json_text(election: Election, counted: Counted) -> str:
    """Return an outcome as JSON, the same bytes for the same outcome; fractions are texts."""
    paid = payments(election, counted)
    told: dict[str, Any] = {
        "rule": counted.rule,
        "budget": counted.budget,
        "cost": counted.cost,
        "winners": list(counted.ids),
        "payments": {
            winner: {voter: str(amount) for voter, amount in sorted(voters.items())}
            for winner, voters in paid.items()
        },
        "share": None if counted.share is None else str(counted.share),
        "rounds": counted.rounds,
        "losers": [
            {"id": each.project.id, "votes": each.votes, "missing": str(each.missing),
             "barred": each.barred}
            for each in counted.losers
        ],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1)
