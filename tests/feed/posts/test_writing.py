"""Writing: once per form, for newcomers less, with history, gone when deleted."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from support.writing import photo

from wizzle.core import pictures, search
from wizzle.core.auth import accounts
from wizzle.core.errors import Invalid, Refused, TooMany
from wizzle.core.models import Picture
from wizzle.core.outbox import run_due
from wizzle.plugins.feed.circles.models import Circle, Membership, Profile, Tie
from wizzle.plugins.feed.comments.models import Comment, Reaction, Saved
from wizzle.plugins.feed.posts import actions
from wizzle.plugins.feed.posts.models import (
    Edition,
    Item,
    Mention,
    Post,
    PostPicture,
    PostTag,
    Stream,
)
from wizzle.plugins.feed.posts.rules import A_DAY_OF_NEWCOMERS, Wording

ALL = (Post, PostPicture, PostTag, Mention, Edition, Item, Stream, Comment, Reaction, Saved,
       Profile, Circle, Membership, Tie, Picture)  # fmt: skip


def form(**more):
    return {"text": "감자를 캤어요 #감자", "audience": "members", "step": "publish", **more}


def test_a_form_sent_twice_makes_one_post_also_at_the_same_moment(node, neighbours):
    def begin(_: int) -> int:
        with node.db.write() as session:
            wording = Wording("한 번만")
            return actions.begin(node, session, neighbours["alice"], wording, key="same").id

    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(begin, range(8)))
    assert len(made) == 1


def test_a_draft_is_its_author_s_alone_until_it_is_published(as_, site, node):
    answer = as_("alice").post("/posts/new", data=form(step="draft", idempotency_key="d"))
    edit = answer.location
    assert "감자를 캤어요" in as_("alice").get("/me/posts").text
    assert as_("gina").get("/posts/1").status_code == 404
    assert as_("gina").get(edit).status_code == 404
    answer = as_("alice").post(edit, data=form(version="1"))
    assert as_("gina").get(answer.location).status_code == 200
    assert "감자를 캤어요" not in as_("alice").get("/me/posts").text


def test_what_was_changed_is_seen_by_the_readers_of_the_post(as_, write):
    post = write("alice", "처음 글", "members")
    as_("alice").post(f"/posts/{post}/edit", data=form(text="나중 글", version="1"))
    page = as_("gina").get(f"/posts/{post}/history").text
    assert "처음 글" in page
    assert "고친 글이에요" in as_("gina").get(f"/posts/{post}").text


def test_two_windows_do_not_write_over_each_other(as_, write):
    post = write("alice", "글", "members")
    assert as_("alice").post(f"/posts/{post}/edit", data=form(version="1")).status_code == 302
    again = as_("alice").post(f"/posts/{post}/edit", data=form(text="다른 창", version="1"))
    assert again.status_code == 409
    assert "다른 창" in again.text


def test_nobody_changes_or_deletes_what_others_wrote(as_, write):
    post = write("alice", "글")
    assert as_("gina").get(f"/posts/{post}/edit").status_code == 404
    assert as_("gina").post(f"/posts/{post}/edit", data=form(version="1")).status_code == 404
    as_("gina").post(f"/posts/{post}/delete")
    assert as_("alice").get(f"/posts/{post}").status_code == 200


def test_a_picture_needs_words_and_there_are_at_most_eight(as_, node, neighbours, write):
    brought = {"picture": (io.BytesIO(photo()), "a.png")}
    answer = as_("alice").post("/posts/new", data=form(**brought))
    assert answer.status_code == 422
    assert "감자를 캤어요" in answer.text
    post = write("alice", "사진", "members")
    with node.db.write() as session:
        for number in range(8):
            kept = pictures.prepare(photo(f"#{number}00000"))
            actions.add_picture(node, session, post, neighbours["alice"], kept, "감")
        with pytest.raises(Refused):
            actions.add_picture(node, session, post, neighbours["alice"], kept, "감")
        with pytest.raises(Invalid):
            actions.add_picture(node, session, post, neighbours["alice"], kept, "  ")


def test_a_newcomer_brings_twenty_pictures_a_day_and_no_more(node, cast):
    me, kept = cast.person("charlie").id, pictures.prepare(photo())

    def bring(number: int) -> None:
        with node.db.write() as session:
            post = actions.begin(node, session, me, Wording("사진"), key=f"k{number // 8}")
            actions.add_picture(node, session, post.id, me, kept, "감")

    for number in range(20):
        bring(number)
    with pytest.raises(TooMany):
        bring(20)


def test_pictures_are_described_anew_and_taken_out(as_, write, node):
    post = write("alice", "사진", "members", picture=pictures.prepare(photo()))
    with node.db.read() as session:
        number = session.scalars(select(PostPicture.id)).one()
    blank = as_("alice").post(
        f"/posts/{post}/edit", data=form(version="1", **{f"caption-{number}": " "})
    )
    assert blank.status_code == 422
    as_("alice").post(
        f"/posts/{post}/edit", data=form(version="1", **{f"caption-{number}": "감자 한 바구니"})
    )
    assert 'alt="감자 한 바구니"' in as_("gina").get(f"/posts/{post}").text
    as_("alice").post(f"/posts/{post}/edit", data=form(version="2", drop=str(number)))
    assert "감자 한 바구니" not in as_("gina").get(f"/posts/{post}").text


BROKEN = (
    {"audience": "nobody"}, {"audience": "circle:99"}, {"text": "가" * 5001}, {"text": ""},
    {"place": "가" * 81}, {"audience": "circle:" + "9" * 30}, {"audience": "circle:"},
)  # fmt: skip


def test_what_cannot_be_used_is_said_and_kept_in_the_form(as_, neighbours):
    alice = as_("alice")
    for broken in BROKEN:
        answer = alice.post("/posts/new", data=form(**broken))
        assert answer.status_code == 422, broken
        assert 'role="alert"' in answer.text
        assert broken.get("text", "감자를 캤어요") in answer.text


def test_newcomers_write_less_without_links_and_names(node, cast, as_):
    text = "놀러 오세요 https://example.org"
    answer = as_("charlie").post("/posts/new", data=form(text=text))
    assert answer.status_code == 409
    assert "example.org" in answer.text
    for number in range(A_DAY_OF_NEWCOMERS):
        key = f"k{number}"
        sent = as_("charlie").post("/posts/new", data=form(idempotency_key=key))
        assert sent.status_code == 302
    assert as_("charlie").post("/posts/new", data=form()).status_code == 429
    me = cast.person("charlie").id
    with node.db.write() as session, pytest.raises(Refused):
        actions.check_newcomer(node, session, me, "안녕", ["person:1"])


def test_what_a_post_names_is_read_anew(node, as_, cast, write):
    shop = cast.space("shop")
    post = write(
        "alice", "책방에서 읽었어요", subjects=(f"space:{shop.id}", "space:999", "order:1")
    )
    assert "수유 책방" in as_("gina").get(f"/posts/{post}").text
    assert "책방에서 읽었어요" in as_("gina").get("/spaces/shop").text
    with node.db.write() as session:
        session.get_one(type(shop), shop.id).closed_at = node.clock.now()
    assert "수유 책방" not in as_("gina").get(f"/posts/{post}").text


def test_things_to_name_are_found_by_a_word(node, as_, cast, neighbours):
    cast.space("shop")
    while search.keep_up(node):
        pass
    sent = as_("alice").post("/posts/new", data=form(step="look", q="책방"))
    page = as_("alice").get(sent.location).text
    assert "수유 책방" in page


def test_nothing_is_left_of_whoever_leaves(node, as_, write, neighbours, circle, cast):
    post = write("alice", "#감자", picture=pictures.prepare(photo()))
    write("alice", "비밀", "circle", circle_id=circle)
    other = write("gina", "지나의 글", "members")
    as_("alice").post(f"/posts/{other}", data={"text": "댓글", "idempotency_key": "c"})
    as_("alice").post(f"/posts/{other}/react", data={"kind": "warm"})
    as_("alice").post(f"/posts/{other}/keep", data={"kept": "yes"})
    as_("gina").post("/me/apart", data={"person": str(neighbours["alice"]), "kind": "mute"})
    as_("gina").post(f"/posts/{post}", data={"text": "댓글", "idempotency_key": "c"})
    with node.db.write() as session:
        accounts.leave(session, node, neighbours["alice"])
    run_due(node.db, node.clock, {actions.SWEEP: lambda payload: actions.sweep(node, payload)})
    with node.db.read() as session:
        left = {model.__tablename__: session.scalar(select(func.count()).select_from(model))
                for model in ALL}  # fmt: skip
        assert session.get_one(Circle, circle).owner_id == neighbours["gina"]
    gina_s = {"feed_post": 1, "feed_item": 1, "feed_stream": 1, "feed_profile": 1,
              "feed_circle": 1, "feed_membership": 1}  # fmt: skip
    assert {name: count for name, count in left.items() if count} == gina_s
    assert list(node.settings.media_folder.rglob("*.webp")) == []


def test_what_one_wrote_can_be_taken_along(node, write, neighbours, circle):
    write("alice", "내 글 #감자", "members")
    with node.db.read() as session:
        found = node.host.collect(
            "personal_data", node=node, session=session, person_id=neighbours["alice"]
        )
    kept = {each.name: each.rows for each in found}
    assert kept["posts"][0]["text"] == "내 글 #감자"
    assert kept["circles"][0]["name"] == "옥상 텃밭"
    assert kept["public_page"][0]["handle"] == "alice"
