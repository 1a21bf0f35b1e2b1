"""Permissions: who may do what, asked in one place."""

from __future__ import annotations

import pytest

from wizzle.core.answers import Rule
from wizzle.core.auth import Permissions, require
from wizzle.core.errors import Forbidden
from wizzle.core.values import Viewer

RULES = (
    Rule("see", everyone=True),
    Rule("order", members=True),
    Rule("edit", roles=frozenset({"owner"})),
    Rule("run", roles=frozenset({"steward"})),
    Rule("nobody"),
)


def viewer(*roles):
    return Viewer(1, "x", "x@example.com", "ko", roles=frozenset(roles))


STRANGER, MEMBER = None, viewer()
OWNER, STEWARD = viewer((7, "owner")), viewer((None, "steward"))


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (STRANGER, {"see"}),
        (MEMBER, {"see", "order"}),
        (OWNER, {"see", "order", "edit"}),
        (STEWARD, {"see", "order", "edit", "run"}),
    ],
)
def test_who_may_what(who, may):
    permissions = Permissions(RULES)
    assert {rule.action for rule in RULES if permissions.can(who, rule.action)} == may


def test_a_role_counts_in_its_own_space_alone():
    permissions = Permissions(RULES)
    assert permissions.can(OWNER, "edit", 7)
    assert not permissions.can(OWNER, "edit", 8)
    assert permissions.can(STEWARD, "edit", 8)
    with pytest.raises(Forbidden):
        require(permissions, OWNER, "edit", 8)


def test_being_called_steward_of_a_space_runs_no_node():
    permissions = Permissions(RULES)
    assert not viewer((7, "steward")).is_steward
    assert not permissions.can(viewer((7, "steward")), "edit", 7)
    assert not permissions.can(viewer((7, "steward")), "run", 8)
    assert not permissions.can(viewer((7, "steward")), "run")


def test_what_has_no_rule_is_refused_to_all():
    permissions = Permissions(RULES)
    assert not any(permissions.can(who, "unheard of") for who in (STRANGER, MEMBER, STEWARD))


def test_two_rules_for_one_action_are_a_mistake():
    with pytest.raises(ValueError, match="see"):
        Permissions([*RULES, Rule("see")])
