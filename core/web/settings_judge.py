"""What the plugins say to settings that are about to be chosen, in the language of a page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ...node_config import Judge, PluginChoice, Problem
from ..opening import judge


def judge_in(language: str) -> Judge:
    """Return the judge of a choice of plugins that speaks this language."""
    return partial(_judged, language)


def _judged(language: str, choice: PluginChoice) -> Sequence[Problem]:
    return judge(choice, language)
