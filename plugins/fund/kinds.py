"""The kinds of notices that the fund tells; each room adds its own."""

from __future__ import annotations

from ...core.answers import NoticeKind

KINDS: tuple[NoticeKind, ...] = ()
