"""A publication is followed and followed no more; the steward sees what is followed."""

from __future__ import annotations

import pytest
from support.cast import Cast

from wizzle.core.facts import PeerChanged
from wizzle.core.models import Space
from wizzle.core.talk import Letter
from wizzle.core.web import create_app
from wizzle.core.work import work_once
from wizzle.federation.delivery.models import Arrived
from wizzle.federation.exchange import models, queries, rules
from wizzle.federation.exchange.actions import followers


def test_what_is_followed_is_taken_whole(pair):
    pair.garden.grow("potato", "leek", "rice")
    pair.follow()
    assert pair.names == {"potato", "leek", "rice"}
    known = pair.followed()
    assert (known.state, known.whole, known.count, known.problem) == ("accepted", True, 3, "")
    assert known.fetched_at == pair.clock.now()


def test_who_follows_no_more_is_told_nothing_and_keeps_nothing(pair):
    pair.garden.grow("potato")
    pair.follow()
    with pair.gangbuk.db.write() as session:
        pair.gangbuk.hooks.unfollow(node=pair.gangbuk, session=session, actor=pair.actor,
                                    publication="garden", space_id=None)  # fmt: skip
    pair.settle()
    assert pair.names == set()
    asked = len(pair.wire.sent)
    pair.garden.grow("leek")
    pair.minute()
    assert len(pair.wire.sent) == asked
    pair.follow()
    assert pair.names == {"potato", "leek"}


def test_the_end_of_a_tie_ends_what_is_followed(pair):
    pair.garden.grow("potato")
    pair.follow()
    for node, host in ((pair.gangbuk, "wanju.example"), (pair.wanju, "gangbuk.example")):
        fact = PeerChanged(host, "ended", pair.clock.now())
        with node.db.write() as session:
            node.hooks.peer_changed(node=node, session=session, fact=fact)
    assert pair.names == set()
    assert pair.followed().state == "ended"
    with pair.wanju.db.read() as session:
        assert queries.followed_publications(session) == []


def test_a_closed_space_refuses_to_be_followed(pair):
    with pair.wanju.db.write() as session:
        session.query(Space).update({"closed_at": pair.clock.now()})
    pair.follow()
    assert pair.followed().state in {"refused", "asked"}
    assert pair.names == set()


def test_the_steward_sees_what_is_followed_and_has_it_fetched_anew(pair):
    pair.garden.grow("potato")
    pair.follow()
    cast = Cast(pair.gangbuk)
    app = create_app(pair.gangbuk)
    app.config.update(WTF_CSRF_ENABLED=False)
    steward = cast.signed_in(app, "bob")
    assert 'href="/admin/followed"' in steward.get("/admin/peers").text
    page = steward.get("/admin/followed")
    assert f"{pair.actor}/garden" in page.text
    assert "그쪽과 같아요" in page.text
    pair.cellar.kept.clear()
    pair.clock.advance(minutes=1)
    steward.post("/admin/followed/1/fetch")
    pair.settle()
    assert pair.names == {"potato"}
    assert app.test_client().get("/admin/followed").status_code == 302
    assert cast.signed_in(app, "alice").get("/admin/followed").status_code == 403


@pytest.mark.parametrize("id_", ["x" * 280, "y"])
def test_a_wish_to_follow_that_cannot_be_kept_is_refused_and_not_tried_again(
    pair, id_, monkeypatch
):
    monkeypatch.setattr(followers, "MOST_FOLLOWINGS", 0 if id_ == "y" else 9)
    follow = rules.following(
        f"https://gangbuk.example/{id_}", "https://gangbuk.example/actor", f"{pair.actor}/garden"
    )
    with pair.gangbuk.db.write() as session:
        letter = Letter(to=pair.actor, document=follow, lane="x")
        pair.gangbuk.hooks.send_document(node=pair.gangbuk, session=session, letter=letter)
    work_once(pair.gangbuk)
    work_once(pair.wanju)
    with pair.wanju.db.read() as session:
        assert session.query(Arrived).one().state == "refused"
        assert session.query(models.Follower).count() == 0
