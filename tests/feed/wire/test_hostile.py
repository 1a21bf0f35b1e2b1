"""What another node could try with what everyone may read: refused, or without effect."""

from __future__ import annotations

import json

import pytest
from support.public import (
    copies,
    farm_of,
    follow,
    listeners,
    neighbours,
    news,
    note,
    person_of,
    post,
    publish,
    settle,
    things,
    withdraw,
)

from wizzle.federation.delivery.models import Arrived, Sent
from wizzle.federation.trust.models import Peer

HERE, THERE = "https://pumpkin.example", "https://quince.example"
FARM, NEIGHBOUR = f"{THERE}/orgs/1", f"{THERE}/orgs/2"
INBOX = f"{HERE}/inbox"


@pytest.fixture
def followed(strangers, clock):
    """A farm on Quince that somebody on Pumpkin follows, and a second farm beside it."""
    pumpkin, quince = strangers
    farm_of(quince)
    farm_of(quince, "other", "옆집")
    follow(pumpkin, person_of(pumpkin), "@farm@quince.example")
    settle(pumpkin, quince)
    assert [each.state for each in neighbours(pumpkin)] == ["accepted"]
    return pumpkin, quince


def create(quince, pumpkin, thing, actor=FARM, kind="Create"):
    answer = post(quince, INBOX, {"type": kind, "object": thing}, actor)
    settle(pumpkin)
    return answer


def test_a_neighbour_on_the_same_node_changes_and_deletes_nothing(followed):
    pumpkin, quince = followed
    create(quince, pumpkin, note(THERE, FARM))
    assert [each.text for each in copies(pumpkin)] == ["감자"]
    create(quince, pumpkin, note(THERE, NEIGHBOUR, content="가짜"), NEIGHBOUR, "Update")
    create(quince, pumpkin, {"id": f"{THERE}/notes/1", "type": "Tombstone"}, NEIGHBOUR, "Delete")
    assert [each.text for each in copies(pumpkin)] == ["감자"]
    # Nor one that is followed as well.
    reader = person_of(pumpkin, "둘째")
    follow(pumpkin, reader, "@other@quince.example")
    settle(pumpkin, quince)
    create(quince, pumpkin, note(THERE, NEIGHBOUR, content="가짜"), NEIGHBOUR, "Update")
    create(quince, pumpkin, {"id": f"{THERE}/notes/1", "type": "Tombstone"}, NEIGHBOUR, "Delete")
    assert [each.text for each in copies(pumpkin)] == ["감자"]


def test_nothing_is_taken_of_another_node_s_people(followed):
    pumpkin, quince = followed
    stolen = note("https://elsewhere.example", "https://elsewhere.example/people/1")
    assert create(quince, pumpkin, stolen).status == 403
    assert create(quince, pumpkin, note(THERE, NEIGHBOUR)).status == 403
    assert copies(pumpkin) == []


@pytest.mark.parametrize(
    "more",
    [
        {"to": [f"{FARM}/followers"]},
        {"to": []},
        {"type": "Video"},
        {"content": ""},
        {"content": 5},
        {"inReplyTo": "https://elsewhere.example/notes/9"},
        {"content": "<script>alert(1)</script>"},
    ],
)
def test_what_is_not_for_everyone_or_cannot_be_shown_is_passed_over(followed, more):
    pumpkin, quince = followed
    assert create(quince, pumpkin, note(THERE, FARM, **more)).status == 202
    assert copies(pumpkin) == []


def test_what_becomes_less_public_goes(followed):
    pumpkin, quince = followed
    create(quince, pumpkin, note(THERE, FARM))
    create(quince, pumpkin, note(THERE, FARM, to=[f"{FARM}/followers"]), kind="Update")
    assert copies(pumpkin) == []


def test_nothing_comes_of_whom_nobody_follows(strangers):
    pumpkin, quince = strangers
    farm_of(quince)
    answer = create(quince, pumpkin, note(THERE, FARM))
    assert answer.status == 202
    assert copies(pumpkin) == []
    with pumpkin.db.read() as session:
        assert session.query(Arrived).one().state == "ignored"


