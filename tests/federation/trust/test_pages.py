"""The steward's pages for other nodes, the open call, and the commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import select
from support.cast import Cast
from support.linked import Linked, Post
from support.stubbed import Stub, a_node

from wizzle.core.hookspecs import hookimpl
from wizzle.core.node import Node
from wizzle.core.talk import Matter
from wizzle.core.web import create_app
from wizzle.core.work import work_once
from wizzle.federation.delivery.models import Route, Sent
from wizzle.federation.peers import commands
from wizzle.federation.trust import commands as key_commands
from wizzle.federation.trust.models import Peer

from .test_joining import join

As = Callable[[str], FlaskClient]
HOST = "quince.example"


@pytest.fixture
def out(node: Node) -> Stub:
    """What other hosts answer to this node."""
    stub = Stub(a_node(HOST))
    object.__setattr__(node.ports, "http", stub)
    return stub


@pytest.fixture
def post(node: Node) -> Post:
    """Takes the letters that the node writes."""
    made = Post(node)
    node.host._manager.register(made)
    return made


@pytest.fixture
def browser(node: Node, out: Stub, post: Post) -> As:
    app = create_app(node)
    app.config.update(WTF_CSRF_ENABLED=False)
    return lambda name: Cast(node).signed_in(app, name)


@pytest.fixture
def bob(browser: As) -> FlaskClient:
    """The steward."""
    return browser("bob")


def peer(node: Node) -> Peer:
    with node.db.read() as session:
        found = session.scalars(select(Peer)).one()
        session.expunge_all()
    return found


def note(node: Node, state: str, **more: Any) -> int:
    with node.db.write() as session:
        made = Peer(
            host=HOST, state=state, made_at=node.clock.now(), actor=f"https://{HOST}/actor", **more
        )
        session.add(made)
        session.flush()
        return made.id


def test_a_steward_types_a_host_sees_who_is_there_and_asks(
    bob: FlaskClient, node: Node, post: Post
) -> None:
    seen = bob.post("/admin/peers/join", data={"host": f" https://{HOST}/ "}, follow_redirects=True)
    for words in ("완주 위즐", "전북 완주군", "wizzle 0.1.0", peer(node).fingerprint):
        assert words in seen.text
    asked = bob.post(f"/admin/peers/{peer(node).id}/ask", follow_redirects=True)
    assert "신청했어요" in asked.text
    assert [letter.document["type"] for letter in post.letters] == ["Follow"]
    assert post.letters[0].to == f"https://{HOST}/actor"


@pytest.mark.parametrize(
    ("host", "answers", "words"),
    [("not a host", {}, "위즐 주소를 적어"), ("nobody.example", {}, "nobody.example"),
     ("pumpkin.example", {}, "바로 이 위즐"), (HOST, {f"https://{HOST}/actor": "connect"}, HOST)],
)  # fmt: skip
def test_what_went_wrong_is_said_with_what_was_typed(
    bob: FlaskClient, out: Stub, host: str, answers: dict[str, Any], words: str
) -> None:
    out.answers.update(answers)
    page = bob.post("/admin/peers/join", data={"host": host})
    assert 400 <= page.status_code < 600
    assert words in page.text
    assert f'value="{host}"' in page.text


def test_whoever_asks_is_listed_first_and_counted_in_the_menu(bob: FlaskClient, node: Node) -> None:
    note(node, "asked_by_them", name="완주 위즐", skew=400)
    page = bob.get("/admin/peers").text
    assert "이어 달라고 신청함" in page
    assert "400초 빨라요" in page


def letter(node: Node, name: str, state: str = "waiting", host: str = HOST) -> None:
    with node.db.write() as session:
        now = node.clock.now()
        session.add(
            Sent(
                uri=f"https://pumpkin.example/{name}", host=host, lane=name, kind="Offer",
                actor=f"https://{host}/actor", object_kind="", body=b"{}", mark="", state=state,
                due_at=now, ends_at=now + timedelta(days=3), written_at=now - timedelta(hours=5),
            )
        )  # fmt: skip


def test_what_waits_for_each_node_stands_in_the_list_on_its_page_and_in_the_command(
    bob: FlaskClient, node: Node, run: Any
) -> None:
    id_ = note(node, "joined", contact_at=node.clock.now(), skew=-90)
    for name in ("a", "b", "c"):
        letter(node, name)
    letter(node, "d", "dead")
    letter(node, "e", "arrived")
    letter(node, "f", host="fig.example")
    with node.db.write() as session:
        session.add(Route(host=HOST, opened=1, quiet_until=node.clock.now() + timedelta(hours=1)))
    for path in ("/admin/peers", f"/admin/peers/{id_}"):
        page = bob.get(path).text
        assert "3통 가는 중" in page
        assert "1통 못 전함" in page
    assert "90초 느려요" in page
    assert "이때까지 보내지 않음" in page
    (row,) = json.loads(run(commands.peers_group, "list", "--json").output)
    assert (row["waiting"], row["not_delivered"], row["skew"]) == (3, 1, -90)
    assert row["waiting_since"]
    assert row["quiet_until"]
    line = run(commands.peers_group, "list").output
    for words in ("waiting 3", "not delivered 1", "clock -90s", "heard 20"):
        assert words in line


@pytest.mark.parametrize("name", ["charlie", "dana"])
def test_only_stewards_see_and_change_ties(browser: As, node: Node, name: str) -> None:
    id_ = note(node, "joined")
    for path in ("/admin/peers", f"/admin/peers/{id_}", "/admin/peers/join"):
        assert browser(name).get(path).status_code == 403
    assert browser(name).post(f"/admin/peers/{id_}/end").status_code == 403
    assert peer(node).state == "joined"


class Open:
    """A plugin with which something is still open."""

    @hookimpl
    def matters(self, host: str) -> list[Matter]:
        return [Matter(title=f"주문 3건 ({host})", url="/orders")]


def test_what_is_open_is_listed_and_must_be_confirmed_before_it_ends(
    bob: FlaskClient, node: Node
) -> None:
    node.host._manager.register(Open())
    id_ = note(node, "joined", asking_id="https://pumpkin.example/activities/1")
    assert f"주문 3건 ({HOST})" in bob.get(f"/admin/peers/{id_}").text
    refused = bob.post(f"/admin/peers/{id_}/end", follow_redirects=True)
    assert "아직 끝나지 않은 일" in refused.text
    assert peer(node).state == "joined"
    bob.post(f"/admin/peers/{id_}/end", data={"sure": "yes"})
    assert peer(node).state == "ended"


def test_each_state_offers_what_can_be_done_and_nothing_else_works(
    bob: FlaskClient, node: Node
) -> None:
    id_ = note(node, "joined")
    page = bob.get(f"/admin/peers/{id_}").text
    assert "/pause" in page
    assert "/accept" not in page
    assert "할 수 없어요" in bob.post(f"/admin/peers/{id_}/accept", follow_redirects=True).text
    assert bob.post(f"/admin/peers/{id_}/nonsense").status_code == 404
    assert bob.get("/admin/peers/99").status_code == 404


def test_a_name_is_text_and_never_html(bob: FlaskClient, node: Node) -> None:
    id_ = note(node, "noted", name="<script>alert(1)</script>", note="<b>x</b>")
    for path in ("/admin/peers", f"/admin/peers/{id_}"):
        assert "<script>alert" not in bob.get(path).text
    assert "<b>x</b>" not in bob.get(f"/admin/peers/{id_}").text


@pytest.fixture
def stranger(browser: As, node: Node) -> FlaskClient:
    app = create_app(node)
    app.config.update(WTF_CSRF_ENABLED=False)
    return app.test_client()


def test_a_neighbourhood_answers_the_open_call_and_proves_nothing_by_it(
    stranger: FlaskClient, node: Node, out: Stub
) -> None:
    page = stranger.post(
        "/federation/call", data={"host": HOST, "text": "완주예요"}, follow_redirects=True
    )
    assert "그 동네 위즐이 직접 신청" in page.text
    assert peer(node).state == "noted"
    work_once(node)  # we look who that host is
    assert peer(node).name == "완주 위즐"
    assert peer(node).note == "완주예요"


def test_a_form_changes_nothing_for_a_node_that_is_known(stranger: FlaskClient, node: Node) -> None:
    note(node, "joined", note="")
    stranger.post("/federation/call", data={"host": HOST, "text": "x"})
    assert (peer(node).state, peer(node).note) == ("joined", "")


def test_the_form_is_not_sent_on_and_on(stranger: FlaskClient) -> None:
    sent = [
        stranger.post("/federation/call", data={"host": f"n{number}.example"}).status_code
        for number in range(6)
    ]
    assert sent == [302] * 5 + [429]


def test_without_an_open_call_there_is_no_page(quince: Linked) -> None:
    assert quince.app.test_client().get("/federation/call").status_code == 404


@pytest.fixture
def run(node: Node, post: Post, out: Stub, monkeypatch: pytest.MonkeyPatch) -> Any:
    for each in (commands, key_commands):
        monkeypatch.setattr(each, "the_node", lambda: node)
    runner = CliRunner()
    return lambda group, *words: runner.invoke(group, words)


def test_commands_do_what_the_pages_do(run: Any, node: Node, post: Post) -> None:
    asked = run(commands.peers_group, "ask", HOST, "--yes")
    assert asked.exit_code == 0, asked.output
    assert peer(node).fingerprint in asked.output
    assert [letter.document["type"] for letter in post.letters] == ["Follow"]
    assert "asked_by_us" in run(commands.peers_group, "list").output
    assert HOST in run(commands.peers_group, "list", "--json").output
    for command, state in (("block", "blocked"), ("unblock", "ended")):
        assert run(commands.peers_group, command, HOST).exit_code == 0
        assert peer(node).state == state
    assert run(commands.peers_group, "pause", HOST).exit_code == 1
    assert run(commands.peers_group, "accept", "nobody.example").exit_code == 1


def test_to_end_a_tie_by_command_is_confirmed_too(run: Any, node: Node) -> None:
    node.host._manager.register(Open())
    note(node, "joined")
    assert run(commands.peers_group, "end", HOST).exit_code == 1
    assert peer(node).state == "joined"
    done = run(commands.peers_group, "end", HOST, "--yes")
    assert "/orders" in done.output
    assert peer(node).state == "ended"


def test_keys_are_listed_and_rotated_without_a_private_half(run: Any, node: Node) -> None:
    assert run(key_commands.keys_group, "rotate").exit_code == 0
    listed = run(key_commands.keys_group, "list")
    assert listed.output.count("published") == 2
    assert "PRIVATE" not in run(key_commands.keys_group, "list", "--json").output
    assert run(key_commands.keys_group, "rotate").exit_code == 1
    assert run(key_commands.keys_group, "rotate", "--now").exit_code == 0


def test_a_node_in_open_mode_reads_and_is_read_by_all(
    pumpkin_lite: Linked, quince: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    from support.linked import DOOR

    from wizzle.core.errors import Forbidden
    from wizzle.federation import trust

    url = f"{quince.address}{DOOR}/x"
    with pytest.raises(Forbidden):
        trust.outgoing.fetch(pumpkin_lite.node, url)
    monkeypatch.setattr(trust.gate, "is_open", lambda node: True)
    assert trust.outgoing.fetch(pumpkin_lite.node, url)["read_by"] == pumpkin_lite.host
    join(pumpkin_lite, quince)
