"""Makes `.venv` in the checkout and keeps it equal to the locked requirements.

    python3 tools/bootstrap.py run|test|check|dev

Needs Python 3.11 and nothing else; an older Python looks for a newer one and hands over, so
this file keeps to syntax that every Python 3 reads (hence the annotations in quotes).
"""

# ruff: noqa: S603, S606 (starting installers is what this file is for)

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

TYPE_CHECKING = False  # the name that type checkers take for true; nothing is imported for it
if TYPE_CHECKING:
    import venv
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = ROOT / "requirements"
OLDEST = (3, 11)
NEWER = ("python3.13", "python3.12", "python3.11", "python3.14")
# Each lock holds the one before it, so an environment only ever moves up this row.
LEVELS = ("base", "test", "check")
PURPOSES = {"run": "base", "test": "test", "check": "check", "dev": "check"}


class Stopped(Exception):
    """The environment cannot be made; the text says what to do."""


def say(text: str) -> None:
    """Write one line of progress where it does not mix with a command's own output."""
    print(text, file=sys.stderr, flush=True)


class Environment:
    """A virtual environment that is filled from a lock, by uv or else by pip."""

    def __init__(self, folder: "Path") -> None:
        self.folder = folder
        self.scripts = folder / ("Scripts" if os.name == "nt" else "bin")
        self.python = self.scripts / ("python.exe" if os.name == "nt" else "python")
        self.uv = self.scripts / ("uv.exe" if os.name == "nt" else "uv")

    def create(self) -> None:
        """Make an empty environment, in place of a broken one or one of another Python."""
        made_by_venv = (self.folder / "pyvenv.cfg").exists()
        if self.folder.exists() and not made_by_venv and any(self.folder.iterdir()):
            raise Stopped(f"{self.folder} is no environment of Python; move it away.")
        builder = demand_venv()
        builder(clear=True, with_pip=True, symlinks=os.name != "nt").create(str(self.folder))

    def works(self) -> bool:
        """Whether its Python starts, is the one that runs this script, and has pip."""
        probe = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
        try:
            done = subprocess.run(
                [str(self.python), "-c", probe], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError:
            return False
        return done.returncode == 0 and done.stdout.decode().strip() == version()

    def install_locked(self, lock: "Path") -> None:
        """Install exactly what the lock names, every file checked against its hash."""
        self._install_tools()
        self._install("--require-hashes", "--no-deps", "-r", str(lock))

    def install_project(self, what: "list[str]") -> None:
        """Install the checkout or a wheel of it; its libraries come from a lock."""
        self._install("--no-deps", *what)

    def _install_tools(self) -> None:
        """Install the build backend and uv; where uv cannot be had, go on without it."""
        build, fast = (str(LOCKS / name) for name in ("build.txt", "uv.txt"))
        try:
            self._pip("--require-hashes", "--no-deps", "-r", build, "-r", fast)
        except subprocess.CalledProcessError:
            say("    uv cannot be installed here; going on with pip alone")
            self._pip("--require-hashes", "--no-deps", "-r", build)

    def _install(self, *arguments: str) -> None:
        if self.uv.exists():
            try:
                return self._uv(*arguments)
            except (OSError, subprocess.CalledProcessError):
                say("    uv did not manage; trying with pip")
        return self._pip("--no-build-isolation", "--use-pep517", *arguments)

    def _uv(self, *arguments: str) -> None:
        quiet = [] if sys.stderr.isatty() else ["--quiet"]
        # The system's certificates: a proxy on the way may bring one of its own.
        start = [str(self.uv), "pip", "install", "--system-certs", "--no-build-isolation"]
        call([*start, *quiet, "--python", str(self.python), *arguments])

    def _pip(self, *arguments: str) -> None:
        call([str(self.python), "-m", "pip", "install", "--quiet", *arguments])


def call(command: "list[str]") -> None:
    """Run an installer with a surrounding that cannot lead it elsewhere than the environment."""
    dropped = ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "UV_PROJECT_ENVIRONMENT")
    surrounding = {name: value for name, value in os.environ.items() if name not in dropped}
    surrounding.update(PIP_USER="0", PIP_ROOT_USER_ACTION="ignore")
    surrounding.update(PIP_DISABLE_PIP_VERSION_CHECK="1", PYTHONNOUSERSITE="1")
    if not surrounding.get("HOME"):
        surrounding.update(HOME=str(VENV), UV_NO_CACHE="1", PIP_NO_CACHE_DIR="1")
    subprocess.run(command, check=True, env=surrounding, stdin=subprocess.DEVNULL)


