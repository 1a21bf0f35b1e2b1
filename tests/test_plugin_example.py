"""The example of the documentation is installed as a foreign plugin and does what the page says."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest
from sqlalchemy import select
from support.cast import Cast
from support.federated import Wire, join, near

import wizzle
from wizzle.core.host import HostErrors
from wizzle.core.models import AuditRecord
from wizzle.core.testing import make_node
from wizzle.core.web import create_app
from wizzle.core.work import work_once

EXAMPLES = Path(wizzle.__file__).parent / "docs" / "examples"


@pytest.fixture
def greeting_installed(tmp_path, monkeypatch):
    """Put the example on the path with the metadata that pip would write for it."""
    project = tomllib.loads((EXAMPLES / "pyproject.toml").read_text("utf-8"))["project"]
    site = tmp_path / "site"
    info = site / "wizzle_greeting-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n")
    points = project["entry-points"]["wizzle.plugins"]
    lines = "\n".join(f"{name} = {value}" for name, value in points.items())
    (info / "entry_points.txt").write_text(f"[wizzle.plugins]\n{lines}\n")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.syspath_prepend(str(EXAMPLES))
    yield
    for name in [name for name in sys.modules if name.startswith("wizzle_greeting")]:
        del sys.modules[name]


def browser(node):
    return create_app(node).test_client()


def test_a_foreign_plugin_adds_a_page_a_menu_entry_and_a_section(greeting_installed, new_node):
    node = new_node(plugins=("greeting",), plugin_settings={"greeting": {"warmth": 2}})
    client = browser(node)
    assert "이웃님, 좋은 아침이에요!!" in client.get("/greeting").text
    home = client.get("/").text
    assert 'href="/greeting"' in home
    assert "이웃 인사" in home
    assert "이웃님, 좋은 아침이에요" in home


def test_its_wrong_setting_is_said_at_start(greeting_installed, tmp_path):
    with pytest.raises(HostErrors) as caught:
        make_node(tmp_path, plugins=("greeting",), plugin_settings={"greeting": {"warmth": 9}})
    assert [problem.key for problem in caught.value.problems] == ["plugin.greeting.warmth"]


def test_a_plugin_that_breaks_is_left_out_of_the_page(greeting_installed, new_node, monkeypatch):
    node = new_node(plugins=("greeting",))
    import wizzle_greeting.hooks

    def broken(viewer):
        raise RuntimeError("bad plugin")

    for implementation in node.hooks.home_sections.get_hookimpls():
        if implementation.plugin is wizzle_greeting.hooks:
            implementation.function = broken
    page = browser(node).get("/")
    assert page.status_code == 200
    assert "이웃님, 좋은 아침이에요" not in page.text


def test_switched_off_it_leaves_no_link(greeting_installed, new_node):
    page = browser(new_node(plugins=())).get("/")
    assert "/greeting" not in page.text


def test_it_sends_documents_of_its_own_kind_to_other_nodes(greeting_installed, tmp_path):
    wire, plugins = Wire(), ("federation", "greeting")
    with (
        near(wire, tmp_path / "pumpkin", "pumpkin.example", plugins=plugins) as pumpkin,
        near(wire, tmp_path / "quince", "quince.example", plugins=plugins, seed=2) as quince,
    ):
        join(pumpkin, quince)
        app = create_app(pumpkin)
        app.config.update(WTF_CSRF_ENABLED=False)
        alice = Cast(pumpkin).signed_in(app, "alice")
        assert "연결된 위즐에 모두 인사하기" in alice.get("/greeting").text
        alice.post("/greeting/send")
        work_once(pumpkin)
        work_once(quince)
        with quince.db.read() as session:
            (heard,) = session.scalars(
                select(AuditRecord).where(AuditRecord.action == "greeting.heard")
            )
            assert heard.details == {"host": "pumpkin.example", "words": "안녕하세요"}


def test_without_others_there_is_nobody_to_greet(greeting_installed, new_node):
    node = new_node(plugins=("greeting",))
    app = create_app(node)
    app.config.update(WTF_CSRF_ENABLED=False)
    assert Cast(node).signed_in(app, "alice").post("/greeting/send").status_code == 302
