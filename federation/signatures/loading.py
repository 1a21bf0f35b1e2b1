"""The three functions of httpsig that are used, loaded without the package that it misses.

httpsig 1.3 asks ``pkg_resources`` for its own version while it is imported. That module is part of
setuptools, which is no dependency of httpsig, is absent from a fresh environment, and has lost the
module in version 82. So two names stand in for it, for the moment of the import and no longer.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from threading import Lock
from types import ModuleType
from typing import Any, Final, cast

_MISSING: Final = "pkg_resources"
_lock = Lock()


@dataclass(frozen=True, slots=True)
class HttpSig:
    """What of httpsig is ever called. Its verifiers and signers trust what a peer's header says."""

    parse_signature_header: Callable[[str], Mapping[str, str]]
    generate_message: Callable[..., bytes]
    build_signature_template: Callable[..., str]


@cache
def httpsig() -> HttpSig:
    """Return httpsig's parser, signing string and template."""
    with _lock:
        utils = _loaded()
    return HttpSig(
        cast("Callable[[str], Mapping[str, str]]", utils.parse_signature_header),
        cast("Callable[..., bytes]", utils.generate_message),
        cast("Callable[..., str]", utils.build_signature_template),
    )


def _loaded() -> ModuleType:
    # An old setuptools that still has the module warns when it is imported, which under -W error
    # would be an error: the stand-in is used even then, unless someone has loaded the real one.
    if _MISSING in sys.modules:
        return import_module("httpsig.utils")
    sys.modules[_MISSING] = _stand_in()
    try:
        return import_module("httpsig.utils")
    finally:
        del sys.modules[_MISSING]


def _stand_in() -> ModuleType:
    class DistributionNotFound(Exception):
        """What httpsig expects when it is not installed; it then goes without a version."""

    def get_distribution(name: str) -> Any:
        raise DistributionNotFound(name)

    module = ModuleType(_MISSING)
    names: Sequence[object] = (DistributionNotFound, get_distribution)
    for each in names:
        setattr(module, each.__name__, each)  # type: ignore[attr-defined]
    return module
