"""Comments, quiet words, keeping, passing on: who may, and who sees it."""

from __future__ import annotations

from wizzle.core import moderation
from wizzle.core.facts import ThingHidden
from wizzle.core.moderation.rules import REASONS
from wizzle.plugins.feed.circles import actions as circles
from wizzle.plugins.feed.comments import queries

REASON = next(iter(REASONS))


def say(client, post, text="좋아요", key="k"):
    return client.post(f"/posts/{post}", data={"text": text, "idempotency_key": key})


def test_a_comment_sent_twice_stands_once_and_its_author_is_told(as_, write, node, neighbours):
    post = write("alice", "글", "members")
    for _ in range(2):
        assert say(as_("gina"), post, "정말 반가워요").status_code == 302
    page = as_("alice").get(f"/posts/{post}").text
    assert page.count("정말 반가워요") == 1
    assert "gina" in as_("alice").get("/me/notices").text


def test_nobody_comments_on_what_they_may_not_read(as_, site, write, circle):
    post = write("alice", "비밀", "circle", circle_id=circle)
    assert say(as_("charlie"), post).status_code == 404
    assert as_("charlie").post(f"/posts/{post}/react", data={"kind": "thanks"}).status_code == 404
    assert as_("charlie").post(f"/posts/{post}/keep", data={"kept": "yes"}).status_code == 404
    public = write("alice", "모두")
    stranger = site.test_client()
    assert say(stranger, public).status_code == 403
    assert stranger.get(f"/posts/{public}").text.count('class="comment"') == 0


def test_an_empty_or_endless_comment_is_refused_and_kept_in_the_form(as_, write):
    post, gina = write("alice"), as_("gina")
    for text in ("", "   ", "가" * 1001):
        answer = say(gina, post, text)
        assert answer.status_code == 422
        assert text.strip() in answer.text


