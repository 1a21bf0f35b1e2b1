"""Who this node is: its settings, what they mean in plain words, and examples of them."""

from __future__ import annotations

from .choosing import Entry, Moved, choose, entries, fixed_by_environment, is_open, is_secret, undo
from .chosen import FOLDER as CHOICES
from .chosen import Version, newest, read_chosen, versions
from .formats import language
from .load import FILE_NAME, Judge, chosen_home, find_home, language_file, load
from .mistakes import Wrong
from .problems import ConfigErrors, Problem
from .questions import QUESTIONS, Question
from .settings import (
    PRODUCER_FLOOR_BP,
    RATE_LEAST_BP,
    RATE_MOST_BP,
    DatabaseSettings,
    Look,
    MailSettings,
    NodeIdentity,
    Operator,
    PluginChoice,
    Rates,
    ServerSettings,
    Settings,
)
from .write import examples, new_node, node_text, read_example

__all__ = [
    "CHOICES",
    "FILE_NAME",
    "PRODUCER_FLOOR_BP",
    "QUESTIONS",
    "RATE_LEAST_BP",
    "RATE_MOST_BP",
    "ConfigErrors",
    "DatabaseSettings",
    "Entry",
    "Judge",
    "Look",
    "MailSettings",
    "Moved",
    "NodeIdentity",
    "Operator",
    "PluginChoice",
    "Problem",
    "Question",
    "Rates",
    "ServerSettings",
    "Settings",
    "Version",
    "Wrong",
    "choose",
    "chosen_home",
    "entries",
    "examples",
    "find_home",
    "fixed_by_environment",
    "is_open",
    "is_secret",
    "language",
    "language_file",
    "load",
    "new_node",
    "newest",
    "node_text",
    "read_chosen",
    "read_example",
    "undo",
    "versions",
]
