"""The page of blocks: nothing shows before it is published, and every step can be undone."""

from __future__ import annotations

import re
import threading
from functools import partial

import pytest
from sqlalchemy import select

from wizzle.core.errors import Refused
from wizzle.plugins.locality.introduction import actions
from wizzle.plugins.locality.introduction.models import Edition
from wizzle.plugins.locality.introduction.queries import blocks_of, last_edition
from wizzle.plugins.locality.introduction.rules.blocks import put


def adding(text):
    return lambda blocks: put(blocks, len(blocks), {"kind": "text", "text": text})


def version(node):
    with node.db.read() as session:
        last = last_edition(session)
        return last.id if last else 0


def texts(node):
    with node.db.read() as session:
        return [each["text"] for each in blocks_of(last_edition(session))]


def does(node, step, *more):
    with node.db.write() as session:
        return step(node, session, version(node), *more, actor_id=None)


def test_each_undo_goes_one_step_further_back(node):
    for text in ("하나", "둘", "셋"):
        does(node, actions.change, adding(text))
    does(node, actions.undo)
    assert texts(node) == ["하나", "둘"]
    does(node, actions.undo)
    assert texts(node) == ["하나"]
    does(node, actions.change, adding("넷"))
    assert texts(node) == ["하나", "넷"]
    does(node, actions.undo)
    does(node, actions.undo)
    assert texts(node) == []
    with pytest.raises(Refused):
        does(node, actions.undo)


def test_of_two_who_write_at_once_one_is_told(node):
    does(node, actions.change, adding("하나"))
    base, done, refused = version(node), [], []

    def write(text):
        try:
            with node.db.write() as session:
                actions.change(node, session, base, adding(text), actor_id=None)
            done.append(text)
        except Refused:
            refused.append(text)

    threads = [threading.Thread(target=write, args=(text,)) for text in ("둘", "셋", "넷")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (len(done), len(refused)) == (1, 2)
    assert texts(node) == ["하나", *done]


def test_a_page_is_written_seen_beforehand_published_and_gone_back_to(node, as_, client, cast):
    bob = as_("bob")
    shop = cast.space("shop").id

    def step(**data):
        return bob.post("/alliance/edit/step", data={"version": version(node), **data})

    new = partial(bob.post, "/alliance/edit/new/text")
    new(data={"version": "0", "text": "# 우리는\n**수유**의 이웃이에요"})
    bob.post("/alliance/edit/new/spaces", data={"version": version(node), "ids": str(shop)})
    assert "이웃이에요" not in client.get("/alliance").text
    assert "이웃이에요" in bob.get("/alliance/preview").text
    step(what="publish")
    page = client.get("/alliance").text
    assert "<strong>수유</strong>의 이웃이에요" in page
    assert "수유 책방" in page
    step(what="up", place=1)
    step(what="remove", place=1)
    step(what="publish")
    assert "이웃이에요" not in client.get("/alliance").text
    with node.db.read() as session:
        old = session.scalars(
            select(Edition.id).where(Edition.published_at.is_not(None)).order_by(Edition.id)
        ).first()
    assert "이웃이에요" in bob.get(f"/alliance/versions/{old}").text
    step(what="restore", edition=old)
    step(what="publish")
    assert "이웃이에요" in client.get("/alliance").text


def test_numbers_of_plugins_stand_on_the_page(node, as_, client):
    as_("bob").post("/alliance/edit/new/numbers", data={"version": "0", "name": "neighbours"})
    as_("bob").post("/alliance/edit/step", data={"version": version(node), "what": "publish"})
    assert "확인된 이웃 수" in client.get("/alliance").text


def test_pages_of_spaces_that_closed_leave_the_page(node, as_, client, cast):
    shop = cast.space("shop").id
    bob = as_("bob")
    bob.post("/alliance/edit/new/spaces", data={"version": "0", "ids": str(shop)})
    bob.post("/alliance/edit/step", data={"version": version(node), "what": "publish"})
    assert "수유 책방" in client.get("/alliance").text
    bob.post("/spaces/shop/close")
    assert "수유 책방" not in client.get("/alliance").text


def test_bad_input_is_answered_and_nobody_else_writes(node, as_, client):
    bob, alice = as_("bob"), as_("alice")
    for path in ("/alliance/edit", "/alliance/preview", "/alliance/edit/new/text",
                 "/alliance/versions", "/alliance/people/new"):  # fmt: skip
        assert alice.get(path).status_code == 403
        assert client.get(path).status_code == 302
    assert alice.post("/alliance/edit/step", data={"what": "publish"}).status_code == 403
    for data in ({"text": "x" * 7_000}, {"text": ""}, {"text": "![a](/b.png)"}):
        answer = bob.post("/alliance/edit/new/text", data={"version": "0", **data})
        assert answer.status_code == 422
    for ids in (["1"] * 7, ["x"], [], ["-1"]):
        answer = bob.post("/alliance/edit/new/spaces", data={"version": "0", "ids": ids})
        assert answer.status_code == 422
    for wrong in ({"what": "up", "place": "99"}, {"what": "fly"}, {"version": "x"}, {}):
        answer = bob.post("/alliance/edit/step", data={"version": "0", **wrong})
        assert answer.status_code == 302
    assert bob.get("/alliance/edit/99").status_code == 404
    assert version(node) == 0


def test_a_stale_form_keeps_what_was_typed(node, as_):
    bob = as_("bob")
    does(node, actions.change, adding("하나"))
    answer = bob.post("/alliance/edit/new/text", data={"version": "0", "text": "내 글"})
    assert answer.status_code == 409
    assert "내 글" in answer.text
    assert re.search("그사이 다른 사람이 고쳤어요", answer.text)
