"""The typeface of pages: its author's own slices, as the manifest and the style sheet name them."""

from __future__ import annotations

import hashlib
import json
import re

import vendor

from wizzle.core.web.statics import CORE

FOLDER = CORE / "pretendard"
MANIFEST = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
SHEET = (CORE / "wizzle.css").read_text("utf-8")


def test_the_slices_are_those_that_the_manifest_names():
    found = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in FOLDER.iterdir()
        if file.name != "manifest.json"
    }
    assert found == MANIFEST["sha256"]
    assert set(found) == set(vendor.PAGE_FILES)
    assert (MANIFEST["name"], MANIFEST["version"]) == (
        vendor.TYPEFACE.name,
        vendor.TYPEFACE.version,
    )
    assert MANIFEST["licence"] == "OFL-1.1"
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "LICENSE.txt").read_text("utf-8")


def test_the_style_sheet_names_each_slice_with_the_signs_that_it_holds():
    faces = re.findall(r"@font-face \{(.*?)\}", SHEET, re.S)
    named = {
        re.search(r'url\("pretendard/([^"]+)"\)', face)[1]: "".join(
            re.search(r"unicode-range:([^;]+);", face)[1].split()
        )
        for face in faces
    }
    held = {name: "".join(signs.split()) for name, signs in MANIFEST["unicode_range"].items()}
    assert named == held
    assert all("font-display: swap" in face for face in faces)


def test_a_page_can_load_no_more_of_it_than_its_share():
    assert sum(file.stat().st_size for file in FOLDER.glob("*.woff2")) < 110_000
    assert len(list(FOLDER.glob("*.woff2"))) <= 4


def test_the_reading_of_the_author_s_sheet():
    css = """@font-face { src: url(./w/PretendardVariable.subset.91.woff2) format('woff2');
    unicode-range: U+20,
      U+ac00; } @font-face { src: url(./w/Other.woff2); unicode-range: U+1; }"""
    assert vendor.ranges(css) == {"PretendardVariable.subset.91.woff2": "U+20, U+ac00"}
