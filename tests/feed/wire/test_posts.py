"""Posts that travel: what is written for everyone reaches followers elsewhere, and no more."""

from __future__ import annotations

import pytest
from support.public import copies, follow, known, person_of, settle, things

from wizzle.plugins.feed.posts import actions as posts
from wizzle.plugins.feed.posts.rules import Wording
from wizzle.plugins.feed.timeline.queries import timeline


def write(node, person_id, text, audience="everyone"):
    with node.db.write() as session:
        key = node.random.token()
        post = posts.begin(node, session, person_id, Wording(text, audience), key=key)
        posts.publish(node, session, post.id, person_id)
        return post.id


@pytest.fixture
def minji(pair, clock):
    """Somebody on Pumpkin who is known elsewhere, here for long enough to write."""
    pumpkin, _ = pair
    person_id = person_of(pumpkin)
    clock.advance(days=4)
    known(pumpkin, person_id)
    return person_id


def test_a_post_for_everyone_stands_in_the_timeline_of_who_follows_elsewhere(pair, minji):
    pumpkin, quince = pair
    suni = person_of(quince, "순이")
    number = follow(quince, suni, "@minji@pumpkin.example")
    settle(pumpkin, quince)
    write(pumpkin, minji, "감자를 캤어요. #감자")
    settle(pumpkin, quince)
    with quince.db.read() as session:
        (line,) = timeline(session, suni).lines
    assert line.why == f"actor:{number}"
    assert line.item.title == "민지 @minji@pumpkin.example"
    (copy,) = copies(quince)
    assert copy.text == "감자를 캤어요. #감자"


@pytest.mark.parametrize("audience", ["members", "me"])
def test_what_is_for_fewer_never_leaves(pair, minji, audience):
    pumpkin, quince = pair
    follow(quince, person_of(quince), "@minji@pumpkin.example")
    settle(pumpkin, quince)
    write(pumpkin, minji, "우리끼리만", audience)
    settle(pumpkin, quince)
    assert (copies(quince), things(pumpkin)) == ([], [])


def test_what_is_meant_for_fewer_from_now_on_goes_elsewhere_too(pair, minji):
    pumpkin, quince = pair
    follow(quince, person_of(quince), "@minji@pumpkin.example")
    settle(pumpkin, quince)
    post_id = write(pumpkin, minji, "감자를 캤어요.")
    settle(pumpkin, quince)
    assert len(copies(quince)) == 1
    with pumpkin.db.write() as session:
        posts.change(
            pumpkin, session, post_id, minji, Wording("감자를 캤어요.", "members"), version=1
        )
    settle(pumpkin, quince)
    assert copies(quince) == []
