"""The first page, the texts that the law asks for, and the sign of life."""

from __future__ import annotations

from structlog.testing import capture_logs

from wizzle.core.answers import MenuItem, Section
from wizzle.core.web import create_app


def answering(node, monkeypatch, **answers):
    """Let the host collect these answers; whatever else is asked gives nothing."""

    def collect(hook, **arguments):
        answer = answers.get(hook, ())
        return list(answer(**arguments) if callable(answer) else answer)

    monkeypatch.setattr(node.host, "collect", collect)
    return create_app(node)


def test_a_quiet_node_welcomes_people_all_the_same(client):
    page = client.get("/").text
    assert "강북위즐" in page
    assert "아직은 조용하네요" in page
    assert 'href="/join"' in page


def test_sections_stand_in_their_order_and_a_broken_one_is_left_out(node, monkeypatch):
    found = [
        Section("core/no_such_template.html", order=1),
        Section("wizzle/shell/flashes.html", order=2),
        Section("core/link_sent.html", {"email": "two@x"}, order=20),
        Section("core/link_sent.html", {"email": "one@x"}, order=10),
    ]
    site = answering(node, monkeypatch, home_sections=found)
    with capture_logs() as logs:
        answer = site.test_client().get("/")
    assert answer.status_code == 200
    assert 0 < answer.text.index("one@x") < answer.text.index("two@x")
    assert [line["template"] for line in logs] == ["core/no_such_template.html"]


def test_what_sections_are_given_is_escaped(node, monkeypatch):
    section = Section("core/link_sent.html", {"email": "<script>x</script>"})
    site = answering(node, monkeypatch, home_sections=[section])
    assert "<script>x" not in site.test_client().get("/").text


def test_the_menu_is_sorted_shown_to_whom_it_concerns_and_asked_once(node, monkeypatch, cast):
    asked = []

    def menu(node):
        asked.append(node)
        return [
            MenuItem("Log", "core.admin", order=90, action="core.admin"),
            MenuItem("Producers and places", "core.spaces", order=20),
            MenuItem("My page", "core.me", order=10, action="core.me"),
            MenuItem("Settings", "plugin.that_is_off"),
        ]

    site = answering(node, monkeypatch, menu=menu)

    def shown(client):
        page = client.get("/spaces").text.split("</header>")[0]
        return [
            word
            for word in ("내 정보", "생산자와 이웃 가게", "기록", "설정")
            if f">{word}<" in page
        ]

    assert shown(site.test_client()) == ["생산자와 이웃 가게"]
    assert shown(cast.signed_in(site, "bob")) == ["내 정보", "생산자와 이웃 가게", "기록"]
    assert len(asked) == 1


def test_every_page_names_who_runs_the_node_and_links_both_texts(client):
    for address in ("/", "/log-in", "/spaces", "/nothing"):
        page = client.get(address).text
        for words in ("강북 운영센터", "김수유", "02-000-0000", "hello@gangbuk.example"):
            assert words in page, address
        assert 'href="/terms"' in page
        assert 'href="/privacy"' in page


def test_the_privacy_policy_holds_what_the_law_asks_for(client):
    page = client.get("/privacy").text
    for item in (
        "목적", "항목", "보유 기간", "제3자 제공", "처리 위탁", "파기 절차", "권리", "쿠키",
        "안전성 확보 조치", "개인정보 보호책임자", "김수유", "02-000-0000", "118",
    ):  # fmt: skip
        assert item in page, item


def test_the_terms_speak_of_selling_only_where_there_is_selling(client):
    assert "누가 파나요" not in client.get("/terms").text


def test_the_sign_of_life_needs_the_database(client, node):
    assert client.get("/healthz").data == b"ok\n"
    assert client.get("/healthz").headers["Cache-Control"] == "no-store"


def test_two_nodes_live_side_by_side(site, new_node):
    other = create_app(new_node(plugins=(), address="https://other.example"))
    assert site.test_client().get("/").status_code == 200
    assert other.test_client().get("/").status_code == 200


def test_a_member_is_greeted_and_not_asked_to_join(client, as_):
    stranger, member = client.get("/").text, as_("alice").get("/").text
    assert 'class="hero"' in stranger
    assert "강북위즐</h1>" in stranger
    assert 'class="hero is-small"' in member
    assert "앨리스님, 안녕하세요</h1>" in member
    assert 'href="/join"' not in member
