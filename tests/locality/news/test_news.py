"""News: who writes them, who reads them, what is told of them."""

from __future__ import annotations

import io
import re

from PIL import Image
from sqlalchemy import select
from support.letters import listening

from wizzle.core import follows
from wizzle.core.hookspecs import hookimpl
from wizzle.core.models import Job
from wizzle.plugins.locality.news.models import News, NewsEdition

TEXT = "**감자**를 캤어요. <script>alert(1)</script>\n\n![x](https://evil.example/x.png) [우리](https://a.example)"


def write(browser, path="/spaces/farm/news/new", **typed):
    return browser.post(
        path, data={"title": "감자 캤어요", "text": TEXT, "publish": "yes", **typed}
    )


def only(node):
    with node.db.read() as session:
        return session.scalars(select(News)).one()


def path_of(answer):
    return answer.headers["Location"]


def test_news_are_read_by_all_and_hold_nothing_but_words(node, as_, client):
    where = path_of(write(as_("erin")))
    page = client.get(where)
    assert page.status_code == 200
    assert "<strong>감자</strong>를" in page.text
    assert "<script>alert" not in page.text
    assert '<img src="https://evil' not in page.text
    assert 'href="https://a.example" rel="nofollow' in page.text
    for listed in ("/news", "/spaces/farm/news", "/spaces/farm", "/", "/feeds/stories.atom"):
        assert "감자 캤어요" in client.get(listed).text, listed


def test_a_draft_is_nobody_s_but_its_writers(node, as_, client):
    erin = as_("erin")
    where = path_of(write(erin, publish=""))
    assert erin.get(where).status_code == 200
    for other in (client, as_("alice"), as_("dana")):
        assert other.get(where).status_code == 404
        for listed in ("/news", "/spaces/farm/news", "/spaces/farm", "/", "/feeds/stories.atom"):
            assert "감자 캤어요" not in other.get(listed).text, listed
    assert "감자 캤어요" in erin.get("/spaces/farm/news").text
    assert erin.post(f"{where}/publish").status_code == 302
    assert client.get(where).status_code == 200


def test_whoever_does_not_run_a_page_writes_and_changes_none_of_its_news(node, as_):
    where = path_of(write(as_("erin")))
    for name in ("alice", "dana", "frank"):
        other = as_(name)
        assert write(other).status_code == 403
        assert write(other, "/news/new").status_code == 403
        for step in ("edit", "publish", "withdraw", "pin", "unpin", "discard"):
            assert (
                other.post(f"{where}/{step}", data={"title": "x", "text": "y"}).status_code == 403
            )
    assert only(node).version == 1


def test_the_node_s_own_news_are_its_stewards_alone(node, as_, client):
    where = path_of(write(as_("bob"), "/news/new"))
    assert "강북위즐" in client.get(where).text
    assert as_("erin").post(f"{where}/withdraw").status_code == 403
    assert as_("bob").post(f"{where}/withdraw").status_code == 302
    assert client.get(where).status_code == 404


def test_what_public_news_said_before_stays_to_be_read(node, as_, client):
    erin = as_("erin")
    where = path_of(write(erin))
    typed = {"title": "감자 다 팔렸어요", "text": "고맙습니다.", "version": 1}
    assert erin.post(f"{where}/edit", data=typed).status_code == 302
    assert erin.post(f"{where}/edit", data=typed).status_code == 409  # an older window
    history = client.get(f"{where}/history").text
    assert "감자 캤어요" in history
    assert "감자 다 팔렸어요" in client.get(where).text


def test_a_form_sent_twice_makes_one_thing(node, as_):
    erin = as_("erin")
    page = erin.get("/spaces/farm/news/new").text
    key = re.search(r'name="idempotency_key" value="(\w+)"', page)[1]
    first, again = write(erin, idempotency_key=key), write(erin, idempotency_key=key)
    assert path_of(first) == path_of(again)
    only(node)


def test_few_can_be_pinned_and_they_stand_above(node, as_, client):
    erin = as_("erin")
    paths = [path_of(write(erin, title=f"소식 {n}")) for n in range(5)]
    for where in paths[:4]:
        erin.post(f"{where}/pin")
    with node.db.read() as session:
        held = session.scalars(select(News.title).where(News.pinned_at.is_not(None))).all()
    assert sorted(held) == ["소식 0", "소식 1", "소식 2"]
    shown = re.findall("소식 [0-9]", client.get("/spaces/farm/news").text)
    assert list(dict.fromkeys(shown)) == ["소식 2", "소식 1", "소식 0", "소식 4", "소식 3"]


def test_followers_are_told_once(node, cast, as_, clock):
    alice = cast.person("alice")
    with node.db.write() as session:
        follows.follow(session, alice.id, f"space:{cast.space('farm').id}", at=clock.now())
    erin = as_("erin")
    where = path_of(write(erin))
    erin.post(f"{where}/withdraw")
    erin.post(f"{where}/publish")
    with node.db.read() as session:
        jobs = session.scalars(select(Job).where(Job.kind == follows.TELL)).all()
    assert len(jobs) == 1
    follows.work_tell(node, jobs[0].payload)
    bell = as_("alice").get("/me/notices").text
    assert "감자 캤어요" in bell


