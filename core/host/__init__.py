"""The plugin host: finds plugins by name, checks what they declare, and calls their hooks."""

from .calling import Host
from .declaration import HostErrors, Loaded, Plugin, explained
from .declared import Installed, declared, dependent, missing
from .loading import installed, load

__all__ = [
    "Host",
    "HostErrors",
    "Installed",
    "Loaded",
    "Plugin",
    "declared",
    "dependent",
    "explained",
    "installed",
    "load",
    "missing",
]
