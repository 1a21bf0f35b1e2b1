"""The pages of collections as a resident types into them, well and badly."""

from __future__ import annotations

import io

from PIL import Image

from wizzle.core.models import Picture
from wizzle.plugins.feed.collections import actions
from wizzle.plugins.feed.collections.models import Collection


def picture(width: int = 30) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (width, 20), "green").save(file, "JPEG")
    file.seek(0)
    return file


def test_a_resident_makes_a_collection_from_a_page(shelf, as_, client):
    alice, shop = as_("alice"), shelf.space()
    assert "/collections/new?subject=" in alice.get(f"/collections/add?subject={shop}").text
    form = {"title": "  책이 있는 곳 ", "intro": "첫 줄\n둘째 줄", "idempotency_key": "a"}
    onward = alice.post(f"/collections/new?subject={shop}", data=form).location
    assert onward.startswith("/collections/add?subject=")
    number = onward.rpartition("=")[2]
    alice.post(onward, data={"to": number, "reason": "주인장이\n책을 골라 줘요"})
    alice.post(f"/collections/{number}/publish")
    page = client.get(f"/collections/{number}").text
    for words in (
        "책이 있는 곳",
        "첫 줄<br>둘째 줄",
        "주인장이 책을 골라 줘요",
        "수유 책방",
        "application/ld+json",
    ):
        assert words in page


BAD = (
    {"title": " "}, {"title": "가" * 81}, {"title": "두\n줄"}, {"intro": "가" * 2_001},
    {"idempotency_key": ""}, {"idempotency_key": "k" * 61}, {"caption": "가" * 201},
)  # fmt: skip


def test_what_cannot_be_used_is_said_and_stays_typed(as_, node):
    alice = as_("alice")
    for typed in BAD:
        form = {"title": "좋은 곳", "intro": "그대로 남아요", "idempotency_key": "a", **typed}
        answer = alice.post("/collections/new", data=form)
        assert answer.status_code == 422, typed
        assert "그대로 남아요" in answer.text or "intro" in typed
    with node.db.read() as session:
        assert session.query(Collection).count() == 0


def test_a_reason_is_needed_and_bounded_and_so_is_where_it_goes(shelf, as_):
    number, alice = shelf.made(), as_("alice")
    url = f"/collections/add?subject={shelf.space()}"
    for reason in ("", "   ", "가" * 301):
        assert alice.post(url, data={"to": number, "reason": reason}).status_code == 422
    for to in ("", "0", "-1", "x", "99999999999999", "1e3", "777"):
        assert alice.post(url, data={"to": to, "reason": "이유"}).status_code in (404, 422)
    assert shelf.items(number) == []


def test_somebody_elses_collection_takes_nothing(shelf, as_):
    number = shelf.public("gina")
    form = {"to": number, "reason": "이유"}
    answer = as_("alice").post(f"/collections/add?subject={shelf.space('hub')}", data=form)
    assert answer.status_code == 403
    assert len(shelf.items(number)) == 1


def test_signs_of_markup_stay_signs(shelf, client):
    number = shelf.public()
    shelf.add(
        number, None, title="<script>나무</script>", address="<b>길</b>", reason="<i>😀𪚥</i>"
    )
    page = client.get(f"/collections/{number}").text
    for sign in ("<script>나무", "<b>길", "<i>😀"):
        assert sign not in page
    assert "&lt;script&gt;나무" in page
    assert "𪚥" in page


def test_a_picture_comes_with_words_for_those_who_do_not_see_it(shelf, as_, client, node):
    number, alice = shelf.public(), as_("alice")
    form = {"title": "그림 있는 모음", "version": shelf.one(number).version}
    url = f"/collections/{number}/edit"
    bad = io.BytesIO(b"no picture")
    for more in ({"picture": (picture(), "a.jpg")}, {"picture": (bad, "a.jpg"), "caption": "무엇"}):
        assert alice.post(url, data={**form, **more}).status_code == 422
    with node.db.read() as session:
        assert session.query(Picture).count() == 0
    alice.post(url, data={**form, "picture": (picture(), "a.jpg"), "caption": "초록 밭"})
    assert 'alt="초록 밭"' in client.get(f"/collections/{number}").text
    assert 'alt="초록 밭"' in client.get("/collections").text


def test_a_deleted_collection_is_gone(shelf, as_, client):
    number = shelf.public()
    as_("alice").post(f"/collections/{number}/delete")
    assert client.get(f"/collections/{number}").status_code == 404
    assert shelf.items(number) == []
    assert shelf.one(number) is None


def test_lists_are_paged(shelf, client, node):
    shelf.settle("alice")
    for key in range(26):
        number = shelf.made(key=str(key), title=f"모음 {key:02d}")
        shelf.add(number, None, title="나무")
        with node.db.write() as session:  # at once: the day's bound is another test's
            found = session.get_one(Collection, number)
            found.public, found.published_at = True, node.clock.now()
    first = client.get("/collections").text
    assert "모음 25" in first
    assert "모음 01" not in first
    after = first.partition("after=")[2].partition('"')[0]
    second = client.get(f"/collections?after={after}").text
    assert "모음 01" in second
    assert "모음 02" not in second
    for nonsense in ("x", "-1", "99999999999", "1 OR 1=1"):
        assert client.get("/collections", query_string={"after": nonsense}).status_code == 200


def test_a_selection_has_its_week_whoever_publishes_it(shelf, as_, cast, node, client):
    number = int(as_("bob").post("/weekly/begin").location.split("/")[2])
    shelf.add(number, shelf.space(), "bob")
    shelf.do(actions.publish, "bob", number)
    assert str(shelf.one(number).week) == "2026-11-23"
    assert "보배" not in client.get(f"/collections/{number}").text


def test_a_number_names_one_collection_for_ever(shelf):
    number = shelf.made()
    shelf.do(actions.remove, "alice", number)
    assert shelf.made(key="k2") > number
