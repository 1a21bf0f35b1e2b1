"""Events that stewards keep from being seen, or whose space is closed; places stay as they are."""

from __future__ import annotations

from .....core.values import Message
from ...things import Things
from ..models import Event
from ..rules import KIND, path_of
from .telling import is_seen, tell_gone, tell_public

EVENTS = Things(KIND, Message("Public event", {}), Event, path_of, is_seen, tell_public, tell_gone)
