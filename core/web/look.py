"""The node's own look over that of the house: its colours, its logo, its cover."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import structlog

from ...node_config import Look
from ...node_config.palette import clearest, tokens
from .. import pictures
from ..errors import WizzleError
from ..node import Node

log = structlog.get_logger("wizzle.web")

HOUSE: Mapping[str, tuple[str, str]] = {
    "light": ("#1f5138", "#b8400c"),
    "dark": ("#9ed0a9", "#f7a371"),
}
"""The house's own brand and accent in each theme, as its style sheet has them."""


@dataclass(frozen=True, slots=True)
class OwnLook:
    """What a node puts over the look of the house.

    ``sheet`` is a style sheet, ``version`` changes with it; both are empty if no colour is its
    own. ``logo`` and ``cover`` are digests of pictures, empty without one.
    """

    sheet: str = ""
    version: str = ""
    logo: str = ""
    cover: str = ""


def own_look(node: Node) -> OwnLook:
    """Return the look of a node; a picture that cannot be used is logged and left out."""
    look = node.settings.look
    sheet = style_sheet(look)
    return OwnLook(
        sheet=sheet,
        version=sha256(sheet.encode()).hexdigest()[:12] if sheet else "",
        logo=_picture(node, look.logo),
        cover=_picture(node, look.cover),
    )


def style_sheet(look: Look) -> str:
    """Return the tokens that a node's colours replace, for both themes; empty if it has none."""
    if not (look.brand or look.accent or look.brand_dark or look.accent_dark):
        return ""
    light = _rules("light", look.brand, look.accent)
    dark = _rules(
        "dark",
        look.brand_dark or _lighter(look.brand),
        look.accent_dark or _lighter(look.accent),
    )
    return (
        f"@layer tokens{{:root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}}}\n"
    )


def _lighter(colour: str) -> str:
    return clearest(colour, "dark") if colour else ""


def _rules(theme: str, brand: str, accent: str) -> str:
    house = HOUSE[theme]
    found = tokens(brand or house[0], accent or house[1], theme)
    ours = {"brand": brand, "leaf": brand, "accent": accent, "fruit": accent}
    return ";".join(
        f"--{name}:{colour}"
        for name, colour in found.items()
        if any(chosen for part, chosen in ours.items() if part in name.split("-"))
    )


def _picture(node: Node, name: str) -> str:
    """Return the digest of a picture of the folder ``look``, drawn anew once and then found."""
    if not name:
        return ""
    source = node.settings.look_folder / name
    try:
        mark = _mark(source)
        digest = _found(node, name, mark)
        if not digest:
            digest = pictures.lay_down(node, pictures.prepare(source.read_bytes()))
            node.prepared.keep(_kept_as(name), mark, json.dumps(digest).encode())
    except (OSError, WizzleError) as error:
        log.warning("picture of the look left out", name=name, reason=str(error))
        return ""
    return digest


def _found(node: Node, name: str, mark: str) -> str:
    kept = node.prepared.find(_kept_as(name), mark)
    digest = json.loads(kept) if kept else ""
    return digest if digest and pictures.file(node, digest, "large").is_file() else ""


def _kept_as(name: str) -> str:
    return f"look-{sha256(name.encode()).hexdigest()[:16]}"


def _mark(source: Path) -> str:
    state = source.stat()
    return f"{source.name}\n{state.st_size}\n{state.st_mtime_ns}"
