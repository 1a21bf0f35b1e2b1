"""The page of all pieces: whole, and only where a node is being worked on."""

from __future__ import annotations

import re

import pytest

from wizzle.core.testing import make_node
from wizzle.core.web import create_app
from wizzle.core.web.routes.styleguide import GOODS
from wizzle.core.web.statics import CORE

TEMPLATES = CORE.parent / "templates"
MACROS = TEMPLATES / "wizzle" / "macros"
SHOWN = (TEMPLATES / "core" / "styleguide.html").read_text("utf-8")


@pytest.mark.parametrize("file", sorted(MACROS.glob("*.html")), ids=lambda file: file.stem)
def test_every_macro_is_shown(file):
    macros = re.findall(r"macro ([a-z]\w*)\(", file.read_text("utf-8"))
    assert macros
    assert [name for name in macros if not re.search(rf"\b{name}\(", SHOWN)] == []


def test_every_drawing_scene_and_icon_is_shown():
    drawn = {
        name: re.findall(r'<symbol id="([\w-]+)"', (CORE / f"{name}.svg").read_text("utf-8"))
        for name in ("goods", "scenes", "lucide/icons")
    }
    assert sorted(GOODS) == sorted(drawn["goods"])
    for name in (*drawn["scenes"], *drawn["lucide/icons"]):
        assert f'"{name}"' in SHOWN, name


@pytest.mark.parametrize("name", ["goods", "scenes"])
def test_drawings_are_small_and_only_drawings(name):
    text = (CORE / f"{name}.svg").read_text("utf-8")
    symbols = re.findall(r"<symbol.*?</symbol>", text, re.S)
    assert max(len(symbol.encode()) for symbol in symbols) < 4_000
    assert set(re.findall(r"<(\w+)", text)) <= {
        "svg", "defs", "symbol", "g", "path", "circle", "ellipse", "use",
    }  # fmt: skip
    assert set(re.findall(r'href="(.)', text)) <= {"#"}


def test_only_a_node_that_is_worked_on_shows_them(client, tmp_path, bare_template):
    assert client.get("/styleguide").status_code == 404
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "wizzle.db").write_bytes(bare_template.read_bytes())
    node = make_node(tmp_path / "other", plugins=(), migrated=True, development=True)
    page = create_app(node).test_client().get("/styleguide")
    assert page.status_code == 200
    assert "style=" not in page.text
    assert page.text.count("<h1>") == 4  # its own, and those that it shows
    node.close()
