"""Compare what the code and the templates say with what the catalogues translate.

python tools/catalogue.py            list what is missing, unused, or translated in two ways
python tools/catalogue.py --write    also add what is missing, with an empty translation
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
ROOMS = ("core", "federation", "plugins/*")
PLAIN = ("_", "gettext", "say", "told", "Message", "mark", "Refused", "Forbidden", "NotFound",
         "TooMany", "Unreachable", "Unusable", "MenuItem")  # fmt: skip
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(PLAIN, (1,)),
    "Problem": (3,),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}

Key = tuple[str, str | None]
"""A message id and its context."""


@dataclass(frozen=True)
class Said:
    """One place in which something is said: the id, its plural and its context."""

    text: str
    many: str | None
    context: str | None
    place: str


def rooms() -> dict[str, Path]:
    """Return each folder that has a catalogue of its own, by name."""
    found = [folder for room in ROOMS for folder in sorted(ROOT.glob(room)) if folder.is_dir()]
    return {folder.name: folder for folder in found if (folder / "__init__.py").exists()}


def catalogue_file(folder: Path, language: str = "ko") -> Path:
    return folder / "translations" / f"{language}.po"


def said(folder: Path) -> Iterator[Said]:
    """Yield everything that a room says, in templates and in code."""
    for file in sorted([*folder.rglob("*.html"), *folder.rglob("*.txt")]):
        if "templates" in file.parts:
            yield from _extracted(file, "jinja2")
    for file in sorted(folder.rglob("*.py")):
        if "migrations" not in file.parts:
            yield from _extracted(file, "python")


def _extracted(file: Path, method: str) -> Iterator[Said]:
    extractor = (
        "jinja2.ext:babel_extract"
        if method == "jinja2"
        else "babel.messages.extract:extract_python"
    )
    place = str(file.relative_to(ROOT))
    with file.open("rb") as source:
        options = {"trimmed": "true", "silent": "false"} if method == "jinja2" else {}
        found = list(extract(_function(extractor), source, keywords=KEYWORDS, options=options))
    for line, message, _comments, context in found:
        texts = message if isinstance(message, tuple) else (message, None)
        yield Said(texts[0], texts[1], context, f"{place}:{line}")
    if method == "python":
        yield from _attributes(file, place)


def _function(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(__import__(module, fromlist=[name]), name)


def _attributes(file: Path, place: str) -> Iterator[Said]:
    """Yield calls such as ``tongue.gettext("…")``, which Babel's own reader does not see."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        texts = [
            a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
        ]
        match node.func.attr, texts:
            case "gettext" | "say", [text, *_]:
                yield Said(text, None, None, f"{place}:{node.lineno}")
            case "ngettext", [one, many, *_]:
                yield Said(one, many, None, f"{place}:{node.lineno}")
            case "pgettext", [context, text, *_]:
                yield Said(text, None, context, f"{place}:{node.lineno}")


def read(folder: Path) -> Catalog:
    file = catalogue_file(folder)
    if not file.exists():
        return Catalog(locale="ko")
    with file.open("rb") as source:
        return read_po(source, locale="ko")


def translated(catalog: Catalog) -> dict[Key, tuple[str, ...]]:
    """Return the complete translations of a catalogue by id and context."""
    done: dict[Key, tuple[str, ...]] = {}
    for message in catalog:
        if message.id and not message.fuzzy:
            text = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
            strings = (
                message.string if isinstance(message.string, (list, tuple)) else (message.string,)
            )
            if all(strings):
                done[str(text), message.context] = tuple(map(str, strings))
    return done


def missing() -> list[str]:
    """Return what is said but not translated; the core's translations serve everyone.

    A context may be bound beforehand, so that a call names the text alone: any context will do.
    """
    core = translated(read(ROOT / "core"))
    lines = []
    for name, folder in rooms().items():
        known = {**core, **translated(read(folder))}
        texts = {text for text, _ in known}
        lines += [
            f"{name}: {each.place}: {each.text!r}"
            for each in said(folder)
            if each.text
            and (each.text, each.context) not in known
            and (each.context is not None or each.text not in texts)
        ]
    return lines


def conflicts() -> list[str]:
    """Return message ids that two catalogues translate differently."""
    seen: dict[Key, tuple[str, tuple[str, ...]]] = {}
    lines = []
    for name, folder in rooms().items():
        for key, strings in translated(read(folder)).items():
            other, standing = seen.setdefault(key, (name, strings))
            if standing != strings:
                lines.append(f"{key[0]!r}: {other} says {standing}, {name} says {strings}")
    return lines


def write_missing() -> None:
    core = translated(read(ROOT / "core"))
    for folder in rooms().values():
        catalog, known = read(folder), core if folder.name != "core" else {}
        for each in said(folder):
            if each.text and (each.text, each.context) not in known:
                text = (each.text, each.many) if each.many else each.text
                catalog.add(text, context=each.context)
        if len(catalog):
            file = catalogue_file(folder)
            file.parent.mkdir(exist_ok=True)
            with file.open("wb") as target:
                write_po(target, catalog, width=96, omit_header=False, no_location=True)


def main() -> int:
    if "--write" in sys.argv:
        write_missing()
    lines = [*missing(), *conflicts()]
    print("\n".join(lines) or "Everything that is said is translated.")
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main())
