"""An event of erin's farm, on the Saturday to come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from wizzle.core.node import Node
from wizzle.plugins.locality.events import actions
from wizzle.plugins.locality.events.models import Occurrence
from wizzle.plugins.locality.events.rules import Draft, Every, Span

Make = Callable[..., int]


@pytest.fixture
def make(node: Node, cast: Any, clock: Any) -> Make:
    """Make a public event with sign-up five days ahead; return the id of its first date."""

    def made(*, every: Every = Every.ONCE, weeks: int = 0, public: bool = True, **said: Any) -> int:
        begins = clock.now() + timedelta(days=5)
        span = Span(begins, begins + timedelta(hours=2))
        draft = Draft(**{"title": "감자 캐기", "text": "같이 캐요.", "place": "햇살농장",
                         "signs_up": True, "capacity": 2, **said})  # fmt: skip
        erin, farm = cast.person("erin").id, cast.space("farm").id
        with node.db.write() as session:
            event = actions.make(
                node, session, farm, draft, span, every=every, actor_id=erin,
                last=(begins + timedelta(weeks=weeks)).date() if weeks else None,
            )  # fmt: skip
            if public:
                actions.publish(node, session, event.id, actor_id=erin)
            dates = select(Occurrence.id).where(Occurrence.event_id == event.id)
            return session.scalars(dates.order_by(Occurrence.starts_at)).first()

    return made
