"""Real votes on public money, as Pabulib keeps them: from the source archive of `pabumeasures`.

The files are not ours to copy, so the archive is fetched into `.venv/elections`, exactly as its
digest names it, and read there.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

from wizzle.plugins.fund.counting.rules import Election, read

NAME, VERSION = "pabumeasures", "0.2.2"
DIGEST = "3bbd8c404dd37fea5d75304dd578bf213880be5627dfb2992ecc407b3ddb19c7"
HOME = Path(__file__).parents[2] / ".venv" / "elections"
ARCHIVE = f"{NAME}-{VERSION}.tar.gz"
WAIT, TRIES = 60.0, 3


class Absent(Exception):
    """The archive cannot be had; the text says why."""


def election(name: str) -> tuple[Election, frozenset[str]]:
    """Return a vote by the name of its file, and the ids of the projects that were carried out;
    none of them if the file does not say."""
    inner = f"{NAME}-{VERSION}/data/{name}.pb"
    with tarfile.open(archive()) as files:
        file = files.extractfile(inner)
        assert file is not None
        text = file.read().decode("utf-8")
    return read(text), _carried_out(text)


def _carried_out(text: str) -> frozenset[str]:
    lines = text.splitlines()
    first = lines.index("PROJECTS") + 1
    names = lines[first].split(";")
    rows = [line.split(";") for line in lines[first + 1 : lines.index("VOTES")]]
    if "selected" not in names:
        return frozenset()
    id_, selected = names.index("project_id"), names.index("selected")
    return frozenset(row[id_] for row in rows if row[selected] == "1")


def archive() -> Path:
    """Return the archive; fetch it if it is not there."""
    target = HOME / ARCHIVE
    HOME.mkdir(parents=True, exist_ok=True)
    with _in_turn():
        if not target.exists():
            content = _fetched()
            half = target.with_suffix(".half")
            half.write_bytes(content)
            half.replace(target)
    return target


def _fetched() -> bytes:
    problem = "nothing was found"
    for number in range(TRIES):
        time.sleep(number)
        try:
            content = _read(_address())
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            problem = str(error)
            continue
        if sha256(content).hexdigest() == DIGEST:
            return content
        problem = "another file stands there"
    raise Absent(f"{ARCHIVE} could not be fetched: {problem}")


def _address() -> str:
    """Return where the index that pip uses has the archive; it needs not be built to be read."""
    page = f"{_index().rstrip('/')}/{NAME}/"
    links = re.findall(r'href="([^"]+)"', _read(page).decode())
    for link in links:
        if ARCHIVE in link:
            return urljoin(page, unescape(link)).partition("#")[0]
    raise ValueError(f"{ARCHIVE} is not in the index")


def _index() -> str:
    asked = (sys.executable, "-m", "pip", "config", "get", "global.index-url")
    told = subprocess.run(asked, capture_output=True, text=True, timeout=WAIT)
    if named := os.environ.get("PIP_INDEX_URL") or told.stdout.strip():
        return named
    default = (sys.executable, "-c", "from pip._internal.models.index import PyPI as here;"
               "print(here.simple_url)")  # fmt: skip
    done = subprocess.run(default, capture_output=True, text=True, timeout=WAIT, check=True)
    return done.stdout.strip()


def _read(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=WAIT) as answer:
        content = answer.read(16 * 1024 * 1024)
    assert isinstance(content, bytes)
    return content


@contextmanager
def _in_turn() -> Iterator[None]:
    """Let one process after the other come in: several may run tests at once."""
    with (HOME / "turn").open("w") as file:
        with suppress(ImportError):  # not on Windows: there each fetches it for itself
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
