"""Everything that pages of rounds and hubs say, they say in Korean too."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.extract import extract_from_file

import wizzle.plugins.assembly
from wizzle.core.node import Node
from wizzle.plugins.assembly.cycles.routes.desk import _DONE
from wizzle.plugins.assembly.cycles.routes.events import _TITLES
from wizzle.plugins.assembly.cycles.rules import LABELS, STEPS

TEMPLATES = Path(str(wizzle.plugins.assembly.__file__)).parent / "templates/assembly/cycles"
KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
HANGUL = re.compile("[가-힣]")


def spoken() -> set[tuple[str | None, str]]:
    """Return the contexts and message ids of the templates and of the tables of steps."""
    found: set[tuple[str | None, str]] = set()
    for file in TEMPLATES.glob("*.html"):
        for _, ids, _, context in extract_from_file(
            "jinja2.ext:babel_extract",
            str(file),
            keywords=KEYWORDS,  # type: ignore[arg-type]
            options={"trimmed": "false"},
        ):
            found.add((context, ids if isinstance(ids, str) else str(ids[0])))
    for step in STEPS.values():
        found |= {(None, step.label), (None, step.effect)}
    found |= {(None, text) for text in _DONE.values()}
    found |= {("round", text) for text in (*LABELS.values(), *_TITLES.values())}
    return found


def test_everything_is_said_in_korean(sqlite_node: Node) -> None:
    korean = sqlite_node.catalogues.tongue("ko")
    silent = []
    for context, text in sorted(spoken(), key=str):
        values = dict.fromkeys(re.findall(r"%\((\w+)\)s", text), "2")
        one = korean.pgettext(context, text) if context else korean.gettext(text)
        some = korean.ngettext(text, text, 2, **{k: v for k, v in values.items() if k != "num"})
        if one == text and (not values or some == text % values):
            silent.append((context, text))
    assert silent == []


def test_no_template_holds_hangul() -> None:
    for file in TEMPLATES.glob("*.html"):
        assert not HANGUL.search(file.read_text(encoding="utf-8")), file.name
