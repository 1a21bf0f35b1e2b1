"""What stewards see of letters, and what they can do about those that did not arrive."""

from __future__ import annotations

import json
import re

import pytest
from sqlalchemy import select
from support.cast import Cast
from support.letters import PlayedWay, befriend, deliver, letter, states, told, write

from wizzle.core.models import AuditRecord
from wizzle.core.web import create_app
from wizzle.federation.delivery import waiting
from wizzle.federation.delivery.models import Arrived, Sent
from wizzle.federation.delivery.rules.answers import Answer

PEER = "quince.example"


@pytest.fixture
def bob(here):
    """The steward's browser."""
    site = create_app(here)
    site.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return Cast(here).signed_in(site, "bob")


@pytest.fixture
def way():
    return PlayedWay()


@pytest.fixture
def dead(here, way):
    """The number of a letter that was given up."""
    befriend(here, PEER)
    write(here, letter("a"))
    way.answers[PEER] = lambda _name: Answer(422, "<script>no such goods</script>")
    deliver(here, way)
    way.answers.clear()
    with here.db.read() as session:
        return session.scalar(select(Sent.id))


def audited(node):
    with node.db.read() as session:
        return [
            (row.action, row.details)
            for row in session.scalars(select(AuditRecord).order_by(AuditRecord.id))
            if row.action.startswith("federation.")
        ]


@pytest.mark.parametrize("path", ["/admin/letters", "/admin/letters/1", "/admin/received"])
def test_only_stewards_look(here, path):
    site = create_app(here)
    assert site.test_client().get(path).status_code == 302
    assert Cast(here).signed_in(site, "charlie").get(path).status_code == 403


def test_a_letter_that_did_not_arrive_is_seen_with_its_answer(bob, dead):
    page = bob.get("/admin/letters").text
    assert "편지 1통을 전하지 못했어요" in page
    assert "422 &lt;script&gt;no such goods" in page
    assert "<script>no" not in page
    one = bob.get(f"/admin/letters/{dead}").text
    assert "그쪽 위즐이 이 편지를 받지 않아요." in one
    assert bob.get("/admin/letters/999").status_code == 404


def test_sent_again_it_arrives(here, bob, way, dead):
    with told(here) as heard:
        assert bob.post(f"/admin/letters/{dead}/again").status_code == 302
        deliver(here, way)
    assert states(here) == {"a": "arrived"}
    assert [fact.arrived for fact in heard] == [True]
    assert audited(here) == [("federation.letter.again", {})]
    assert bob.post(f"/admin/letters/{dead}/again").status_code == 409


def test_settled_by_hand_with_a_reason(here, bob, way, dead):
    path = f"/admin/letters/{dead}"
    assert bob.post(path, data={"reason": " "}).status_code == 422
    assert bob.post(path, data={"reason": "전화로 정리했어요"}).status_code == 302
    assert states(here) == {"a": "settled"}
    assert deliver(here, way) == 0
    assert "전화로 정리했어요" in bob.get(path).text
    assert audited(here) == [("federation.letter.settled", {"reason": "전화로 정리했어요"})]
    assert bob.post(path, data={"reason": "again"}).status_code == 409


def test_what_waits_is_told_once_when_it_is_settled(here, bob, way):
    befriend(here, PEER)
    write(here, letter("a"), letter("b"))
    way.answers[PEER] = lambda _name: Answer(500)
    deliver(here, way)
    with told(here) as heard:
        bob.post("/admin/letters/1", data={"reason": "agreed"})
    assert [(fact.arrived, fact.reason) for fact in heard] == [(False, "settled")]


def test_what_stands_between_us_and_a_host(here, bob, way, dead, clock):
    befriend(here, "fig.example")
    write(here, *(letter(f"f{n}", "fig.example", lane=f"order:{n}") for n in range(9)))
    way.answers["fig.example"] = lambda _name: Answer(500)
    deliver(here, way)
    with here.db.read() as session:
        found = waiting(session, [PEER, "fig.example", "pear.example"], clock.now())
    assert (found[PEER].waiting, found[PEER].dead, found[PEER].quiet_until) == (0, 1, None)
    assert found["fig.example"].waiting == 9
    assert found["fig.example"].quiet_until > clock.now()
    assert found["pear.example"].waiting == 0
    page = bob.get("/admin/letters?host=fig.example&state=waiting").text
    assert len(set(re.findall(r"/admin/letters/\d+", page))) == 9


def test_lists_are_paged(here, bob):
    befriend(here, PEER)
    write(here, *(letter(f"{n}", lane=f"order:{n}") for n in range(60)))
    first = bob.get("/admin/letters").text
    assert len(set(re.findall(r"/admin/letters/(\d+)", first))) == 50
    following = re.search(r'rel="next" href="([^"]+)"', first).group(1).replace("&amp;", "&")
    assert len(set(re.findall(r"/admin/letters/(\d+)\"", bob.get(following).text))) == 10


def test_what_came_in_and_failed_can_be_tried_again(here, bob, clock):
    row = {
        "inbox": 0, "uri": "https://quince.example/1", "host": PEER, "kind": "Offer",
        "actor": f"https://{PEER}/actor", "thread": "x", "object_kind": "AgreementBundle",
        "body": json.dumps({"name": "<b>"}).encode(), "mark": "", "sealed": True, "tries": 8,
        "state": "failed", "note": "ValueError: no", "received_at": clock.now(),
    }  # fmt: skip
    with here.db.write() as session:
        session.add(Arrived(**row, due_at=None, ended_at=clock.now()))
    assert "ValueError: no" in bob.get("/admin/received?state=failed").text
    assert "&lt;b&gt;" in bob.get("/admin/received/1").text
    assert bob.post("/admin/received/1/again").status_code == 302
    with here.db.read() as session:
        assert session.get(Arrived, 1).state == "waiting"
    assert audited(here) == [("federation.received.again", {})]
