"""Fetches the files that others made and we ship, and writes down what they are.

    python3 tools/vendor.py

For developers only, and seldom: the files stand in the repository. Needs npm.
"""

# ruff: noqa: S603 (starting npm is what this file is for)

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "core/paper/fonts"
NAME, VERSION, LICENCE = "pretendard", "1.3.9", "OFL-1.1"
FILES = {
    "Pretendard-Regular.ttf": "package/dist/public/static/alternative/Pretendard-Regular.ttf",
    "Pretendard-Bold.ttf": "package/dist/public/static/alternative/Pretendard-Bold.ttf",
    "LICENSE.txt": "package/dist/LICENSE.txt",
}
"""What we call each file, and where it stands in the package."""


def fetched(folder: Path) -> Path:
    """Fetch the package into a folder and return its archive."""
    command = ["npm", "pack", f"{NAME}@{VERSION}", "--silent", "--pack-destination", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return next(folder.glob("*.tgz"))


def unpack(archive: Path, target: Path) -> dict[str, str]:
    """Put our files into the target; return the SHA-256 of each."""
    digests = {}
    with tarfile.open(archive) as package:
        for name, inner in FILES.items():
            source = package.extractfile(inner)
            if source is None:
                raise FileNotFoundError(inner)
            content = source.read()
            (target / name).write_bytes(content)
            digests[name] = hashlib.sha256(content).hexdigest()
    return digests


def main() -> int:
    """Fetch, unpack, and write the manifest that a test compares the files with."""
    FONTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        digests = unpack(fetched(Path(folder)), FONTS)
    manifest = {
        "name": NAME,
        "version": VERSION,
        "licence": LICENCE,
        "source": f"npm package {NAME}@{VERSION}",
        "sha256": dict(sorted(digests.items())),
    }
    (FONTS / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    print(f"{NAME} {VERSION}: {len(digests)} files in {FONTS.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