def demand_venv() -> "type[venv.EnvBuilder]":
    """What makes environments; where Python was packaged without it, the one command that helps."""
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        raise Stopped(
            "This Python cannot make an environment: apt install python3-venv "
            f"(or python{version()}-venv), then run the same command again."
        ) from None
    return venv.EnvBuilder


def version() -> str:
    """The running Python's version as 3.11."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def digest(*files: "Path") -> str:
    """One hash over the files' contents."""
    total = hashlib.sha256()
    for file in files:
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def stamp_for(level: str) -> "dict[str, str]":
    """What must be true of `.venv` for it to be left alone."""
    return {
        "checkout": str(ROOT),  # an editable install points to its folder: moved means made anew
        "python": version(),
        "level": level,
        "lock": digest(LOCKS / f"{level}.txt"),
        "project": digest(ROOT / "setup.cfg", ROOT / "pyproject.toml"),
    }


def read_stamp(path: "Path") -> "dict[str, str]":
    """The stamp of the last complete run; empty when there is none."""
    try:
        stamp = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def prepare(purpose: str) -> None:
    """Bring `.venv` to what the purpose needs; do nothing where it is there already."""
    environment, path = Environment(VENV), VENV / "wizzle-stamp.json"
    found = read_stamp(path)
    level = max(PURPOSES[purpose], found.get("level", "base"), key=LEVELS.index)
    wanted = stamp_for(level)
    if found == wanted and environment.python.exists():
        return
    started = time.monotonic()
    path.unlink(missing_ok=True)
    if found.get("checkout", str(ROOT)) != str(ROOT) or not environment.works():
        say(f"[1/3] An environment in .venv with Python {version()}")
        environment.create()
    say(f"[2/3] Libraries for `{purpose}`, by requirements/{level}.txt")
    environment.install_locked(LOCKS / f"{level}.txt")
    say("[3/3] Wizzle itself, from this checkout")
    environment.install_project(["-e", str(ROOT)])
    path.write_text(json.dumps(wanted, indent=1), encoding="utf-8")
    say(f"Ready in {time.monotonic() - started:.1f} s")


@contextlib.contextmanager
def alone() -> "Iterator[None]":
    """Wait until no other bootstrap works on this checkout."""
    try:
        import fcntl
    except ImportError:  # Windows: two at once must be avoided by hand
        yield
        return
    folder = os.open(str(ROOT), os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Waiting for another `make` in this checkout …")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def newer_python() -> "str | None":
    """The path of a Python that is new enough."""
    for name in NEWER:
        path = shutil.which(name)
        code = f"import sys; sys.exit(sys.version_info < {OLDEST!r})"
        if path and subprocess.run([path, "-c", code], stderr=subprocess.DEVNULL).returncode == 0:
            return path
    return None


def hand_over(arguments: "list[str]") -> None:
    """Start again with a newer Python, or say how to come by one."""
    path = newer_python()
    if path is None:
        raise Stopped(
            f"Wizzle needs Python 3.11 or newer; {sys.executable} is {version()}. "
            "Install one (Debian 12: apt install python3 python3-venv) "
            "or name one: make run PYTHON=/path/to/python3.12"
        )
    say(f"{sys.executable} is Python {version()}; going on with {path}")
    os.execv(path, [path, str(Path(__file__).resolve()), *arguments])


def main(arguments: "list[str]") -> int:
    """Prepare the environment for one purpose; 0 done, 1 not possible, 2 misused, 130 stopped."""
    if len(arguments) != 1 or arguments[0] not in PURPOSES:
        say("usage: bootstrap.py " + "|".join(PURPOSES))
        return 2
    try:
        if sys.version_info < OLDEST:
            hand_over(arguments)
        with alone():
            prepare(arguments[0])
    except Stopped as reason:
        say(str(reason))
        return 1
    except subprocess.CalledProcessError as failure:
        say(f"This failed: {' '.join(failure.cmd)}")
        say("What it printed stands above. If the network was away, run the same command again.")
        return 1
    except OSError as failure:
        say(f"The environment cannot be written: {failure}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. The same command goes on from here.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
