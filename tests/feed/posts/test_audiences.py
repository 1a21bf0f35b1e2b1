"""Who reads what: page, lists, search, news, API and pictures all say the same."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from support.writing import photo, the_row

from wizzle.core import pictures, search
from wizzle.core.outbox import run_due
from wizzle.plugins.feed.circles import actions as circles
from wizzle.plugins.feed.posts import actions as posts
from wizzle.plugins.feed.posts.models import PostPicture
from wizzle.plugins.feed.posts.rules import Wording

SECRET = "호랑이콩밥"


@pytest.fixture
def readers(site, as_, neighbours):
    return {"stranger": site.test_client(), **{name: as_(name) for name in neighbours}}


def settle(node):
    while search.keep_up(node):
        pass
    run_due(node.db, node.clock, {posts.SWEEP: lambda payload: posts.sweep(node, payload)})


@pytest.mark.parametrize(
    ("audience", "who"),
    [
        ("everyone", {"stranger", "alice", "gina", "charlie", "bob"}),
        ("members", {"alice", "gina", "charlie", "bob"}),
        ("circle", {"alice", "gina"}),
        ("me", {"alice"}),
    ],
)
def test_a_post_is_read_by_those_for_whom_it_is_and_nobody_else(
    node, readers, write, circle, audience, who
):
    more = {"circle_id": circle} if audience == "circle" else {}
    post = write("alice", f"{SECRET} #비밀콩", audience, picture=pictures.prepare(photo()), **more)
    settle(node)
    with node.db.read() as session:
        picture = session.scalars(select(PostPicture.id)).one()
    digest = _digest(node, post)
    for name, client in readers.items():
        reads = name in who
        page = client.get(f"/posts/{post}")
        assert (page.status_code == 200) is reads, name
        history = client.get(f"/posts/{post}/history").status_code
        assert (history == 200) is reads, name
        assert (client.get(f"/posts/pictures/{picture}/large.webp").status_code == 200) is reads
        assert (SECRET in client.get("/tags/비밀콩").text) is reads, name
        assert (SECRET in client.get("/people/alice").text) is reads, name
        hits = client.get(f"/search?q={SECRET}&kind=post").text
        assert (f'href="/posts/{post}"' in hits) is reads, name
        everywhere = client.get(f"/pictures/{digest}/large.webp").status_code
        assert (everywhere == 200) is (audience == "everyone")
    for path in ("/posts", "/api/v1/posts", "/feeds/posts.atom", "/people/alice.atom",
                 "/api/v1/posts?tag=비밀콩", "/sitemap.xml"):  # fmt: skip
        text = readers["charlie"].get(path).text
        assert (SECRET in text) is (audience == "everyone" and path != "/sitemap.xml"), path
    status = readers["charlie"].get(f"/api/v1/posts/{post}").status_code
    assert (status == 200) is (audience == "everyone")


def _digest(node, post):
    from wizzle.plugins.feed.posts.queries import pictures_of

    with node.db.read() as session:
        return pictures_of(session, [post])[post][0].digest


def test_a_report_link_does_not_tell_what_a_post_for_few_says(readers, write, circle):
    post = write("alice", SECRET, "circle", circle_id=circle)
    for name in ("stranger", "charlie"):
        assert SECRET not in readers[name].get(f"/report?subject=post:{post}").text


def test_a_picture_goes_behind_the_door_when_a_post_is_for_fewer(node, readers, write, neighbours):
    post = write("alice", "감나무", picture=pictures.prepare(photo()))
    settle(node)
    digest = _digest(node, post)
    assert readers["stranger"].get(f"/pictures/{digest}/small.webp").status_code == 200
    with node.db.write() as session:
        posts.change(node, session, post, neighbours["alice"], Wording("감나무", "me"), version=1)
    settle(node)
    assert readers["stranger"].get(f"/pictures/{digest}/small.webp").status_code == 404
    assert readers["alice"].get(f"/posts/{post}").status_code == 200


def test_a_picture_that_somebody_else_shows_too_stays_with_them(node, readers, write, neighbours):
    same = photo("green")
    mine = write("alice", "하나", "me", picture=pictures.prepare(same))
    theirs = write("gina", "둘", "everyone", picture=pictures.prepare(same))
    settle(node)
    digest = _digest(node, mine)
    with node.db.write() as session:
        posts.erase(node, session, mine, neighbours["alice"])
    settle(node)
    assert readers["stranger"].get(f"/pictures/{digest}/large.webp").status_code == 200
    assert not pictures.file(node, digest, "large", closed=True).exists()
    with node.db.write() as session:
        posts.erase(node, session, theirs, neighbours["gina"])
    settle(node)
    assert readers["stranger"].get(f"/pictures/{digest}/large.webp").status_code == 404
    assert not pictures.file(node, digest, "large").exists()


def test_whoever_leaves_a_circle_reads_nothing_of_it_any_more(node, readers, write, circle,
                                                              neighbours):  # fmt: skip
    post = write("alice", SECRET, "circle", circle_id=circle)
    assert readers["gina"].get(f"/posts/{post}").status_code == 200
    with node.db.write() as session:
        circles.remove(session, circle, neighbours["alice"], neighbours["gina"])
    assert readers["gina"].get(f"/posts/{post}").status_code == 404
    assert SECRET not in readers["gina"].get("/feed").text


def test_of_a_circle_that_is_dissolved_each_author_keeps_their_own(node, readers, write, circle,
                                                                    neighbours):  # fmt: skip
    post = write("gina", SECRET, "circle", circle_id=circle)
    with node.db.write() as session:
        circles.dissolve(session, circle, neighbours["alice"])
    assert readers["gina"].get(f"/posts/{post}").status_code == 200
    assert readers["alice"].get(f"/posts/{post}").status_code == 404


def test_a_public_post_needs_a_page_that_was_opened(readers):
    form = {"text": "모두에게", "audience": "everyone", "step": "publish"}
    answer = readers["charlie"].post("/posts/new", data=form)
    assert answer.status_code == 422
    assert "모두에게" in answer.text


def test_whoever_closes_their_page_is_read_by_members_alone(readers, write, node):
    post = write("alice", SECRET)
    readers["alice"].post("/me/page/close")
    assert readers["stranger"].get(f"/posts/{post}").status_code == 404
    assert readers["stranger"].get("/people/alice").status_code == 404
    assert readers["charlie"].get(f"/posts/{post}").status_code == 200
    assert the_row(node, post).told is False