def test_the_neighbourhood_itself_can_be_followed(node, cast, as_, clock):
    alice = as_("alice")
    where = path_of(write(as_("bob"), "/news/new", title="눈이 와요"))
    assert 'value="node:0"' in alice.get(where).text
    assert alice.post("/follow", data={"subject": "node:0"}).status_code == 302
    write(as_("bob"), "/news/new", title="길이 미끄러워요", idempotency_key="second")
    with node.db.read() as session:
        jobs = session.scalars(select(Job).where(Job.kind == follows.TELL)).all()
    for job in jobs:
        follows.work_tell(node, job.payload)
    bell = alice.get("/me/notices").text
    assert "강북위즐: 길이 미끄러워요" in bell
    assert alice.post("/follow", data={"subject": "node:7"}).status_code == 404


def test_other_nodes_are_told_news_of_the_neighbourhood_in_its_own_name(node, as_):
    class Elsewhere:
        @hookimpl
        def thing_published(self, fact):
            told.append((fact.author, fact.voice))

    told = []
    with listening(node, Elsewhere()):
        write(as_("bob"), "/news/new")
        write(as_("erin"))
    assert told[0] == ("node:0", "node")
    assert told[1][1] == ""


def test_hidden_news_are_seen_by_nobody_else(node, as_, client):
    where = path_of(write(as_("erin")))
    subject = f"news:{only(node).id}"
    assert "감자 캤어요" in client.get(f"/report?subject={subject}").text
    with node.db.write() as session:
        from wizzle.core.moderation.actions.subjects import show

        show(node, session, subject, hidden=True)
    assert client.get(where).status_code == 404
    assert "감자 캤어요" not in client.get("/news").text
    with node.db.write() as session:
        show(node, session, subject, hidden=False)
    assert client.get(where).status_code == 200


def test_what_is_deleted_is_gone_with_all_it_ever_said(node, as_, client):
    erin = as_("erin")
    where = path_of(write(erin))
    erin.post(f"{where}/edit", data={"title": "b", "text": "c", "version": 1})
    erin.post(f"{where}/discard")
    assert only(node)  # what is public is withdrawn first
    erin.post(f"{where}/withdraw")
    erin.post(f"{where}/discard")
    with node.db.read() as session:
        assert session.scalars(select(News)).all() == []
        assert session.scalars(select(NewsEdition)).all() == []


def picture(colour="green"):
    file = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(file, "PNG")
    file.seek(0)
    return file, "a.png"


def test_every_picture_says_what_is_seen_on_it(node, as_, client):
    erin = as_("erin")
    where = path_of(write(erin))
    pages = f"{where}/pictures"
    assert erin.post(pages, data={"picture": picture(), "caption": " "}).status_code == 422
    for number, colour in enumerate(("green", "red")):
        erin.post(pages, data={"picture": picture(colour), "caption": f"무밭 {number}"})
    page = client.get(where).text
    assert page.index('alt="무밭 0"') < page.index('alt="무밭 1"')
    broken = erin.post(pages, data={"picture": (io.BytesIO(b"<svg/>"), "a.svg"), "caption": "x"})
    assert broken.status_code == 409
    assert as_("dana").post(pages, data={"picture": picture(), "caption": "x"}).status_code == 403
    first = re.search(r"/news/\d+/pictures/(\d+)/remove", erin.get(pages).text)[0]
    assert as_("dana").post(first).status_code == 403
    erin.post(first)
    assert "무밭 0" not in client.get(where).text
    assert "/pictures/" in client.get("/news").text  # the one that is left leads the list


def test_there_is_a_picture_for_links_to_news(node, as_, client):
    where = path_of(write(as_("erin")))
    card = re.search(r'og:image" content="http://[^/]+([^"]+)"', client.get(where).text)[1]
    assert client.get(card).mimetype == "image/png"


def test_words_that_cannot_be_used_stay_in_the_form(node, as_):
    erin = as_("erin")
    for typed in ({"title": " "}, {"text": " \n"}, {"title": "가" * 121}, {"text": "가" * 10_001}):
        answer = write(erin, **typed)
        assert answer.status_code == 422
        assert "감자" in answer.text  # what else was typed
    with node.db.read() as session:
        assert session.scalars(select(News)).all() == []


def test_rare_signs_and_ten_thousand_of_them_are_fine(node, as_, client):
    where = path_of(write(as_("erin"), title="뷁 🍠 ꥸ", text="*" * 5_000 + "[" * 4_000 + "👩‍🌾"))
    page = client.get(where)
    assert page.status_code == 200
    assert "뷁 🍠 ꥸ" in page.text
