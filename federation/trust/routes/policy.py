"""The node's policy for others: a page for people, and the same for programs."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ....core.web import machine, permitted, this_node, this_tongue
from ...pages import blueprint
from ..actions import describing
from .answers import document


@blueprint.get("/federation/policy")
@permitted("federation.see", alike=True)
def policy() -> Any:
    """Tell whom this node talks to, what it shares, and what never leaves it."""
    node = this_node()
    with node.db.read() as session:
        told = describing.policy(node, session, this_tongue().language)
    return render_template("federation/policy.html", told=told)


@blueprint.get("/federation/policy.json")
@machine("federation.read")
def policy_json() -> Any:
    """Tell the same in JSON."""
    node = this_node()
    with node.db.read() as session:
        told = describing.policy(node, session, node.settings.node.languages[0])
    return document(told, kind="application/json", headers={"Access-Control-Allow-Origin": "*"})
