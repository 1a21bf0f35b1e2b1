"""A node's own look in node.toml: colours that can be read, or a word on which could."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from wizzle.node_config import Look, Problem, load

Problems = Callable[..., dict[str, Problem]]


def test_a_file_that_says_nothing_of_it_has_the_look_of_the_house(home: Path) -> None:
    text = (home / "node.toml").read_text("utf-8")
    begin, end = text.index("[look]"), text.index("[database]")
    (home / "node.toml").write_text(text[:begin] + text[end:], "utf-8")
    assert load(home, {}).look == Look()


@pytest.mark.parametrize(
    ("written", "kept"), [("#1F5138", "#1f5138"), ("#036", "#003366"), (" #003366 ", "#003366")]
)
def test_colours_are_kept_in_one_way(home: Path, written: str, kept: str) -> None:
    assert load(home, {"WIZZLE_LOOK__BRAND": written}).look.brand == kept


@pytest.mark.parametrize(
    "wrong", ["green", "1f5138", "#1f513", "#1f5138ff", "rgb(0,0,0)", "#gggggg"]
)
def test_what_is_no_colour_is_refused(problems: Problems, wrong: str) -> None:
    assert "#1f5138" in problems(WIZZLE_LOOK__BRAND=wrong)["WIZZLE_LOOK__BRAND"].example


def test_a_colour_that_cannot_be_read_is_refused_with_the_nearest_that_can(
    home: Path, problems: Problems
) -> None:
    found = problems(WIZZLE_LOOK__BRAND="#ffcc00", WIZZLE_LOOK__ACCENT_DARK="#3a7bd5")
    light = found["WIZZLE_LOOK__BRAND"].message
    dark = found["WIZZLE_LOOK__ACCENT_DARK"].message
    assert "밝은 화면" in light
    assert "#f3ecdc" in light
    assert "1.3" in light
    assert "#816700" in light
    assert "어두운 화면" in dark
    assert "#7ba7e3" in dark
    given = {"WIZZLE_LOOK__BRAND": "#816700", "WIZZLE_LOOK__ACCENT_DARK": "#7ba7e3"}
    assert load(home, given).look.brand == "#816700"


@pytest.mark.parametrize("name", ["logo.png", "우리 동네.jpg".replace(" ", "-"), "a.b_c-1.WEBP"])
def test_pictures_are_named(home: Path, name: str) -> None:
    assert load(home, {"WIZZLE_LOOK__LOGO": name}).look.logo == name


@pytest.mark.parametrize(
    "name",
    ["../secret", "/etc/passwd", "a/b.png", ".hidden.png", "logo.svg", "logo", "..png", "a\\b.png"],
)
def test_no_other_file_can_be_named(problems: Problems, name: str) -> None:
    assert set(problems(WIZZLE_LOOK__COVER=name)) == {"WIZZLE_LOOK__COVER"}
