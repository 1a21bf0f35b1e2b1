"""Who may do what: members read what came from elsewhere, everyone sees who wants to be known."""

from __future__ import annotations

READ = "feed.elsewhere"
KNOWN = "feed.presence"
PAGE = "feed.presence.see"
