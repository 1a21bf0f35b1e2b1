"""Who may do what: members read what came from elsewhere, and choose to be known there."""

from __future__ import annotations

READ = "feed.elsewhere"
KNOWN = "feed.presence"
