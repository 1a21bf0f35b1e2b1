"""Finds in Python's own tree of a file whatever can send something off this machine."""

from __future__ import annotations

import ast
from collections.abc import Iterator

LIBRARIES = frozenset({
    "aiohttp", "ftplib", "http.client", "httplib2", "httpsig.requests_auth", "httpx", "imaplib",
    "nntplib", "poplib", "pycurl", "requests", "requests_hardened", "smtplib", "telnetlib",
    "urllib.request", "urllib3", "websocket", "websockets", "xmlrpc.client",
})  # fmt: skip
CALLS = frozenset({
    "_socket.*", "asyncio.create_connection", "asyncio.open_connection", "socket.*",
    "socket.SocketType", "socket.create_connection", "socket.fromfd", "socket.getaddrinfo",
    "socket.gethostbyaddr", "socket.gethostbyname", "socket.gethostbyname_ex",
    "socket.getnameinfo", "socket.socket", "socket.socketpair",
})  # fmt: skip
_LOADERS = frozenset({"__import__", "importlib.import_module"})


def ways_out(source: str) -> set[str]:
    """Return the libraries and calls in ``source`` that lead out, by their full names."""
    tree = ast.parse(source)
    names = dict(_imported(tree))
    spoken = [*names.values()]
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            spoken.append(_full(node, names))
        elif isinstance(node, ast.Call) and _full(node.func, names) in _LOADERS:
            spoken += [str(each.value) for each in node.args if isinstance(each, ast.Constant)]
        elif isinstance(node, ast.Import):
            spoken += [each.name for each in node.names]
    return {way for full in spoken if (way := _way(full))}


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield each name that an import makes, with what it stands for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for each in node.names:
                top = each.name.partition(".")[0]  # `import http.client` makes the name `http`
                yield (each.asname, each.name) if each.asname else (top, top)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for each in node.names:
                yield each.asname or each.name, f"{node.module}.{each.name}"


def _full(node: ast.expr, names: dict[str, str]) -> str:
    """Return what a dotted expression stands for; nothing if it is no such."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id if node.id == "__import__" else "")
    if isinstance(node, ast.Attribute):
        before = _full(node.value, names)
        return f"{before}.{node.attr}" if before else ""
    return ""


def _way(full: str) -> str:
    """Return the library of a full name, or the name itself if it is a call that leads out."""
    parts = full.split(".")
    starts = (".".join(parts[:end]) for end in range(1, len(parts) + 1))
    return next((start for start in starts if start in LIBRARIES or start in CALLS), "")
