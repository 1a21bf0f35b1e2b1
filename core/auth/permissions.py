"""Permissions, asked in one place: rules say which roles allow an action, ``can`` applies them."""

from __future__ import annotations

from collections.abc import Iterable

from ..answers import Rule
from ..errors import Forbidden
from ..values import STEWARD, Viewer


class Permissions:
    """The rules of the core and of all enabled plugins, by the name of the action."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules: dict[str, Rule] = {}
        for rule in rules:
            if rule.action in self._rules:
                raise ValueError(f"two rules for {rule.action}")
            self._rules[rule.action] = rule

    def __contains__(self, action: str) -> bool:
        return action in self._rules

    def can(self, viewer: Viewer | None, action: str, space_id: int | None = None) -> bool:
        """Say whether ``viewer`` may do ``action``, in the space ``space_id`` if one is meant.

        Without a space, a role held in any space counts: the page then shows only one's own.
        A steward of the node may do whatever a role allows. An action without a rule is refused.
        """
        rule = self._rules.get(action)
        if rule is None:
            return False
        if rule.everyone or viewer is None:
            return rule.everyone
        if rule.members or (rule.roles and viewer.is_steward):
            return True
        return any(
            role in rule.roles and (space is None or space_id is None or space == space_id)
            for space, role in viewer.roles
            if role != STEWARD  # held on the node alone, and asked for above
        )

    def needs_no_role(self, action: str) -> bool:
        """Say whether everyone, or every member, may do ``action``."""
        rule = self._rules.get(action)
        return rule is not None and (rule.everyone or rule.members)

    def roles(self, action: str) -> frozenset[str]:
        """Return the roles that allow ``action``."""
        return self._rules[action].roles | {STEWARD}


def require(
    permissions: Permissions, viewer: Viewer | None, action: str, space_id: int | None = None
) -> None:
    """Raise ``Forbidden`` unless ``viewer`` may do ``action``."""
    if not permissions.can(viewer, action, space_id):
        raise Forbidden("You may not do this. Ask the people who run this page or the steward.")
