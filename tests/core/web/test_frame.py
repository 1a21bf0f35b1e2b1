"""The frame around the pages is drawn once for many, and shows each only what is theirs."""

from __future__ import annotations

import re

from flask import render_template_string
from support.visitors import join

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def joined(site, name, email):
    browser = site.test_client()
    assert join(browser, name=name, email=email).status_code == 302
    return browser


def test_two_people_see_each_their_own_name(site):
    sky = joined(site, "하늘", "haneul@example.com")
    sea = joined(site, "바다", "bada@example.com")
    for _ in range(2):
        first, second = sky.get("/").text, sea.get("/").text
        assert [name in first for name in ("하늘", "haneul@", "바다", "bada@")] == [1, 1, 0, 0]
        assert [name in second for name in ("하늘", "haneul@", "바다", "bada@")] == [0, 0, 1, 1]


def test_a_name_is_not_read_as_a_page(site):
    page = joined(site, "<b>\ue001\ue003", "haneul@example.com").get("/").text
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


def test_each_logs_out_by_their_own_token(guarded, node):
    site = guarded
    site.config["WTF_CSRF_ENABLED"] = False
    sky = joined(site, "하늘", "haneul@example.com")
    sea = joined(site, "바다", "bada@example.com")
    site.config["WTF_CSRF_ENABLED"] = True
    tokens = [TOKEN.search(each.get("/").text).group(1) for each in (sky, sea)]
    assert tokens[0] != tokens[1]
    assert sea.post("/log-out", data={"csrf_token": tokens[0]}).status_code == 400
    assert sea.post("/log-out", data={"csrf_token": tokens[1]}).status_code == 302


def test_a_piece_is_drawn_once_for_each_key_and_language(site, node):
    drawn = []
    source = '{% call once("a", key) %}{{ draw() }}{{ key }} {{ _("Log in") }}{% endcall %}'

    def show(key, language):
        with site.test_request_context(headers={"Accept-Language": language}):
            site.preprocess_request()
            return render_template_string(source, key=key, draw=lambda: drawn.append(key) or "")

    shown = [show(key, language) for key in ("x", "<y>") for language in ("ko", "en", "ko")]
    assert drawn == ["x", "x", "<y>", "<y>"]
    words = ("로그인", "Log in", "로그인")
    assert shown == [f"{key} {word}" for key in ("x", "&lt;y&gt;") for word in words]


def test_a_page_leads_to_this_site_whatever_prefix_a_client_claims(site):
    evil = {"SCRIPT_NAME": "//evil.example"}
    client = site.test_client()
    for _ in range(2):
        assert "evil.example" not in client.get("/terms", environ_overrides=evil).text
        assert "evil.example" not in client.get("/terms").text


def test_head_tells_of_the_page_that_get_shows(site):
    client = site.test_client()
    page = "/spaces?kind=hub"
    assert client.head(page).headers["ETag"] == client.get(page).headers["ETag"]


def test_half_an_address_of_where_one_came_from_is_no_mistake_of_ours(site):
    site.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    answer = site.test_client().post("/nothing", headers={"Referer": "http://["})
    assert answer.status_code == 404


def test_what_is_always_the_same_is_said_to_each_in_their_language(site):
    def shown(language):
        with site.test_request_context(headers={"Accept-Language": language}):
            site.preprocess_request()
            return template.render()

    with site.test_request_context(headers={"Accept-Language": "en"}):
        site.preprocess_request()
        template = site.jinja_env.from_string('{{ 0|won }}{% if 0|won == "0원" %}!{% endif %}')
    assert [shown("en"), shown("ko"), shown("en")] == ["₩0", "0원!", "₩0"]
