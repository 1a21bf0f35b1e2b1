"""The blueprint that all pages of the core belong to, and who may see and do what on them."""

from __future__ import annotations

from flask import Blueprint

from ...answers import Rule
from ...values import STEWARD

blueprint = Blueprint("core", __name__, template_folder="../templates")

_STEWARDS = frozenset({STEWARD})
RULES = (
    Rule("core.see", everyone=True),
    Rule("core.enter", everyone=True),
    Rule("core.me", members=True),
    Rule("core.space.edit", roles=frozenset({"owner", "activist"})),
    # A hub's activist is given a share of each sale, so only a steward names one: the rule asks
    # for owners, whom a hub does not have.
    Rule("core.space.people", roles=frozenset({"owner"})),
    # Whoever makes a way in could use it: an owner would come in as a neighbour who also runs more.
    Rule("core.space.way_in", roles=_STEWARDS),
    Rule("core.space.make", roles=_STEWARDS),
    Rule("core.space.close", roles=_STEWARDS),
    Rule("core.admin", roles=_STEWARDS),
    Rule("core.report", everyone=True),
    Rule("core.moderate", roles=_STEWARDS),
    Rule("core.webhooks", roles=frozenset({"owner", "activist"})),
    Rule("core.webhooks.node", roles=_STEWARDS),
)
