"""Spaces: the page everyone sees, and what those who run it change."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from support.visitors import queries

from wizzle.core import members
from wizzle.core.models import AuditRecord, Space

DETAILS = {
    "name": "수유 햇살농장", "intro": "둘이서\n\n가꿔요", "province": "서울특별시",
    "county": "강북구", "address": "수유동 1", "phone": "02-000-1111", "email": "farm@example.com",
    "representative": "홍길동", "business_number": "1234567890", "mail_order_number": "제1호",
}  # fmt: skip


def audited(node):
    with node.db.read() as session:
        return [row.action for row in session.scalars(select(AuditRecord).order_by(AuditRecord.id))]


def test_a_steward_makes_a_page_and_everyone_finds_it(as_, client, node):
    bob = as_("bob")
    made = bob.post("/spaces/new", data={"kind": "producer", **DETAILS})
    assert made.status_code == 302
    assert "/people" in made.location
    page = client.get("/spaces/수유-햇살농장")
    assert page.status_code == 200
    for words in ("수유 햇살농장", "홍길동", "123-45-67890", "제1호", "02-000-1111", "판매자 정보"):
        assert words in page.text
    assert "<p>둘이서</p><p>가꿔요</p>" in page.text
    assert "수유 햇살농장" in client.get("/spaces?kind=producer").text
    assert "수유 햇살농장" not in client.get("/spaces?kind=shop").text
    assert "space.made" in audited(node)


@pytest.mark.parametrize("who", [None, "charlie", "erin", "dana"])
def test_nobody_else_makes_pages(as_, client, node, who):
    browser = as_(who) if who else client
    answer = browser.post("/spaces/new", data={"kind": "producer", **DETAILS})
    assert answer.status_code == (403 if who else 302)
    assert client.get("/spaces/수유-햇살농장").status_code == 404


def test_an_owner_edits_their_own_page_and_the_log_keeps_what_it_said(as_, cast, client, node):
    space = cast.space("farm")
    answer = as_("erin").post(f"/spaces/{space.slug}/edit", data={**DETAILS, "name": "새 이름"})
    assert answer.status_code == 302
    assert "새 이름" in client.get(f"/spaces/{space.slug}").text
    with node.db.read() as session:
        record = session.scalars(
            select(AuditRecord).where(AuditRecord.action == "space.edited")
        ).one()
        assert record.details["before"]["name"] == "완주로컬푸드협동조합"


@pytest.mark.parametrize("who", ["charlie", "frank", "dana"])
@pytest.mark.parametrize("page", ["edit", "picture", "people", "close"])
def test_nobody_changes_the_page_of_others(as_, cast, node, who, page):
    space = cast.space("farm")
    as_("erin")
    browser = as_(who)
    assert browser.post(f"/spaces/{space.slug}/{page}", data=DETAILS).status_code == 403
    with node.db.read() as session:
        assert session.get_one(Space, space.id).name == space.name


def test_strangers_are_sent_to_log_in(cast, client):
    space = cast.space("farm")
    for page in ("edit", "picture", "people"):
        assert client.get(f"/spaces/{space.slug}/{page}").location.startswith("/log-in?next=")


def test_what_the_form_does_not_ask_for_cannot_be_changed(as_, cast, node):
    space = cast.space("farm")
    more = {"slug": "stolen", "kind": "hub", "id": "77", "closed_at": "2020-01-01", "picture_id": 1}
    as_("erin").post(f"/spaces/{space.slug}/edit", data={**DETAILS, **more})
    with node.db.read() as session:
        kept = session.get_one(Space, space.id)
        assert (kept.slug, kept.kind, kept.closed_at) == (space.slug, "producer", None)
        assert kept.picture_id is None


def test_markup_in_what_people_write_stays_text(as_, cast, client):
    space = cast.space("farm")
    evil = "<img src=x onerror=alert(1)>"
    typed = {**DETAILS, "name": evil, "intro": evil, "representative": evil, "address": evil}
    assert as_("erin").post(f"/spaces/{space.slug}/edit", data=typed).status_code == 302
    for address in (f"/spaces/{space.slug}", "/spaces", f"/spaces/{space.slug}/edit"):
        browser = as_("erin") if address.endswith("edit") else client
        assert "<img src=x" not in browser.get(address).text


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("phone", "없음"), ("email", "farm"), ("business_number", "12-34"),
     ("intro", "가" * 4001)],
)  # fmt: skip
def test_what_cannot_be_used_is_said_beside_its_field(as_, cast, field, value):
    space = cast.space("farm")
    answer = as_("erin").post(f"/spaces/{space.slug}/edit", data={**DETAILS, field: value})
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text


def test_a_page_without_its_place_says_so_to_those_who_run_it(as_, cast, client, node):
    space = cast.space("farm")
    as_("erin").post(f"/spaces/{space.slug}/edit", data={**DETAILS, "county": ""})
    assert "시·군·구가 비어" in as_("erin").get(f"/spaces/{space.slug}").text
    assert "시·군·구가 비어" not in client.get(f"/spaces/{space.slug}").text


def test_a_closed_page_is_gone_for_all_but_stewards_and_comes_back(as_, cast, client):
    space = cast.space("farm")
    bob, erin = as_("bob"), as_("erin")
    assert erin.post(f"/spaces/{space.slug}/close").status_code == 403
    bob.post(f"/spaces/{space.slug}/close")
    assert client.get(f"/spaces/{space.slug}").status_code == 404
    assert space.name not in client.get("/spaces").text
    assert "닫힌 페이지" in bob.get(f"/spaces/{space.slug}").text
    bob.post(f"/spaces/{space.slug}/close", data={"open": "yes"})
    assert client.get(f"/spaces/{space.slug}").status_code == 200


def test_an_address_whose_hangul_comes_in_parts_leads_there_too(node, client):
    import unicodedata

    with node.db.write() as session:
        slug = members.make_space(session, kind="shop", name="가게", at=node.clock.now()).slug
    assert client.get("/spaces/" + unicodedata.normalize("NFD", slug)).status_code == 200


def test_a_long_list_comes_in_pages_of_the_same_cost(node, client):
    def make(count, start):
        with node.db.write() as session:
            for number in range(start, start + count):
                name = f"농장 {number // 2:03}"  # names come twice: the id decides between them
                members.make_space(session, kind="producer", name=name, at=node.clock.now())

    make(30, 0)
    client.get("/spaces")
    with queries(node) as few:
        client.get("/spaces")
    make(60, 30)
    with queries(node) as many:
        first = client.get("/spaces")
    assert len(few) == len(many)
    seen, answer = [], first
    import re

    for _ in range(10):
        seen += re.findall(r'<a href="(/spaces/[^"?]+)">', answer.text)
        following = re.search(r'rel="next" href="([^"]+)"', answer.text)
        if following is None:
            break
        answer = client.get(following.group(1).replace("&amp;", "&"))
    assert len(seen) == len(set(seen)) == 90
