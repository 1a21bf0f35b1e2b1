"""The look: every pair of colours can be read, in the house's own look and in any node's."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from wizzle.core.node import Node
from wizzle.core.testing import make_node
from wizzle.core.web import create_app
from wizzle.core.web.look import HOUSE, own_look, style_sheet
from wizzle.core.web.statics import CORE
from wizzle.node_config import Look
from wizzle.node_config.contrast import contrast
from wizzle.node_config.palette import THEMES, clearest, grounds, unclear

SHEET = (CORE / "wizzle.css").read_text("utf-8")
COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")

PAPERS = ("paper", "surface", "sunken")
SOFT = ("good", "wait", "problem", "note", "accent", "brand")
WORDS = [
    *((words, paper) for words in ("ink", "ink-soft", "brand", "accent") for paper in PAPERS),
    *((words, paper) for words in ("good", "wait", "problem", "note") for paper in PAPERS),
    *((kind, f"{kind}-soft") for kind in SOFT),
    *(("ink", f"{kind}-soft") for kind in SOFT),
    *(("ink-soft", f"{kind}-soft") for kind in ("accent", "brand")),
    ("on-brand", "brand"), ("on-brand", "brand-strong"), ("on-accent", "accent"),
    ("surface", "problem"), ("brand", "accent-soft"),
    *((f"tint-{number}-ink", f"tint-{number}") for number in range(1, 6)),
]  # fmt: skip
"""Words and the ground that they stand on somewhere."""

CONTROLS = [
    *((line, paper) for line in ("line-strong", "focus", "accent-bright") for paper in PAPERS),
    ("focus", "brand-soft"), ("focus", "accent-soft"),
]  # fmt: skip
"""What shows a control, its state or where the focus is, and what lies around it."""


def tokens(theme: str) -> dict[str, str]:
    """The tokens of the style sheet in a theme, those that are colours."""
    layer = SHEET.partition("@layer tokens")[2].partition("@layer base")[0]
    light, _, dark = layer.partition("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark) if theme == "dark" else ())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pair_of_colours_can_be_told_apart(theme):
    colours = tokens(theme)
    weak = {
        pair: round(contrast(*(colours[name] for name in pair)), 2)
        for pairs, least in ((WORDS, 4.5), (CONTROLS, 3.0))
        for pair in pairs
        if contrast(*(colours[name] for name in pair)) < least
    }
    assert weak == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_are_judged_on_the_grounds_of_the_style_sheet(theme):
    colours, ground = tokens(theme), THEMES[theme]
    for name in ("paper", "surface", "sunken", "ink"):
        assert getattr(ground, name) == colours[name]
    assert HOUSE[theme] == (colours["brand"], colours["accent"])
    assert unclear(colours["brand"], theme) is None
    assert unclear(colours["accent"], theme) is None


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # WCAG's own example
    assert contrast("#1f5138", "#1f5138") == 1


@given(COLOUR, st.sampled_from(["light", "dark"]))
def test_whatever_is_refused_a_colour_that_passes_is_offered(colour, theme):
    found = unclear(colour, theme)
    if found is None:
        assert all(contrast(colour, ground) >= 4.5 for ground in grounds(colour, theme))
        assert clearest(colour, theme) == colour
    else:
        assert found.has < 4.5
        assert unclear(found.nearest, theme) is None


@given(COLOUR, COLOUR)
def test_a_node_s_own_colours_can_be_read_everywhere(one, other):
    look = Look(brand=clearest(one, "light"), accent=clearest(other, "light"))
    light, _, dark = style_sheet(look).partition("@media")
    for theme, text in (("light", light), ("dark", dark)):
        own = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6})", text))
        colours = tokens(theme) | own
        for words, ground in WORDS:
            if {words, ground} & set(own) and (words, ground) != ("brand", "accent-soft"):
                assert contrast(colours[words], colours[ground]) >= 4.5, (theme, words, ground)


def test_a_node_without_a_look_of_its_own_asks_for_no_further_sheet(client):
    assert "theme.css" not in client.get("/").text
    assert client.get("/theme.css").data == b""


def painted(look: Look, home: Path, template: Path) -> tuple[Node, FlaskClient]:
    (home / "wizzle.db").write_bytes(template.read_bytes())
    node = make_node(home, plugins=(), migrated=True, look=look)
    return node, create_app(node).test_client()


def picture(home: Path, name: str, size: tuple[int, int] = (2400, 1200)) -> None:
    (home / "look").mkdir(exist_ok=True)
    made = BytesIO()
    Image.new("RGB", size, "#88aa66").save(made, "JPEG")
    (home / "look" / name).write_bytes(made.getvalue())


def test_colours_logo_and_cover_are_the_node_s_own(tmp_path, bare_template):
    picture(tmp_path, "cover.jpg")
    picture(tmp_path, "logo.jpg", (600, 600))
    look = Look(brand="#3269b7", logo="logo.jpg", cover="cover.jpg")
    node, client = painted(look, tmp_path, bare_template)
    page = client.get("/")
    assert "style=" not in page.text
    address = re.search(r'href="(/theme\.css\?v=[0-9a-f]{12})"', page.text)[1]
    sheet = client.get(address)
    assert sheet.mimetype == "text/css"
    assert "immutable" in sheet.headers["Cache-Control"]
    assert "--brand:#3269b7" in sheet.text
    assert "--accent" not in sheet.text
    pictures = set(re.findall(r'(?:src|srcset)="(/pictures/[^"]*)"', page.text))
    assert len(pictures) == 3
    sizes = [Image.open(BytesIO(client.get(each).data)).size for each in pictures]
    assert sorted(sizes) == [(480, 240), (480, 480), (1280, 640)]
    assert own_look(node).version in address
    node.close()
    node, _ = painted(replace(look, brand="#2a5a9c"), tmp_path, bare_template)
    assert own_look(node).version not in address
    node.close()


@pytest.mark.parametrize("content", [b"", b"no picture at all", None])
def test_a_picture_that_cannot_be_used_costs_itself_alone(tmp_path, bare_template, content):
    if content is not None:
        (tmp_path / "look").mkdir()
        (tmp_path / "look" / "cover.jpg").write_bytes(content)
    node, client = painted(Look(cover="cover.jpg"), tmp_path, bare_template)
    page = client.get("/")
    assert page.status_code == 200
    assert "hero-cover" not in page.text
    node.close()


def test_a_picture_is_drawn_once_and_found_again(tmp_path, bare_template, monkeypatch):
    picture(tmp_path, "cover.jpg")
    node, _ = painted(Look(cover="cover.jpg"), tmp_path, bare_template)
    monkeypatch.setattr("wizzle.core.pictures.prepare", lambda _: pytest.fail("drawn again"))
    assert own_look(node).cover
    node.close()
