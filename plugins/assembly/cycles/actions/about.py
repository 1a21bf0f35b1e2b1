"""A notice on a round."""

from __future__ import annotations

from datetime import datetime

from .....core.answers import NoticeKind
from .....core.notices import Notice
from ..models import Cycle


def about(
    cycle: Cycle, kind: NoticeKind, title: str, text: list[str], *, key: str, url: str,
    until: datetime | None = None,
) -> Notice:  # fmt: skip
    """Return a notice on a round, which stands with the others on the same one."""
    return Notice(
        kind=kind.name, title=title, text="\n".join(text), url=url, key=key, until=until,
        subject=cycle.occasion, heading=cycle.title,
    )  # fmt: skip
