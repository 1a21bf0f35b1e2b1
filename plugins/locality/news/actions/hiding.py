"""News that stewards keep from being seen, or whose space is closed."""

from __future__ import annotations

from .....core.values import Message
from ...things import Things
from ..models import News
from ..rules import KIND, path_of
from .telling import is_seen, tell_gone, tell_public

NEWS = Things(KIND, Message("News item", {}), News, path_of, is_seen, tell_public, tell_gone)
