"""Static files: at addresses that change with their content, to be kept by browsers for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise

from ..node import Node
from .packed import ENDINGS, Packed

CORE = Path(__file__).parent / "static"
_TYPES = {".svg": "image/svg+xml", ".js": "text/javascript", ".woff2": "font/woff2"}


def addresses(app: Flask, node: Node) -> dict[str, str]:
    """Serve the static files of the core and of every plugin; return their addresses by
    "plugin/name".

    The digest in an address is that of the whole folder, so that a style sheet can name a font
    beside it by a relative address.
    """
    server = WhiteNoise(
        app.wsgi_app,
        max_age=0,
        allow_all_origins=False,
        mimetypes=_TYPES,
        immutable_file_test=lambda _path, _url: True,
        add_headers_function=_as_it_is,
    )
    found: dict[str, str] = {}
    files: dict[str, Path] = {}
    for name, folder in _folders(node):
        prefix = f"static/{name}/{_digest(folder, _stamp(folder))}/"
        server.add_files(str(folder), prefix=prefix)
        for file in _files(folder):
            inner = file.relative_to(folder).as_posix()
            found[f"{name}/{inner}"] = f"/{prefix}{inner}"
            files[f"/{prefix}{inner}"] = file
    app.wsgi_app = Packed(server, files)  # type: ignore[method-assign]
    return found


def _as_it_is(headers: Headers, path: str, _url: str) -> None:
    if path.endswith(ENDINGS):
        headers["Vary"] = "Accept-Encoding"
    headers["X-Content-Type-Options"] = "nosniff"
    # A drawing opened by itself must not be able to do more than one inside a page.
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"


def _folders(node: Node) -> Iterator[tuple[str, Path]]:
    yield "core", CORE
    for loaded in node.host.plugins:
        if (loaded.folder / "static").is_dir():
            yield loaded.name, loaded.folder / "static"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    return tuple((str(f), f.stat().st_mtime_ns, f.stat().st_size) for f in _files(folder))


@lru_cache(maxsize=64)
def _digest(folder: Path, stamp: tuple[tuple[str, int, int], ...]) -> str:
    seen = hashlib.sha256()
    for name, _, size in stamp:
        seen.update(f"{Path(name).relative_to(folder)}\n{size}\n".encode())
        seen.update(Path(name).read_bytes())
    return seen.hexdigest()[:12]
