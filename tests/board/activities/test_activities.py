"""Activities: drafts, publishing, changes, questions, hiding, and who is told."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from support.letters import listening
from support.telling import bring, told, words
from support.visitors import queries as asked

from wizzle.core import follows
from wizzle.core.facts import PersonLeft
from wizzle.core.moderation.actions.subjects import show
from wizzle.core.search import EVERYONE
from wizzle.plugins.board.activities import actions, queries
from wizzle.plugins.board.activities.rules import Story

AT = "/board/organisations/garden/activities"
TYPED = {"title": "배추를 뽑았어요", "text": "육십 포기는 어르신께.", "version": "0"}


def ear(heard):
    """Return a plugin that notes what is published."""

    class Ear:
        @staticmethod
        def thing_published(fact):
            heard.append(fact)

        @staticmethod
        def thing_withdrawn(fact):
            heard.append(fact)

    return Ear


@pytest.fixture
def write(node, cast, garden):
    """Write an activity of the garden, published unless told otherwise; return its id."""

    def written(title="배추를 뽑았어요", *, published=True, key="", **more):
        dana = cast.person("dana").id
        story = Story(title, more.pop("text", "육십 포기는 어르신께."), **more)
        with node.db.write() as session:
            made = actions.draft(node, session, garden, story, key=key or title, actor_id=dana).id
            if published:
                actions.publish(node, session, made, actor_id=dana)
        return made

    return written


def test_a_draft_is_seen_by_those_who_run_it_alone(write, client, as_):
    page = f"/board/activities/{write(published=False)}"
    assert client.get(page).status_code == 404 == as_("alice").get(page).status_code
    assert as_("frank").get(page).status_code == 404
    assert "배추" in as_("dana").get(page).text
    assert "배추" not in client.get("/board").text


def test_what_is_sent_twice_is_one_draft_and_strangers_write_none(garden, as_, client, node):
    typed = {**TYPED, "idempotency_key": "k"}
    places = {as_("dana").post(f"{AT}/new", data=typed).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    assert as_("frank").post(f"{AT}/new", data=typed).status_code == 403
    assert as_("frank").post("/board/activities/1/publish").status_code == 403
    assert client.post(f"{AT}/new", data=typed).status_code == 302


def test_publishing_is_told_to_followers_once_and_to_listeners_each_time(
    node, cast, garden, write, as_
):
    alice = cast.person("alice")
    with node.db.write() as session:
        follows.follow(session, alice.id, f"space:{garden}", at=node.clock.now())
    heard = []
    dana = cast.person("dana").id
    with listening(node, ear(heard)):
        made = write()
        for step in (actions.publish, actions.withdraw, actions.withdraw, actions.publish):
            with node.db.write() as session:
                step(node, session, made, actor_id=dana)
    bring(node)
    assert len(told(node, alice.email)) == 1
    assert "배추를 뽑았어요" in words(node, "alice")[0]
    assert told(node, "dana@example.com") == []
    kinds = [type(fact).__name__ for fact in heard]
    assert kinds == ["ThingPublished", "ThingWithdrawn", "ThingPublished"]
    assert heard[0].subject == f"activity:{made}"
    assert heard[0].author == f"space:{garden}"


def test_a_change_is_kept_and_only_those_who_run_it_read_what_stood_before(
    write, as_, client, clock
):
    made = write()
    clock.advance(hours=1)
    page, dana = f"/board/activities/{made}", as_("dana")
    form = {**TYPED, "title": "무를 뽑았어요", "version": "1", "idempotency_key": "k"}
    assert dana.post(f"{page}/edit", data=form).status_code == 302
    stale = dana.post(f"{page}/edit", data={**form, "title": "다른 창"})
    assert stale.status_code == 409
    assert "다른 창" in stale.text
    assert "배추를 뽑았어요" in dana.get(f"{page}/history").text
    assert "배추를 뽑았어요" in as_("bob").get(f"{page}/history").text
    assert as_("frank").get(f"{page}/history").status_code == 403
    assert "무를 뽑았어요" in client.get(page).text
    assert "배추를 뽑았어요" not in client.get(page).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "가" * 121},
        {"text": "가" * 10_001},
        {"text": "번호는 900101-2345678"},
        {"ends_at": "2026-12-01T10:00"},
        {"starts_at": "2026-12-01T10:00", "ends_at": "2026-12-01T09:00"},
        {"starts_at": "9999-12-31T23:59"},
        {"starts_at": "어제"},
        {"version": "x"},
    ],
)
@pytest.mark.parametrize("node", ["sqlite"], indirect=True)
def test_what_cannot_be_used_is_said_with_what_was_typed(garden, as_, wrong):
    answer = as_("dana").post(f"{AT}/new", data={**TYPED, "idempotency_key": "k", **wrong})
    assert answer.status_code == 422
    assert "확인해 주세요" in answer.text


@pytest.mark.parametrize("node", ["sqlite"], indirect=True)
def test_scripts_emoji_and_rare_hangul_are_shown_as_they_are(write, client):
    made = write("<script>alert(1)</script> 🥬 뷁", text="<img src=x onerror=alert(1)>\n\n둘째")
    page = client.get(f"/board/activities/{made}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "🥬 뷁" in page


@pytest.mark.parametrize("node", ["sqlite"], indirect=True)
def test_pictures_need_words_and_are_few(node, write, as_, client):
    made = write()
    at = f"/board/activities/{made}/pictures"
    drawn = BytesIO()
    Image.new("RGB", (30, 20), "green").save(drawn, "PNG")

    def send(caption="밭에서 배추를 뽑는 이웃들", who="dana"):
        data = {"caption": caption, "picture": (BytesIO(drawn.getvalue()), "a.png")}
        return as_(who).post(at, data=data).status_code

    assert send("") == 422
    assert send(who="frank") == 403
    assert [send() for _ in range(8)] == [302] * 8
    assert send() == 409
    assert 'alt="밭에서 배추를 뽑는 이웃들"' in client.get(f"/board/activities/{made}").text
    with node.db.read() as session:
        first = queries.pictures_of(session, made)[0].id
    other = write("다른 글")
    assert as_("dana").post(f"/board/activities/{other}/pictures/{first}/remove").status_code == 404
    assert as_("dana").post(f"{at}/{first}/remove").status_code == 302


def ask(as_, made, text="내년에도 하나요?", who="alice", key="k"):
    at = f"/board/activities/{made}/ask"
    return as_(who).post(at, data={"text": text, "idempotency_key": key}, follow_redirects=True)


def question_of(node, made):
    with node.db.read() as session:
        return queries.questions_of(session, made, limit=5)[0].id


def test_a_question_stands_once_is_told_and_its_answer_too(node, cast, write, as_, client):
    made = write()
    for _ in range(2):
        assert "내년에도 하나요?" in ask(as_, made).text
    assert client.get(f"/board/activities/{made}").text.count("내년에도 하나요?") == 1
    assert any("질문이 왔어요" in each for each in words(node, "dana"))
    assert any("질문이 왔어요" in each for each in words(node, "erin"))
    at = f"/board/activities/{made}/questions/{question_of(node, made)}/answer"
    assert as_("alice").post(at, data={"answer": "네"}).status_code == 403
    for answer in ("네, 2월에 알릴게요.", "네, 3월에 알릴게요."):
        as_("dana").post(at, data={"answer": answer})
    assert "3월에" in client.get(f"/board/activities/{made}").text
    assert len([each for each in words(node, "alice") if "답했어요" in each]) == 1


def test_questions_that_wait_are_few_and_only_members_ask(node, write, as_, client):
    made = write()
    for number in range(5):
        ask(as_, made, f"질문 {number}", key=str(number))
    page = client.get(f"/board/activities/{made}").text
    assert "질문 2" in page
    assert "질문 3" not in page
    assert client.post(f"/board/activities/{made}/ask", data={"text": "?"}).status_code == 302
    assert ask(as_, made, "", who="gina").status_code == 200


def test_nobody_asks_about_what_is_not_public(write, as_):
    made = write(published=False)
    at = f"/board/activities/{made}/ask"
    answer = as_("alice").post(at, data={"text": "?", "idempotency_key": "k"})
    assert as_("alice").get(answer.headers["Location"]).status_code == 404


def test_a_question_is_taken_back_by_who_asked_and_goes_with_them(node, cast, write, as_, client):
    made = write()
    ask(as_, made)
    question = question_of(node, made)
    assert as_("dana").post(f"/board/questions/{question}/remove").status_code == 403
    assert as_("alice").post(f"/board/questions/{question}/remove").status_code == 302
    ask(as_, made, "두 번째 질문", key="2")
    alice = cast.person("alice")
    with node.db.write() as session:
        fact = PersonLeft(alice.id, alice.name, alice.email, "ko")
        node.hooks.person_left(node=node, session=session, fact=fact)
    assert "두 번째 질문" not in client.get(f"/board/activities/{made}").text


def hide(node, subject, *, hidden=True):
    with node.db.write() as session:
        show(node, session, subject, hidden=hidden)


def test_a_measure_hides_an_activity_everywhere_and_shows_it_again(node, write, as_, client):
    made = write()
    subject, page = f"activity:{made}", f"/board/activities/{made}"
    assert client.get(f"/report?subject={subject}").status_code == 200
    hide(node, subject)
    assert client.get(page).status_code == 404
    assert as_("dana").get(page).status_code == 200
    for path in ("/board", "/spaces/garden", "/", "/feeds/activities.atom"):
        assert "배추를" not in client.get(path).text, path
    assert as_("dana").post(f"{page}/withdraw").status_code == 302
    as_("dana").post(f"{page}/publish")  # nobody puts back what is hidden
    assert client.get(page).status_code == 404
    hide(node, subject, hidden=False)
    as_("dana").post(f"{page}/publish")
    assert client.get(page).status_code == 200


def test_a_measure_hides_a_question_alone(node, write, as_, client):
    made = write()
    ask(as_, made)
    subject = f"board_question:{question_of(node, made)}"
    hide(node, subject)
    page = client.get(f"/board/activities/{made}")
    assert page.status_code == 200
    assert "내년에도" not in page.text
    hide(node, subject, hidden=False)
    assert "내년에도" in client.get(f"/board/activities/{made}").text


def test_what_can_be_found_follows_what_can_be_seen(node, cast, write):
    made = write()

    def readers():
        with node.db.read() as session:
            return queries.ACTIVITIES.read(session, [made])[0].readers

    assert readers() == {EVERYONE}
    hide(node, f"activity:{made}")
    assert EVERYONE not in readers()


@pytest.mark.parametrize("node", ["sqlite"], indirect=True)
def test_a_closed_page_takes_its_activities_along(node, cast, garden, write, as_, client):
    made = write()
    as_("bob").post("/spaces/garden/close")
    for path in (f"/board/activities/{made}", AT):
        assert client.get(path).status_code == 404
    assert "배추를" not in client.get("/board").text


def test_lists_are_paged_without_gaps_and_cost_the_same(node, write, client, clock):
    for number in range(3):
        write(f"활동 {number:02}")
    client.get("/board")
    with asked(node) as few:
        client.get("/board?x=1")
    for number in range(3, 30):
        clock.now_ = clock.now() + timedelta(milliseconds=1)
        write(f"활동 {number:02}")
    with asked(node) as many:
        first = client.get("/board").text
    assert len(many) <= len(few)
    seen, path = [], "/board"
    for _ in range(5):
        page = client.get(path).text
        seen += [n for n in range(30) if f"활동 {n:02}" in page]
        rest = page.partition('rel="next" href="')[2]
        path = rest.partition('"')[0].replace("&amp;", "&")
        if not path:
            break
    assert first
    assert sorted(seen) == list(range(30))
    assert len(seen) == 30
    assert client.get("/board?after=nonsense").status_code == 200
    assert client.get("/board?after=9999999999999999-1").status_code == 200


def test_a_draft_is_thrown_away_but_nothing_that_was_public(node, write, as_):
    draft, public = write("준비", published=False), write()
    assert as_("frank").post(f"/board/activities/{draft}/discard").status_code == 403
    assert as_("dana").post(f"/board/activities/{public}/discard").status_code == 409
    assert as_("dana").post(f"/board/activities/{draft}/discard").status_code == 302
    assert as_("dana").get(f"/board/activities/{draft}").status_code == 404


@pytest.mark.parametrize("node", ["sqlite"], indirect=True)
def test_drafts_that_wait_are_bounded(node, write, garden, as_):
    for number in range(40):
        write(f"준비 {number}", published=False)
    answer = as_("dana").post(f"{AT}/new", data={**TYPED, "idempotency_key": "one more"})
    assert answer.status_code == 409
    assert "육십 포기" in answer.text
