"""What is kept of those who write, how long and why."""

from __future__ import annotations

from .....core.answers import Keeping
from .....core.values import Message

WRITTEN = Keeping(
    "posts",
    Message("Posts, comments, circles and your public page", {}),
    Message("what you write, pictures, whom you mute or block, what you keep for later", {}),
    Message("until you delete it or close your account", {}),
    Message("the service that you use (article 15 (1) 4)", {}),
)
