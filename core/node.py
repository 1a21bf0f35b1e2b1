"""One running node: settings, database, plugins, and what it reaches the world through."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ..node_config import Settings
from .db import Database
from .host import Host
from .language import Catalogues, load_catalogues
from .ports import Clock, Ports, Randomness
from .prepared import Prepared


@dataclass(frozen=True)
class Node:
    """Passed on to whoever needs it and never global, so that two nodes live in one process."""

    settings: Settings
    db: Database
    host: Host
    ports: Ports = field(default_factory=Ports)

    @property
    def clock(self) -> Clock:
        return self.ports.clock

    @property
    def random(self) -> Randomness:
        return self.ports.random

    @property
    def hooks(self) -> Any:
        """Facts and questions are called here; collects through ``node.host.collect``."""
        return self.host.hooks

    @property
    def home(self) -> Path:
        return self.settings.home

    @cached_property
    def catalogues(self) -> Catalogues:
        """What is said to people here, read once: by pages, and by mail that leaves later."""
        core = Path(__file__).parent / "translations"
        folders = [
            self.home / "languages",
            core,
            *(loaded.folder / "translations" for loaded in self.host.plugins),
        ]
        return load_catalogues(self.settings.node.languages, folders, self.prepared)

    @property
    def prepared(self) -> Prepared:
        """What takes long to make and is kept from one start to the next."""
        return Prepared(self.home / "prepared", self.settings.secret)

    def close(self) -> None:
        self.db.close()
