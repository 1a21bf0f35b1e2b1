"""The language of a page: the person's, else the choice, else the browser's, else the node's."""

from __future__ import annotations

import pytest
from support.visitors import person


def language_of(answer):
    return answer.text.split('<html lang="', 1)[1][:2]


def test_a_stranger_is_greeted_in_the_node_s_first_language(client):
    assert language_of(client.get("/")) == "ko"


@pytest.mark.parametrize(
    ("wish", "language"),
    [("en-GB,en;q=0.9", "en"), ("ko-KR,ko;q=0.9,en;q=0.8", "ko"), ("de,fr", "ko"), ("*", "ko"),
     ("en;q=0.2,ko;q=0.9", "ko"), (";;;,,=", "ko")],
)  # fmt: skip
def test_a_browser_says_which_language_it_wants(client, wish, language):
    assert language_of(client.get("/", headers={"Accept-Language": wish})) == language


def test_a_choice_holds_without_a_token_and_leads_back(guarded):
    visitor = guarded.test_client()
    answer = visitor.post("/language", data={"language": "en", "next": "/spaces?kind=hub"})
    assert answer.location == "/spaces?kind=hub"
    assert language_of(visitor.get("/", headers={"Accept-Language": "ko"})) == "en"


def test_a_choice_leads_to_no_other_site_and_takes_no_other_language(client):
    assert (
        client.post("/language", data={"language": "en", "next": "//evil.example"}).location == "/"
    )
    client.post("/language", data={"language": "xx"})
    assert language_of(client.get("/")) == "en"


def test_a_choice_on_a_page_that_answers_a_refused_post_leads_to_a_page_that_can_be_read(as_):
    dana = as_("dana")
    refused = dana.post(
        "/me/leave", data={"password": "wrong"}, headers={"Referer": "http://localhost/me?x=1"}
    )
    assert f'name="next" value="{_next(refused)}"' in refused.text
    assert dana.get(_next(refused)).status_code == 200


@pytest.mark.parametrize(
    ("referer", "leads_to"),
    [
        ("http://localhost/cart?x=1", "/cart?x=1"),
        ("http://evil.example/cart", "/"),
        (None, "/"),
    ],
)
def test_an_address_that_only_takes_posts_leads_back_to_where_one_came_from(as_, referer, leads_to):
    headers = {"Referer": referer} if referer else {}
    missing = as_("bob").post("/spaces/no-such/close", data={}, headers=headers)
    assert missing.status_code >= 400
    assert _next(missing) == leads_to


def _next(answer):
    return answer.text.split('name="next" value="', 1)[1].split('"', 1)[0].replace("&amp;", "&")


def test_a_member_s_choice_follows_them_to_their_next_device(as_, cast, node, site):
    as_("alice").post("/language", data={"language": "en"})
    assert person(node, "alice@example.com").language == "en"
    assert language_of(as_("alice").get("/")) == "en"


def test_every_sentence_of_the_core_is_korean_on_a_korean_page(client, as_):
    """A missing translation shows as English words among the Hangul."""
    import re

    english = re.compile(r">\s*[A-Z][a-z]+ [a-z]+ [a-z]+[^<]*<")
    bob = as_("bob")
    for address in (
        "/", "/log-in", "/join", "/forgotten", "/terms", "/privacy", "/spaces", "/spaces/new",
        "/me", "/me/profile", "/me/password", "/me/devices", "/me/consents", "/me/leave", "/admin",
        "/admin/people", "/admin/plugins", "/admin/jobs", "/admin/log", "/admin/settings",
    ):  # fmt: skip
        browser = client if address in ("/log-in", "/join", "/forgotten") else bob
        body = browser.get(address).text.split("</head>")[1]
        assert english.findall(body) == [], address
