"""News for programs: open to everyone as they are on their pages, and written by those who may."""

from .....core.answers import Scope, WebhookKind
from .....core.values import SPACE_KINDS
from .....core.web.api import mark
from . import views

SCOPES = (Scope("news:write", mark("Write news for the pages that I run")),)
KINDS = (
    WebhookKind(
        "news.published",
        mark("News were published"),
        frozenset(SPACE_KINDS),
        {
            "news": 5,
            "title": "토요일에 마당을 엽니다",
            "space_id": 4,
            "published_at": "2026-11-23T00:00:00+00:00",
        },
    ),
)

__all__ = ["KINDS", "SCOPES", "views"]
