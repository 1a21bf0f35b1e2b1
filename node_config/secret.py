"""The node's secret, which signs its sessions: a file of its own, or WIZZLE_SECRET."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .problems import Problem
from .texts import say

SECRET_NAME = "secret"  # noqa: S105 the name of a file
VARIABLE = "WIZZLE_SECRET"
LEAST = 32
"""How many characters a secret must have."""

_EXAMPLE = f'python -c "import secrets; print(secrets.token_urlsafe(48))" > {SECRET_NAME}'


def read_secret(home: Path, environ: Mapping[str, str], language: str) -> tuple[str, list[Problem]]:
    """Return the secret of the node in ``home``, or none and what is wrong with it."""
    if VARIABLE in environ:
        return _long_enough(VARIABLE, environ[VARIABLE], language)
    path = home.resolve() / SECRET_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return "", [Problem(SECRET_NAME, say("secret_missing", language, path=path), _EXAMPLE)]
    except (OSError, UnicodeDecodeError) as error:
        detail = type(error).__name__  # what a broken file holds must not reach a log
        return "", [Problem(SECRET_NAME, say("unreadable", language, detail=detail), _EXAMPLE)]
    return _long_enough(SECRET_NAME, text, language)


def _long_enough(key: str, text: str, language: str) -> tuple[str, list[Problem]]:
    secret = text.strip()
    if len(secret) >= LEAST:
        return secret, []
    return "", [Problem(key, say("secret_short", language, least=LEAST), _EXAMPLE)]
