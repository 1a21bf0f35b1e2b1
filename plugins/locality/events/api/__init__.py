"""Events for programs: what is to come, as it stands on its pages."""

from .....core.answers import WebhookKind
from .....core.values import SPACE_KINDS
from .....core.web.api import mark
from . import views

KINDS = (
    WebhookKind(
        "event.published",
        mark("An event was published"),
        frozenset(SPACE_KINDS),
        {
            "event": 5,
            "title": "함께 담그는 김장",
            "space_id": 4,
            "starts_at": "2026-11-28T01:00:00+00:00",
            "ends_at": "2026-11-28T05:00:00+00:00",
        },
    ),
)

__all__ = ["KINDS", "views"]
