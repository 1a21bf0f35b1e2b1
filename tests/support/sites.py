"""Many nodes and sites in one process: what is the same for each of them is made once.

A test makes a node and a site of its own, and each would read some hundred addresses, templates,
static files and statements anew: more than half of what most tests cost. Only what follows from
the text alone is kept.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable
from functools import wraps
from importlib.metadata import entry_points
from types import CodeType, ModuleType
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache
from pluggy import PluginManager
from sqlalchemy import Engine, create_engine, util
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from werkzeug.routing import Rule
from whitenoise import WhiteNoise

from wizzle.core import db
from wizzle.core.host import loading
from wizzle.core.web.environment import Environment

STATEMENTS = 5_000
"""Statements of each kind of database that are kept as they were compiled."""


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
    """From now on, let all nodes and sites of this process share what they make of texts."""
    _share_templates()
    _share_addresses()
    _share_static_files()
    _share_plugins()
    _share_statements()


def _share_templates() -> None:
    templates, make = Compiled(), Environment.__init__

    @wraps(make)
    def made(self: Environment, *given: Any, **named: Any) -> None:
        make(self, *given, **named)
        self.bytecode_cache = self.bytecode_cache or templates

    _put(Environment, "__init__", made)


def _share_addresses() -> None:
    compile_, read = Rule.compile, dict[Hashable, dict[str, Any]]()

    @wraps(compile_)
    def compiled(self: Rule) -> None:
        if self.defaults:  # their values are written into what is built
            compile_(self)
            return
        assert self.map is not None
        kinds = tuple(self.map.converters.items())
        at = (self.map.host_matching, self.host, self.subdomain, self.merge_slashes)
        known = read.get((self.rule, at, kinds))
        if known is None:
            compile_(self)
            known = read[self.rule, at, kinds] = {
                "_parts": self._parts, "_trace": self._trace, "_converters": self._converters,
                "arguments": self.arguments, "builders": (self._build, self._build_unknown),
            }  # fmt: skip
            return
        self._parts, self._trace = known["_parts"], known["_trace"]
        self._converters, self.arguments = known["_converters"], set(known["arguments"])
        self._build, self._build_unknown = (
            each.__func__.__get__(self, None) for each in known["builders"]
        )

    _put(Rule, "compile", compiled)


def _share_static_files() -> None:
    """An address holds the digest of what is found there."""
    look, found = WhiteNoise.get_static_file, dict[Hashable, Any]()

    @wraps(look)
    def looked(self: WhiteNoise, path: str, url: str, *more: Any, **named: Any) -> Any:
        if (path, url) not in found:
            found[path, url] = look(self, path, url, *more, **named)
        return found[path, url]

    _put(WhiteNoise, "get_static_file", looked)


def _share_plugins() -> None:
    """What is installed, as long as Python looks in the same places, and which hooks it has."""
    find, found = entry_points, dict[Hashable, Any]()
    parse, parsed = PluginManager.parse_hookimpl_opts, dict[Hashable, Any]()

    @wraps(find)
    def once(**wanted: str) -> Any:
        key = (*sys.path, *wanted.items())
        if key not in found:
            found[key] = find(**wanted)
        return found[key]

    @wraps(parse)
    def read(self: PluginManager, plugin: Any, name: str) -> Any:
        if not isinstance(plugin, ModuleType):  # one of a test's own
            return parse(self, plugin, name)
        what = getattr(plugin, name)
        key = (self.project_name, plugin, name, id(what))
        if key not in parsed:  # with the object, so that no other comes to have its number
            parsed[key] = parse(self, plugin, name), what
        return parsed[key][0]

    _put(loading, "entry_points", once)
    _put(PluginManager, "parse_hookimpl_opts", read)


def _share_statements() -> None:
    """Engines of one kind speak alike here: none is given options that change its language."""
    make, kept = create_engine, dict[str, Any]()

    @wraps(make)
    def made(*given: Any, **options: Any) -> Engine:
        engine = make(*given, **options)
        kind = engine.dialect.driver
        engine._compiled_cache = kept.setdefault(kind, util.LRUCache(STATEMENTS))
        return engine

    _put(db, "create_engine", made)
    for kind in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        _put(kind, "__eq__", lambda self, other: type(self) is type(other))
        _put(kind, "__hash__", lambda self: hash(type(self)))


def _put(place: Any, name: str, new: Callable[..., Any]) -> None:
    setattr(place, name, new)
