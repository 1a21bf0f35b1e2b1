"""Fetches the files that others made and we ship, and writes down what they are.

    python3 tools/vendor.py

For developers only, and seldom: the files stand in the repository. Needs npm.
"""

# ruff: noqa: S603 (starting npm is what this file is for)

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Package:
    """A package of npm that we take files from."""

    name: str
    version: str
    licence: str


TYPEFACE = Package("pretendard", "1.3.9", "OFL-1.1")
ICONS = Package("lucide-static", "1.62.0", "ISC")

PAPER = ROOT / "core/paper/fonts"
PAPER_FILES = {
    "Pretendard-Regular.ttf": "package/dist/public/static/alternative/Pretendard-Regular.ttf",
    "Pretendard-Bold.ttf": "package/dist/public/static/alternative/Pretendard-Bold.ttf",
    "LICENSE.txt": "package/dist/LICENSE.txt",
}
"""What papers are set in: what we call each file, and where it stands in the package."""

PAGES = ROOT / "core/web/static/pretendard"
SLICES = (91, 90, 89, 88)
"""The slices that pages are set in, as their author cut and numbered them (the name is reserved, so
we cut nothing ourselves): Latin and the 300 syllables that are used most. Each next one would add
25 kB for less than 4 of 100 syllables; those stand in the typeface of the device."""

_CSS = "package/dist/web/variable/pretendardvariable-dynamic-subset.css"
_SLICE = "PretendardVariable.subset.{}.woff2"
PAGE_FILES = {
    **{
        _SLICE.format(slice_): f"package/dist/web/variable/woff2-dynamic-subset/"
        f"{_SLICE.format(slice_)}"
        for slice_ in SLICES
    },
    "LICENSE.txt": "package/dist/LICENSE.txt",
}

SPRITE = ROOT / "core/web/static/lucide"
DRAWN = {
    "back": "chevron-left", "basket": "shopping-basket", "bell": "bell", "box": "package",
    "calendar": "calendar-days", "camera": "camera", "check": "check", "clock": "clock",
    "close": "x", "coin": "coins", "college": "graduation-cap", "down": "chevron-down",
    "download": "download", "fund": "sprout", "gear": "settings", "globe": "globe",
    "heart": "heart", "home": "house", "info": "info", "key": "key-round", "leaf": "leaf",
    "leave": "log-out", "list": "list", "lock": "lock", "mail": "mail", "menu": "menu",
    "minus": "minus", "more": "ellipsis", "mountain": "mountain", "news": "newspaper",
    "next": "chevron-right", "pencil": "pencil", "people": "users", "person": "user",
    "phone": "phone", "pin": "map-pin", "plus": "plus", "printer": "printer",
    "round": "refresh-cw", "scale": "scale", "search": "search", "store": "store",
    "talk": "message-circle", "trash": "trash-2", "truck": "truck", "upload": "upload",
    "warning": "triangle-alert",
}  # fmt: skip
"""What pages call each icon, and its name in the package."""


def fetched(package: Package, folder: Path) -> Path:
    """Fetch a package into a folder and return its archive."""
    named = f"{package.name}@{package.version}"
    command = ["npm", "pack", named, "--silent", "--pack-destination", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return next(folder.glob(f"{package.name}-*.tgz"))


def read(package: tarfile.TarFile, inner: str) -> bytes:
    """Return a file of the package."""
    source = package.extractfile(inner)
    if source is None:
        raise FileNotFoundError(inner)
    return source.read()


def unpack(package: tarfile.TarFile, files: dict[str, str], target: Path) -> dict[str, str]:
    """Put files of the package into the target; return the SHA-256 of each."""
    target.mkdir(parents=True, exist_ok=True)
    digests = {}
    for name, inner in files.items():
        content = read(package, inner)
        (target / name).write_bytes(content)
        digests[name] = hashlib.sha256(content).hexdigest()
    return dict(sorted(digests.items()))


def ranges(css: str) -> dict[str, str]:
    """Return for each slice of ours the signs that it holds, as the author's style sheet says."""
    faces = re.findall(r"url\([^)]*/([^)/]+)\)[^}]*unicode-range:\s*([^;}]+)", css)
    return {name: " ".join(signs.split()) for name, signs in faces if name in PAGE_FILES}


def symbol(name: str, svg: str) -> str:
    """Return a drawing of the package as a symbol of a sprite; strokes are for our style sheet."""
    inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S)
    if inner is None:
        raise ValueError(f"no drawing: {name}")
    lines = "".join(line.strip() for line in inner[1].splitlines()).replace(" />", "/>")
    return f'<symbol id="{name}" viewBox="0 0 24 24">{lines}</symbol>'


def sprite(package: tarfile.TarFile) -> str:
    """Return one file with all icons that pages use."""
    symbols = [
        symbol(name, read(package, f"package/icons/{drawn}.svg").decode())
        for name, drawn in sorted(DRAWN.items())
    ]
    said = f"<!-- Of {ICONS.name} {ICONS.version}, {ICONS.licence}: see LICENSE beside. -->"
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', said, *symbols, "</svg>", ""])


def write_manifest(folder: Path, package: Package, **more: object) -> None:
    """Write down what the files of a folder are, for a test to compare them with."""
    manifest = {
        "name": package.name,
        "version": package.version,
        "licence": package.licence,
        "source": f"npm package {package.name}@{package.version}",
        **more,
    }
    text = json.dumps(manifest, indent=2) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")


def take_typeface(folder: Path) -> None:
    """Fetch the typeface of papers and pages."""
    with tarfile.open(fetched(TYPEFACE, folder)) as package:
        write_manifest(PAPER, TYPEFACE, sha256=unpack(package, PAPER_FILES, PAPER))
        digests = unpack(package, PAGE_FILES, PAGES)
        signs = ranges(read(package, _CSS).decode())
        write_manifest(PAGES, TYPEFACE, sha256=digests, unicode_range=signs)


def take_icons(folder: Path) -> None:
    """Fetch the icons and put those that pages use into one file."""
    with tarfile.open(fetched(ICONS, folder)) as package:
        digests = unpack(package, {"LICENSE": "package/LICENSE"}, SPRITE)
        drawn = sprite(package).encode()
    (SPRITE / "icons.svg").write_bytes(drawn)
    digests["icons.svg"] = hashlib.sha256(drawn).hexdigest()
    write_manifest(SPRITE, ICONS, sha256=digests, icons=dict(sorted(DRAWN.items())))


def main() -> int:
    """Fetch, unpack, and write the manifests."""
    with tempfile.TemporaryDirectory() as folder:
        take_typeface(Path(folder))
        take_icons(Path(folder))
    for package, target in ((TYPEFACE, PAPER), (TYPEFACE, PAGES), (ICONS, SPRITE)):
        print(f"{package.name} {package.version}: {target.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