def test_what_is_typed_is_never_part_of_the_page(as_, write):
    post = write("alice", "<script>alert(1)</script> \"'<b>")
    say(as_("gina"), post, "<img src=x onerror=alert(1)> 🥔 뷁")
    page = as_("charlie").get(f"/posts/{post}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "🥔 뷁" in page


def test_only_the_author_sees_how_many_said_a_word(as_, write):
    post = write("alice", "글", "members")
    for name in ("gina", "charlie"):
        as_(name).post(f"/posts/{post}/react", data={"kind": "thanks"})
    as_("gina").post(f"/posts/{post}/react", data={"kind": "cheer"})
    assert "고마워요 1 · 응원해요 1" in as_("alice").get(f"/posts/{post}").text.replace(
        "응원해요 1 · 고마워요 1", "고마워요 1 · 응원해요 1"
    )
    assert "post-counts" not in as_("gina").get(f"/posts/{post}").text


def test_who_wrote_a_comment_or_the_post_deletes_it_and_nobody_else(as_, write, node):
    post = write("alice", "글", "members")
    say(as_("gina"), post, "하나", "a")
    say(as_("gina"), post, "둘", "b")
    assert as_("charlie").post("/comments/1/delete").status_code == 403
    assert as_("gina").post("/comments/1/delete").status_code == 302
    assert as_("alice").post("/comments/2/delete").status_code == 302
    with node.db.read() as session:
        assert queries.comments_of(session, post, None) == []


def test_a_block_works_both_ways_for_posts_and_comments(as_, write, node, neighbours):
    post = write("charlie", "찰리의 글", "members")
    say(as_("alice"), post, "앨리스의 댓글", "a")
    say(as_("gina"), post, "지나의 댓글", "b")
    with node.db.write() as session:
        circles.set_tie(node, session, neighbours["alice"], neighbours["gina"], "block")
    theirs = write("gina", "지나의 글")
    assert "지나의 댓글" not in as_("alice").get(f"/posts/{post}").text
    assert "앨리스의 댓글" not in as_("gina").get(f"/posts/{post}").text
    assert as_("alice").get(f"/posts/{theirs}").status_code == 404
    assert as_("alice").get("/people/gina").status_code == 404
    for path in ("/posts", "/"):
        assert "지나의 글" not in as_("alice").get(path).text
    assert "지나의 글" in as_("charlie").get("/posts").text
    assert as_("gina").get("/people/alice").status_code == 404
    assert "앨리스의 댓글" in as_("charlie").get(f"/posts/{post}").text


def test_a_post_is_passed_on_to_its_own_audience_and_no_further(as_, write, circle, site):
    post = write("alice", "동그라미에게만", "circle", circle_id=circle)
    form = {"text": "이것 봐요", "share": str(post), "step": "publish"}
    for audience in ("members", "everyone"):
        answer = as_("gina").post("/posts/new", data={**form, "audience": audience})
        assert answer.status_code == 422
    answer = as_("gina").post("/posts/new", data={**form, "audience": f"circle:{circle}"})
    assert answer.status_code == 302
    assert "동그라미에게만" in as_("alice").get(answer.location).text
    assert as_("charlie").post(
        "/posts/new", data={**form, "audience": "members"}
    ).status_code == 404  # fmt: skip


def test_what_was_passed_on_is_read_anew_each_time(as_, write, node, neighbours):
    original = write("alice", "원래 글", "members")
    share = write("gina", "함께 봐요", "members", shares=original)
    assert "원래 글" in as_("charlie").get(f"/posts/{share}").text
    as_("alice").post(f"/posts/{original}/edit", data={
        "text": "원래 글", "audience": "me", "version": "1", "step": "publish"
    })  # fmt: skip
    assert "원래 글" not in as_("charlie").get(f"/posts/{share}").text
    assert "원래 글" not in as_("gina").get(f"/posts/{share}/edit").text
    as_("alice").post(f"/posts/{original}/delete")
    page = as_("charlie").get(f"/posts/{share}")
    assert page.status_code == 200
    assert "함께 봐요" in page.text


def test_what_is_kept_is_one_s_own_list(as_, write):
    post = write("alice", "간직할 글", "members")
    as_("gina").post(f"/posts/{post}/keep", data={"kept": "yes"})
    assert "간직할 글" in as_("gina").get("/me/kept").text
    assert "간직할 글" not in as_("charlie").get("/me/kept").text
    as_("gina").post(f"/posts/{post}/keep", data={"kept": "no"})
    assert "간직할 글" not in as_("gina").get("/me/kept").text


def test_stewards_hide_a_post_and_a_comment_and_show_them_again(as_, site, write, node):
    post = write("alice", "신고된 글")
    say(as_("gina"), post, "신고된 댓글")
    for hidden in (True, False):
        with node.db.write() as session:
            for subject in (f"post:{post}", "comment:1"):
                fact = ThingHidden(subject, hidden)
                node.hooks.thing_hidden(node=node, session=session, fact=fact)
        found = site.test_client().get(f"/posts/{post}")
        assert (found.status_code == 404) is hidden
        assert ("신고된 글" in found.text) is not hidden
        assert ("신고된 글" in as_("gina").get("/posts").text) is not hidden
        assert "신고된 글" in as_("alice").get(f"/posts/{post}").text
        assert ("신고된 댓글" in as_("alice").get(f"/posts/{post}").text) is not hidden


def test_a_steward_reads_a_post_for_few_only_once_it_is_reported(as_, write, circle, node):
    post = write("alice", "우리끼리", "circle", circle_id=circle)
    assert as_("bob").get(f"/posts/{post}").status_code == 404
    with node.db.read() as session:
        assert moderation.thing_of(node, session, f"post:{post}").title == f"#{post}"
    answer = as_("gina").post(
        f"/report?subject=post:{post}",
        data={"kind": "report", "reason": REASON, "text": "심한 말이 있어요"},
    )
    assert answer.status_code in (200, 302), answer.text
    assert as_("bob").get(f"/posts/{post}").status_code == 200
    assert as_("charlie").get(f"/posts/{post}").status_code == 404
