"""Who may read which reports, and who of them sees residents' names."""

from __future__ import annotations

from dataclasses import dataclass

from .....core.answers import Rule
from .....core.values import Viewer
from ...cycles.rules import ACTIVIST
from ..rules import By

REPORT = "assembly.report"

RULES = (Rule(REPORT, roles=frozenset({ACTIVIST, "owner"})),)


@dataclass(frozen=True, slots=True)
class Desk:
    """One view of the books: all of them, one's hubs or one's producers."""

    name: str
    label: str
    seller_ids: tuple[int, ...] | None = None
    hub_ids: tuple[int, ...] | None = None

    @property
    def groups(self) -> tuple[By, ...]:
        """Return by what it may be grouped: a producer does not learn who bought what."""
        return tuple(by for by in By if self.seller_ids is None or by is not By.RESIDENT)


def desks(viewer: Viewer) -> list[Desk]:
    """Return the views that a viewer may have, the widest first."""
    found = [Desk("all", "Everything")] if viewer.is_steward else []
    if hosted := tuple(sorted(viewer.spaces(ACTIVIST))):
        found.append(Desk("hub", "My hub", hub_ids=hosted))
    if owned := tuple(sorted(viewer.spaces("owner"))):
        found.append(Desk("producer", "My sales", seller_ids=owned))
    return found
