"""All cases as one file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from support.attacks import addresses, algorithms, bodies, coverage, owners, series, syntax, taken
from support.attacks.building import default_documents

FILE = Path(__file__).parents[2] / "federation" / "cases" / "incoming.json"
GROUPS = (
    taken.taken,
    syntax.syntax,
    algorithms.algorithms,
    coverage.coverage,
    coverage.times,
    coverage.hosts,
    coverage.digests,
    addresses.addresses,
    addresses.fetching,
    owners.owners,
    owners.concerned,
    bodies.bodies,
)


def whole_file() -> dict[str, Any]:
    """Return the file of all cases."""
    return {
        "default_documents": default_documents(),
        "cases": [each for group in GROUPS for each in group()],
        "sequences": list(series.sequences()),
    }


def written() -> str:
    return json.dumps(whole_file(), ensure_ascii=False, indent=1) + "\n"
