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
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME, VERSION, LICENCE = "pretendard", "1.3.9", "OFL-1.1"

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


def fetched(folder: Path) -> Path:
    """Fetch the package into a folder and return its archive."""
    command = ["npm", "pack", f"{NAME}@{VERSION}", "--silent", "--pack-destination", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return next(folder.glob("*.tgz"))


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


def write_manifest(folder: Path, **more: object) -> None:
    """Write down what the files of a folder are, for a test to compare them with."""
    manifest = {
        "name": NAME,
        "version": VERSION,
        "licence": LICENCE,
        "source": f"npm package {NAME}@{VERSION}",
        **more,
    }
    text = json.dumps(manifest, indent=2) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")


def main() -> int:
    """Fetch, unpack, and write the manifests."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fetched(Path(folder))) as package:
        write_manifest(PAPER, sha256=unpack(package, PAPER_FILES, PAPER))
        digests = unpack(package, PAGE_FILES, PAGES)
        signs = ranges(read(package, _CSS).decode())
        write_manifest(PAGES, sha256=digests, unicode_range=signs)
    for target, files in ((PAPER, PAPER_FILES), (PAGES, PAGE_FILES)):
        print(f"{NAME} {VERSION}: {len(files)} files in {target.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
