"""The only door of the federation: a plugin in all but its folder."""

from __future__ import annotations

from ..core.host import Plugin
from ..core.values import Text

plugin = Plugin(name="federation", titles=Text("연결된 위즐", "Connected nodes"), version="0.1.0")
