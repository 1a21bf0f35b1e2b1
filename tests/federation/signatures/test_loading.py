"""httpsig is loaded without the package that it misses, on every Python that we support."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from wizzle.federation.signatures import loading

PYTHONS = ("3.11", "3.12", "3.13")
ALONE = """
import importlib.util, sys
sys.path.insert(0, sys.argv[1])
spec = importlib.util.spec_from_file_location("loading", sys.argv[2])
loading = sys.modules["loading"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(loading)
httpsig = loading.httpsig()
assert "pkg_resources" not in sys.modules
headers = {"host": "jinan.example", "(created)": "1"}
message = httpsig.generate_message(["(request-target)", "host", "(created)"], headers,
                                   method="POST", path="/inbox")
assert message == b"(request-target): post /inbox\\nhost: jinan.example\\n(created): 1", message
template = httpsig.build_signature_template("https://a.example/%%EA#k", "rsa-sha256", ["host"],
                                            "signature")
parsed = httpsig.parse_signature_header(template % "c2lnbmF0dXJl")
assert parsed == {"keyid": "https://a.example/%EA#k", "algorithm": "rsa-sha256",
                  "headers": "host", "signature": "c2lnbmF0dXJl"}, parsed
print("%d.%d" % sys.version_info[:2])
"""


def interpreter(version: str) -> str:
    """Return the path of a Python of this version that starts, or skip the test."""
    named = shutil.which(f"python{version}")
    installed = sorted((Path.home() / ".pyenv/versions").glob(f"{version}.*/bin/python"))
    here = [sys.executable] if version == f"{sys.version_info[0]}.{sys.version_info[1]}" else []
    for path in [*here, *([named] if named else []), *map(str, installed)]:
        if subprocess.run([path, "--version"], capture_output=True).returncode == 0:
            return path
    pytest.skip(f"there is no Python {version} on this machine that starts")


@pytest.fixture(params=["nothing", "new setuptools", "old setuptools"])
def libraries(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with httpsig and what it declares, and one of three kinds of setuptools.

    The new one is 82 or later, without the module; the old one warns when the module is imported.
    """
    names = ["httpsig", "six", "Crypto"]
    if request.param == "new setuptools":
        names.append("setuptools")
    for name in names:
        spec = find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        origin = Path(spec.origin)
        place = origin.parent if origin.name == "__init__.py" else origin
        (tmp_path / place.name).symlink_to(place)
    if request.param == "old setuptools":
        warns = "import warnings\nwarnings.warn('deprecated as an API', DeprecationWarning)\n"
        (tmp_path / "pkg_resources.py").write_text(warns, "utf-8")
    return tmp_path


@pytest.mark.parametrize("version", PYTHONS)
def test_httpsig_works_with_and_without_setuptools_where_warnings_are_errors(version, libraries):
    # -S: nothing of the interpreter's own site-packages, where a setuptools may be.
    ran = subprocess.run(
        [interpreter(version), "-W", "error", "-S", "-c", ALONE, libraries, loading.__file__],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (ran.returncode, ran.stdout.strip()) == (0, version), ran.stderr


def test_only_three_functions_of_httpsig_can_be_reached():
    assert set(loading.HttpSig.__slots__) == {
        "parse_signature_header",
        "generate_message",
        "build_signature_template",
    }


def test_nothing_else_of_ours_imports_httpsig():
    root = Path(loading.__file__).parents[2]
    rooms = (root / room for room in ("core", "federation", "node_config", "plugins"))
    users = [
        file.name
        for room in rooms
        for file in room.rglob("*.py")
        if "import httpsig" in (text := file.read_text("utf-8")) and "loading" not in text
    ]
    assert users == []
