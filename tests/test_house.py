"""The house itself: every hook is known, every plugin can go, every package is packed."""

from __future__ import annotations

import configparser
import inspect
import re
from itertools import chain
from pathlib import Path

import catalogue
import pytest
from support.ways_out import ways_out

import wizzle
from wizzle.core import hookspecs
from wizzle.core.db import Base
from wizzle.core.host import HostErrors, installed, load
from wizzle.core.testing import make_node
from wizzle.core.web import create_app
from wizzle.node_config import PluginChoice

ROOT = Path(wizzle.__file__).parent
DOCS = ROOT / "docs"
BUILT_IN = ("market", "assembly", "fund", "federation", "trade", "locality", "board", "feed")
FLOORS = {
    "hooks", "routes", "commands", "api", "access", "schemas", "actions", "queries", "models",
    "rules", "__init__",
}  # fmt: skip

WAYS_OUT = {
    "core/ports.py": {"socket.getaddrinfo"},
    "core/mail.py": {"smtplib"},
}
"""What may lead off this machine besides ``core/outgoing``."""


def hooks() -> dict[str, object]:
    return {
        name: function
        for name, function in inspect.getmembers(hookspecs, inspect.isfunction)
        if hasattr(function, "wizzle_spec")
    }


def python_files() -> list[Path]:
    rooms = ("core", "federation", "node_config", "plugins")
    return sorted(chain.from_iterable((ROOT / room).rglob("*.py") for room in rooms))


def test_every_hook_is_specified_with_a_sentence():
    assert hooks()
    assert [name for name, hook in hooks().items() if not (hook.__doc__ or "").strip()] == []


def test_documentation_lists_every_hook_with_its_arguments_and_no_other():
    headings = re.findall(r"^### `(\w+)\((.*)\)`$", (DOCS / "hooks.md").read_text("utf-8"), re.M)
    written = dict(headings)
    in_code = {
        name: ", ".join(inspect.signature(hook).parameters) for name, hook in hooks().items()
    }
    assert written == in_code


def test_every_hook_is_used_by_a_plugin_that_ships():
    host = load(PluginChoice(enabled=BUILT_IN), hookspecs)
    unused = [name for name in hooks() if not getattr(host.hooks, name).get_hookimpls()]
    assert unused == []


def test_packages_listed_are_packages_standing():
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = set(parser["options"]["packages"].split())
    standing = {"wizzle"} | {
        "wizzle." + ".".join(file.parent.relative_to(ROOT).parts)
        for file in python_files()
        if file.name == "__init__.py"
    }
    assert listed == standing


def test_folders_with_python_are_packages():
    folders = {file.parent for file in python_files() if file.parent.name != "migrations"}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_stray_module_at_the_root():
    assert sorted(file.name for file in ROOT.glob("*.py")) == ["__init__.py"]


def test_tables_carry_the_name_of_their_plugin():
    load(PluginChoice(enabled=BUILT_IN), hookspecs)
    owners = {
        mapper.local_table.name: mapper.class_.__module__.split(".")
        for mapper in Base.registry.mappers
    }
    for table, module in owners.items():
        owner = module[2] if module[1] == "plugins" else module[1]
        assert table.startswith(f"{owner}_"), table


@pytest.mark.parametrize("enabled", [
    ("market", "assembly", "fund"), ("market", "assembly"), ("market", "fund"), ("market",), (),
    ("fund",), ("locality",), ("board",), ("feed",), ("locality", "board", "feed"),
])  # fmt: skip
def test_a_node_starts_without_any_plugin_and_shows_no_dead_link(enabled, tmp_path):
    node = make_node(tmp_path, plugins=enabled)
    client = create_app(node).test_client()
    page = client.get("/")
    assert page.status_code == 200
    links = set(re.findall(r'href="(/[^"#]*)"', page.text))
    assert links
    broken = {link: client.get(link).status_code for link in links}
    assert {link: status for link, status in broken.items() if status >= 400} == {}
    node.close()


def test_federation_registers_itself_like_any_plugin(tmp_path):
    node = make_node(tmp_path, plugins=("market", "federation"))
    assert [loaded.name for loaded in node.host.plugins] == ["market", "federation"]
    node.close()


