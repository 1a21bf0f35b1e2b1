"""Settings and plugins chosen on pages, on a node that has a node.toml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from support.cast import Cast

from wizzle import node_config
from wizzle.core.models import AuditRecord
from wizzle.core.node import Node
from wizzle.core.opening import open_node, read_settings
from wizzle.core.passwords import Passwords
from wizzle.core.ports import Ports
from wizzle.core.testing import FixedClock, NoNetwork, SeededRandomness
from wizzle.core.web import create_app

PLUGINS = "market,fund"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a migrated database, to be copied."""
    from wizzle.core.cli.node import bring_up_to_date

    home = tmp_path_factory.mktemp("settings") / "gangbuk"
    node_config.new_node(home, example="gangbuk", answers={"plugins.enabled": PLUGINS})
    node = open_node(read_settings(home, {}))
    bring_up_to_date(node)
    node.close()
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(made, tmp_path / "gangbuk"))


@pytest.fixture
def node(home: Path, clock: FixedClock) -> Iterator[Node]:
    ports = Ports(
        clock=clock, random=SeededRandomness(1), http=NoNetwork(), resolver=NoNetwork(),
        passwords=Passwords(memory_kib=8, rounds=1, lanes=1),
    )  # fmt: skip
    node = open_node(read_settings(home, {}), ports)
    yield node
    node.close()


@pytest.fixture
def bob(as_: Callable[[str], FlaskClient]) -> FlaskClient:
    return as_("bob")


def save(browser: FlaskClient, section: str, version: int = 0, **typed: Any) -> Any:
    data = {key.replace("__", "."): value for key, value in typed.items()}
    return browser.post(f"/admin/settings/{section}", data={"version": version, **data})


def audit(node: Node) -> list[Any]:
    with node.db.read() as session:
        query = select(AuditRecord).where(AuditRecord.action == "settings.chosen")
        found = list(session.scalars(query.order_by(AuditRecord.id)))
        session.expunge_all()
        return found


def test_a_steward_changes_the_shares_and_the_log_says_from_what_to_what(bob, home, node):
    page = bob.get("/admin/settings").text
    assert "활동가 몫" in page
    assert "node.toml" in page
    form = bob.get("/admin/settings/rates").text
    assert 'name="rates.activist"' in form
    assert "5에서 8까지" in form
    assert save(bob, "rates", rates__activist="6.5", rates__centre="8").status_code == 302
    assert node_config.load(home, {}).rates.activist_bp == 650
    (record,) = audit(node)
    assert record.details["changes"] == {"rates.activist": ["7", "6.5"]}
    assert "여기서 골랐어요" in bob.get("/admin/settings").text


def test_all_that_is_wrong_stands_at_its_field_in_the_language_of_the_page(bob, home):
    wrong = {"operator__email": "nobody", "operator__phone": "?"}
    answer = save(bob, "operator", **wrong)
    assert answer.status_code == 422
    assert 'href="#f-operator.email"' in answer.text
    assert 'href="#f-operator.phone"' in answer.text
    assert 'value="nobody"' in answer.text
    bob.post("/language", data={"language": "en"})
    assert "This is no e-mail address." in save(bob, "operator", **wrong).text
    assert node_config.newest(home) == 0


def test_a_look_shows_what_would_change_and_saves_nothing(bob, home):
    answer = save(bob, "node", node__name="번동 위즐", step="look")
    assert answer.status_code == 200
    assert "아직 저장하지 않았어요" in answer.text
    assert "번동 위즐" in answer.text
    assert node_config.newest(home) == 0


def test_of_two_stewards_with_the_same_page_the_second_is_told(bob, home):
    assert save(bob, "node", node__name="하나").status_code == 302
    late = save(bob, "node", node__name="둘")
    assert late.status_code == 409
    assert node_config.load(home, {}).node.name == "하나"


def test_what_is_fixed_cannot_be_posted(bob, home, monkeypatch):
    for section in ("database", "server", "secret", "nothing"):
        assert bob.get(f"/admin/settings/{section}").status_code == 404
        assert save(bob, section, database__url="sqlite:///x.db").status_code == 404
    save(bob, "node", node__address="https://evil.example", node__name="새 위즐")
    assert node_config.load(home, {}).node.address == "http://127.0.0.1:8000"
    monkeypatch.setenv("WIZZLE_NODE__NAME", "환경 위즐")
    page = bob.get("/admin/settings").text
    assert "환경 위즐" in page
    assert 'name="node.name"' not in bob.get("/admin/settings/node").text


