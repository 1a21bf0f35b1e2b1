"""What webhooks can be told of rounds."""

from __future__ import annotations

from .....core.answers import WebhookKind
from .....core.web.api import mark

_EXAMPLE = {
    "round": 12,
    "occasion": "cycle:12",
    "title": "11월 넷째 주",
    "space_id": 4,
    "state": "open",
    "opens_at": "2026-11-23T00:00:00+00:00",
    "cut_off": "2026-11-24T12:00:00+00:00",
    "collect_from": "2026-11-26T07:00:00+00:00",
    "collect_until": "2026-11-26T11:00:00+00:00",
}
_LABELS = {
    "opened": mark("A round was opened"),
    "closed": mark("A round takes no more orders"),
    "ready": mark("A round is ready to be collected"),
    "settled": mark("A round was settled"),
}
KINDS = tuple(
    WebhookKind(f"round.{what}", label, frozenset({"hub"}), _EXAMPLE)
    for what, label in _LABELS.items()
)