def test_an_acceptance_that_nobody_asked_for_opens_nothing(strangers):
    pumpkin, quince = strangers
    farm_of(quince)
    asked = {"id": f"{HERE}/activities/none", "type": "Follow", "actor": f"{HERE}/actor",
             "object": FARM}  # fmt: skip
    assert create(quince, pumpkin, asked, kind="Accept").status in (202, 403)
    create(quince, pumpkin, note(THERE, FARM))
    assert (neighbours(pumpkin), copies(pumpkin)) == ([], [])


@pytest.mark.parametrize("kind", ["Offer", "Add", "Move", "Block", "Flag"])
def test_a_stranger_can_bring_nothing_else(strangers, kind):
    pumpkin, quince = strangers
    farm_of(quince)
    answer = create(quince, pumpkin, {"id": f"{THERE}/x", "type": "AgreementBundle"}, kind=kind)
    assert (answer.status, json.loads(answer.body)["reason"]) == (403, "not_admitted")


def test_of_a_stranger_nobody_is_asked_who_trades(strangers):
    """The documents of trade have kinds that a stranger may send: nobody who trades is asked."""
    pumpkin, quince = strangers
    farm_of(quince)
    heard = []

    class Trade:
        from wizzle.core.hookspecs import hookimpl

        @hookimpl
        def receive_document(self, received):
            heard.append(received.kind)

    pumpkin.host._manager.register(Trade())
    for kind, about in (
        ("Create", {"type": "EconomicEvent", "id": f"{THERE}/events/1"}),
        ("Update", {"type": "AgreementBundle", "id": f"{THERE}/bundles/1"}),
        ("Follow", f"{HERE}/orgs/1/catalog"),
    ):
        assert create(quince, pumpkin, about, kind=kind).status == 202
    assert heard == []


def test_who_is_shut_out_brings_nothing_and_is_told_nothing(strangers, clock):
    pumpkin, quince = strangers
    farm = farm_of(pumpkin, "here")
    follow(quince, person_of(quince), "@here@pumpkin.example")
    settle(pumpkin, quince)
    assert len(listeners(pumpkin)) == 1
    with pumpkin.db.write() as session:
        session.add(Peer(host="quince.example", state="blocked", made_at=clock.now()))
    answer = create(quince, pumpkin, f"{HERE}/orgs/{farm}", f"{THERE}/actor", "Follow")
    assert answer.status == 403
    publish(pumpkin, news(pumpkin, f"space:{farm}"))
    settle(pumpkin, quince)
    assert listeners(pumpkin) == []
    with pumpkin.db.read() as session:
        assert session.query(Sent).filter(Sent.kind == "Create").count() == 0


def test_a_stranger_s_undo_ends_nobody_else_s_following(strangers):
    pumpkin, quince = strangers
    farm_of(pumpkin, "here")
    farm_of(quince)
    follow(quince, person_of(quince), "@here@pumpkin.example")
    settle(pumpkin, quince)
    (held,) = listeners(pumpkin)
    create(quince, pumpkin, {"id": held.request, "type": "Follow"}, FARM, "Undo")
    assert len(listeners(pumpkin)) == 1


def test_what_was_taken_back_is_never_told_again(strangers, clock):
    pumpkin, quince = strangers
    farm = farm_of(pumpkin, "here")
    follow(quince, person_of(quince), "@here@pumpkin.example")
    settle(pumpkin, quince)
    told = news(pumpkin, f"space:{farm}")
    publish(pumpkin, told)
    withdraw(pumpkin, told)
    publish(pumpkin, told)
    clock.advance(minutes=2)
    settle(pumpkin, quince)
    assert [each.gone_at is None for each in things(pumpkin)] == [False, True]
    assert [each.uri for each in copies(quince)] == [f"{HERE}/things/2"]