def test_going_back_makes_a_new_version_and_says_who(bob, home, node):
    save(bob, "node", node__name="하나")
    save(bob, "node", 1, node__name="둘")
    history = bob.get("/admin/settings/history").text
    assert "보배" in history
    assert "하나 → 둘" in history
    assert bob.post("/admin/settings/undo", data={"number": 1, "version": 2}).status_code == 302
    assert node_config.load(home, {}).node.name == "하나"
    assert bob.post("/admin/settings/undo", data={"number": 0, "version": 2}).status_code == 409
    for nonsense in ("99", "x", "", "-1"):
        answer = bob.post("/admin/settings/undo", data={"number": nonsense, "version": 3})
        assert answer.status_code == 404
    assert [each.details.get("back_to") for each in audit(node)] == [None, None, 1]


def test_settings_of_a_plugin_are_explained_checked_and_saved(bob, home):
    form = bob.get("/admin/settings/plugin/market").text
    assert "한 화면의 상품 수" in form
    wrong = {"plugin.market.page_size": "1", "plugin.market.bank": "농협"}
    answer = bob.post("/admin/settings/plugin/market", data={"version": 0, **wrong})
    assert answer.status_code == 422
    assert "4" in answer.text
    assert "세" in answer.text or "모두" in answer.text
    right = {
        "plugin.market.page_size": "12", "plugin.market.bank": "농협",
        "plugin.market.bank_account": "301-0000-1234-51", "plugin.market.bank_holder": "이웃살림",
        "plugin.market.difference_up_to": "10000",
    }  # fmt: skip
    saved = bob.post("/admin/settings/plugin/market", data={"version": 0, **right})
    assert saved.status_code == 302
    assert node_config.load(home, {}).plugins.settings["market"] == {
        "page_size": 12, "bank": "농협", "bank_account": "301-0000-1234-51",
        "bank_holder": "이웃살림",
    }  # fmt: skip
    assert bob.get("/admin/settings/plugin/fund").status_code == 404


def test_a_plugin_is_switched_on_when_what_it_needs_is_on(bob, home):
    page = bob.get("/admin/plugins").text
    assert "푸드 어셈블리" in page
    assert bob.post("/admin/plugins/trade/on", data={"version": 0}).status_code == 409
    assert bob.post("/admin/plugins/assembly/on", data={"version": 0}).status_code == 302
    assert node_config.load(home, {}).plugins.enabled == ("market", "fund", "assembly")
    assert "아직 쓰이지 않아요" in bob.get("/admin/plugins").text
    refused = bob.post("/admin/plugins/market/off", data={"version": 1})
    assert refused.status_code == 409
    assert "푸드 어셈블리" in refused.text
    assert bob.post("/admin/plugins/nothing/on", data={"version": 1}).status_code == 404


def test_what_a_plugin_wrote_stands_again_when_it_is_on_again(bob, home, node, clock):
    bob.post("/admin/plugins/fund/off", data={"version": 0})
    other = open_node(read_settings(home, {}))
    assert create_app(other).test_client().get("/fund").status_code == 404
    other.close()
    bob.post("/admin/plugins/fund/on", data={"version": 1})
    other = open_node(read_settings(home, {}))
    assert create_app(other).test_client().get("/fund").status_code == 200
    other.close()


@pytest.mark.parametrize("who", ["alice", "erin", None])
def test_nobody_else_chooses(as_, client, home, who):
    browser = as_(who) if who else client
    expected = 403 if who else 302
    for path in (
        "/admin/settings/node",
        "/admin/settings/history",
        "/admin/settings/plugin/market",
    ):
        assert browser.get(path).status_code == expected
    posts = ("/admin/settings/node", "/admin/settings/undo", "/admin/plugins/fund/off")
    for path in posts:
        assert browser.post(path, data={"version": 0, "node.name": "x"}).status_code == expected
    assert node_config.newest(home) == 0


def test_no_secret_stands_on_any_page(bob, home, node):
    pages = ("", "/node", "/operator", "/rates", "/mail", "/history", "/plugin/market")
    shown = "".join(bob.get(f"/admin/settings{path}").text for path in pages)
    assert node.settings.secret not in shown
    assert re.search(r"비밀번호</dt>", shown) is None


@pytest.fixture
def cast(node: Node) -> Cast:
    return Cast(node)
