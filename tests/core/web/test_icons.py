"""The icons of pages: of an open set, as the manifest names them, and none that is not there."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
import vendor

import wizzle
from wizzle.core.web.statics import CORE

ROOT = Path(wizzle.__file__).parent
FOLDER = CORE / "lucide"
MANIFEST = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
SPRITE = (FOLDER / "icons.svg").read_text("utf-8")
NAMED = re.compile(r'icon(?:_name)?(?:=|\()"([a-z-]+)"')


def test_the_files_are_those_that_the_manifest_names():
    found = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in FOLDER.iterdir()
        if file.name != "manifest.json"
    }
    assert found == MANIFEST["sha256"]
    assert (MANIFEST["name"], MANIFEST["version"]) == (vendor.ICONS.name, vendor.ICONS.version)
    assert MANIFEST["icons"] == vendor.DRAWN
    assert "ISC License" in (FOLDER / "LICENSE").read_text("utf-8")
    assert set(re.findall(r'<symbol id="([\w-]+)"', SPRITE)) == set(vendor.DRAWN)


def test_every_icon_that_a_page_names_is_there():
    named = {
        (name, str(file.relative_to(ROOT)))
        for floor in ("core", "plugins", "federation")
        for end in ("html", "py")
        for file in (ROOT / floor).rglob(f"*.{end}")
        for name in NAMED.findall(file.read_text("utf-8"))
    }
    assert len(named) > 50
    assert {(name, file) for name, file in named if name not in vendor.DRAWN} == set()


def test_a_drawing_becomes_a_symbol_without_its_own_style():
    svg = '<!-- x -->\n<svg\n  class="a"\n  stroke="red"\n>\n  <path d="M1 1" />\n</svg>\n'
    assert vendor.symbol("leaf", svg) == (
        '<symbol id="leaf" viewBox="0 0 24 24"><path d="M1 1"/></symbol>'
    )
    with pytest.raises(ValueError, match="no drawing"):
        vendor.symbol("leaf", "nothing")