def test_host_says_everything_that_is_wrong_at_once():
    with pytest.raises(HostErrors) as caught:
        load(
            PluginChoice(
                enabled=("assembly", "nothing", "fund", "fund"),
                settings={"market": {}, "fund": {"no": 1}},
            ),
            hookspecs,
        )
    keys = [problem.key for problem in caught.value.problems]
    assert sorted(keys) == sorted(
        ["plugins.enabled.assembly", "plugins.enabled.nothing", "plugins.enabled.fund",
         "plugin.market", "plugin.fund.no"]
    )  # fmt: skip


def test_built_in_plugins_are_found_as_foreign_ones_are():
    assert set(BUILT_IN) <= set(installed())


def test_everything_that_is_said_is_translated():
    assert catalogue.missing() == []


def test_no_two_catalogues_translate_the_same_words_differently():
    assert catalogue.conflicts() == []


def test_no_template_speaks_korean_by_itself():
    spoken = [
        str(file.relative_to(ROOT))
        for room in ("core", "plugins")
        for file in (ROOT / room).rglob("templates/**/*.html")
        if re.search("[가-힣]", file.read_text("utf-8"))
    ]
    assert spoken == []


def test_documentation_says_who_tells_and_who_hears_each_fact():
    """The table of facts names who tells and who listens, as the code has it."""
    host = load(PluginChoice(enabled=BUILT_IN), hookspecs)
    rows = re.findall(
        r"^\| `(\w+)` \| (.+) \| (.+) \|$", (DOCS / "hooks.md").read_text("utf-8"), re.M
    )
    for fact, tellers, heard in rows:
        listeners = [each.plugin_name for each in getattr(host.hooks, fact).get_hookimpls()]
        assert sorted(listeners) == sorted(heard.split(", "))
        assert tellers.split(", ") == [name for name in ("core", *sorted(BUILT_IN))
                                       if tells(name, fact)]  # fmt: skip
    facts = {name for name, hook in hooks().items() if "fact" in inspect.signature(hook).parameters}
    assert {fact for fact, _, _ in rows} == facts


def tells(name: str, fact: str) -> bool:
    room = ROOT / name if name in ("core", "federation") else ROOT / "plugins" / name
    return any(f"hooks.{fact}(" in file.read_text("utf-8") for file in room.rglob("*.py"))


def test_architecture_draws_the_floors_that_the_contract_proves():
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    floors = parser["importlinter:contract:core"]["layers"].strip()
    assert f"```\n{floors}\n```" in (DOCS / "architecture.md").read_text("utf-8")


def test_nothing_leaves_but_by_the_one_guarded_way():
    """Several holes of other projects were a second client, beside the one that checks."""
    found = {
        str(file.relative_to(ROOT)): ways_out(file.read_text("utf-8"))
        for file in python_files()
        if ROOT / "core" / "outgoing" not in file.parents
    }
    assert {place: ways for place, ways in found.items() if ways} == WAYS_OUT


@pytest.mark.parametrize(
    "planted",
    [
        "import requests",
        "import requests as other",
        "from requests import Session",
        "from requests.adapters import HTTPAdapter",
        "def f():\n    import urllib3",
        "import urllib3.util",
        "import http.client",
        "import http.client as h",
        "from http import client",
        "from http.client import HTTPSConnection",
        "from urllib import request",
        "from urllib.request import urlopen",
        "import urllib.parse, urllib.request",
        "import httpx",
        "import aiohttp",
        "import smtplib",
        "import socket\nsocket.create_connection(('a', 1))",
        "import socket as s\ns.socket()",
        "from socket import socket",
        "from socket import create_connection as c",
        "from socket import *",
        "import socket\nf = socket.getaddrinfo",
        "import asyncio\nasyncio.open_connection('a', 1)",
        "from importlib import import_module\nimport_module('requests')",
        "import importlib\nimportlib.import_module('urllib3.util')",
        "__import__('http.client')",
        "if TYPE_CHECKING:\n    import requests",
    ],
)
def test_a_second_way_out_is_found(planted):
    assert ways_out(f"from __future__ import annotations\n{planted}\n")


def test_what_stays_at_home_is_no_way_out():
    harmless = """
        import http, socket, urllib.parse
        from http import HTTPStatus
        from urllib.parse import urlsplit
        from .requests import request
        from flask import request
        request.url, socket.gethostname(), urllib.parse.quote(""), http.HTTPStatus.OK
        import_module("wizzle.core")
    """
    assert ways_out(inspect.cleandoc(harmless)) == set()
