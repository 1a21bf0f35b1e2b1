"""Many sites in one process: what is the same for each of them is compiled once.

A test makes a site of its own, and each would read some hundred addresses and its templates anew:
more than half of what most tests cost. Only what follows from the text alone is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from types import CodeType
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

from wizzle.core.web.environment import Environment


class Compiled(BytecodeCache):
    """Templates as they were compiled; Jinja itself looks whether their text is still the same."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


def compile_once() -> None:
    """From now on, let all sites of this process share what they compile."""
    templates, builders = Compiled(), dict[Any, Callable[..., Any]]()
    make, build = Environment.__init__, Rule._compile_builder

    @wraps(make)
    def made(self: Environment, *given: Any, **named: Any) -> None:
        make(self, *given, **named)
        self.bytecode_cache = self.bytecode_cache or templates

    @wraps(build)
    def built(self: Rule, append_unknown: bool = True) -> Callable[..., Any]:
        if self.defaults:  # their values are written into what is built
            return build(self, append_unknown)
        key = (tuple(self._trace), append_unknown)
        if key not in builders:
            builders[key] = build(self, append_unknown)
        return builders[key]

    for place, name, new in ((Environment, "__init__", made), (Rule, "_compile_builder", built)):
        setattr(place, name, new)
