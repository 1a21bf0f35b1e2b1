"""Webhooks told to a real receiver: signed, once, tried again, given up, and never elsewhere."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time

import pytest
from support.cast import Cast
from support.receiver import receiving
from support.rounds import Round

from wizzle.core import webhooks
from wizzle.core.auth import accounts, stewardship
from wizzle.core.errors import Invalid, Refused
from wizzle.core.models import Webhook
from wizzle.core.outgoing import Outgoing
from wizzle.core.testing import make_node
from wizzle.core.webhooks import delivering
from wizzle.core.work import run_jobs, work_once

KINDS = ("order.placed", "order.changed", "order.withdrawn", "order.handed_over")


@pytest.fixture
def open_round(node, cast, clock):
    round_ = Round(node, cast, clock)
    round_.goods("감자")
    return round_.draft().offer().to("open")


def verified(secret: str, headers: dict[str, str], body: bytes) -> dict:
    """Check a delivery as any receiver would, by the words of Standard Webhooks alone."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{wanted}"
    return json.loads(body)


def test_an_order_is_told_signed_and_says_nobodys_name(
    node, hooked, receiver, open_round, deliveries, clock
):
    hook = hooked("dana", *KINDS)
    order = open_round.order("alice", {open_round.products[0]: 2})
    assert receiver.told == []  # nothing is sent before it stands
    assert work_once(node) >= 1
    ((headers, body),) = receiver.told
    told = verified(webhooks.secret_of(node, hook), headers, body)
    assert headers["content-type"] == "application/json"
    assert int(headers["webhook-timestamp"]) == int(clock.now().timestamp())
    assert told["type"] == "order.placed"
    assert told["timestamp"] == "2026-11-23T00:00:00+00:00"
    assert told["data"] == {
        "order": order.uid, "order_id": order.id, "number": order.number,
        "occasion": open_round.occasion, "space_id": order.host_id, "state": "placed",
        "version": 1,
    }  # fmt: skip
    (kind,) = [each for each in webhooks.kinds(node) if each.name == "order.placed"]
    assert kind.example.keys() == told["data"].keys()
    assert "앨리스" not in body.decode()
    assert "alice" not in body.decode()
    (made,) = deliveries(hook)
    assert (made.state, made.status, made.tries) == ("done", 204, 1)
    work_once(node)
    assert len(receiver.told) == 1


def test_only_what_was_asked_for_and_only_of_ones_own_space(
    node, hooked, receiver, open_round, deliveries
):
    rounds, whole = hooked("dana", "round.closed"), hooked("bob", *KINDS, space=None)
    elsewhere = hooked("frank", *KINDS, space="shop")
    open_round.order("alice", {open_round.products[0]: 1})
    open_round.to("closed")
    work_once(node)
    assert [each.kind for each in deliveries(rounds)] == ["round.closed"]
    assert [each.kind for each in deliveries(whole)] == ["order.placed"]
    assert deliveries(elsewhere) == []
    assert len({headers["webhook-id"] for headers, _ in receiver.told}) == 2


def test_what_is_undone_is_not_told(node, hooked, receiver, open_round, cast):
    hooked("dana", *KINDS)

    class Broken(Exception): ...

    hub = cast.space("hub").id

    def undone() -> None:
        with node.db.write() as session:
            webhooks.tell(session, "order.placed", hub, {"order": "x"}, at=node.clock.now())
            raise Broken

    with pytest.raises(Broken):
        undone()
    work_once(node)
    assert receiver.told == []


def test_a_receiver_that_is_down_is_tried_again_with_the_same_id(
    node, hooked, receiver, open_round, deliveries, clock
):
    hook = hooked("dana", *KINDS)
    receiver.status = 500
    open_round.order("alice", {open_round.products[0]: 1})
    work_once(node)
    (made,) = deliveries(hook)
    assert (made.state, made.status, made.tries) == ("waiting", 500, 1)
    work_once(node)
    assert len(receiver.told) == 1  # not before it is due
    receiver.status = 200
    clock.advance(seconds=6)
    work_once(node)
    (first, _), (second, body) = receiver.told
    assert first["webhook-id"] == second["webhook-id"]
    assert int(second["webhook-timestamp"]) == int(first["webhook-timestamp"]) + 6
    verified(webhooks.secret_of(node, hook), second, body)
    assert deliveries(hook)[0].state == "done"
    with node.db.read() as session:
        assert session.get_one(Webhook, hook.id).failing_since is None


def test_given_up_after_the_last_try_and_sent_again_by_hand(
    node, hooked, receiver, open_round, deliveries, clock, as_, site
):
    hook = hooked("dana", *KINDS)
    receiver.status = 503
    open_round.order("alice", {open_round.products[0]: 1})
    for _ in range(20):
        work_once(node)
        clock.advance(hours=5)
    (made,) = deliveries(hook)
    assert (made.state, made.tries, len(receiver.told)) == ("failed", 7, 7)
    page = as_("dana").get(f"/me/webhooks/{hook.id}").text
    assert "503" in page
    receiver.status = 200
    path = f"/me/webhooks/{hook.id}/deliveries/{made.id}/again"
    assert as_("charlie").post(path).status_code == 403
    assert as_("erin").post(path).status_code == 404
    assert as_("dana").post(path).status_code == 302
    work_once(node)
    assert deliveries(hook)[0].state == "done"
    # A steward sees none of it among the jobs that failed: whose address it is was told.
    assert "webhook" not in as_("bob").get("/admin/jobs").text.lower().split("<main")[1]


def test_after_five_days_without_an_answer_it_is_switched_off(
    node, hooked, receiver, open_round, deliveries, clock, as_
):
    hook = hooked("dana", *KINDS)
    receiver.status = 500
    order = open_round.order("alice", {open_round.products[0]: 1})
    work_once(node)
    clock.advance(days=5)
    work_once(node)
    with node.db.read() as session:
        standing = session.get_one(Webhook, hook.id)
        assert (standing.why, standing.ended_at) == ("failing", clock.now())
    run_jobs(node)
    letters = "".join(file.read_text() for file in (node.home / "mail").glob("*.eml"))
    assert "dana@example.com" in letters
    before = len(receiver.told)
    with node.db.write() as session:
        webhooks.tell(session, "order.placed", order.host_id, {}, at=clock.now())
    work_once(node)
    assert len(receiver.told) == before
    assert as_("dana").post(f"/me/webhooks/{hook.id}/on").status_code == 302
    receiver.status = 200
    with node.db.write() as session:
        webhooks.tell(session, "order.placed", order.host_id, {}, at=clock.now())
    work_once(node)
    assert len(receiver.told) == before + 1


def test_gone_for_good_is_believed_at_once(node, hooked, receiver, open_round, clock):
    hook = hooked("dana", *KINDS)
    receiver.status = 410
    open_round.order("alice", {open_round.products[0]: 1})
    work_once(node)
    with node.db.read() as session:
        assert session.get_one(Webhook, hook.id).why == "gone"
    clock.advance(hours=1)
    work_once(node)
    assert len(receiver.told) == 1


def test_a_redirect_is_not_followed(node, hooked, receiver, open_round, deliveries):
    with receiving() as other:
        hook = hooked("dana", *KINDS)
        receiver.status, receiver.location = 307, other.url
        open_round.order("alice", {open_round.products[0]: 1})
        work_once(node)
        assert other.told == []
    assert (deliveries(hook)[0].state, deliveries(hook)[0].status) == ("waiting", 307)


def test_a_slow_receiver_is_waited_for_no_longer_than_a_while(
    node, hooked, receiver, open_round, deliveries, monkeypatch
):
    monkeypatch.setattr(delivering, "SECONDS", 0.3)
    hook = hooked("dana", *KINDS)
    receiver.wait = 1.0
    open_round.order("alice", {open_round.products[0]: 1})
    work_once(node)
    (made,) = deliveries(hook)
    assert (made.state, made.status, made.error) == ("waiting", None, "time")


def test_nothing_listens_there(node, hooked, receiver, open_round, deliveries):
    with receiving() as gone:
        url = gone.url
    hook = hooked("dana", *KINDS, url=url)
    open_round.order("alice", {open_round.products[0]: 1})
    work_once(node)
    assert deliveries(hook)[0].error == "connect"


def test_the_service_delivers_until_it_is_told_to_stop(node, hooked, receiver, open_round):
    hooked("dana", *KINDS)
    open_round.order("alice", {open_round.products[0]: 1})
    stop = threading.Event()
    serving = threading.Thread(target=webhooks.service().go_on, args=(node, stop))
    serving.start()
    for _ in range(100):
        if receiver.told:
            break
        time.sleep(0.1)
    stop.set()
    serving.join(20)
    assert len(receiver.told) == 1
    assert not serving.is_alive()


def test_who_runs_the_space_no_more_is_told_no_more(
    node, hooked, receiver, open_round, cast, deliveries
):
    hook, bob = hooked("dana", *KINDS), cast.viewer("bob")
    with node.db.write() as session:
        space = cast.space("hub")
        stewardship.take_role(session, node, bob, space, cast.person("dana").id, "activist")
    open_round.order("alice", {open_round.products[0]: 1})
    work_once(node)
    assert receiver.told == []
    assert deliveries(hook) == []


def test_who_is_blocked_or_leaves_is_told_no_more(node, hooked, receiver, open_round, cast):
    hooked("dana", *KINDS)
    bob, dana = cast.viewer("bob"), cast.person("dana").id
    open_round.order("alice", {open_round.products[0]: 1})
    with node.db.write() as session:
        stewardship.block(session, node, bob, dana)
    work_once(node)
    assert receiver.told == []
    with node.db.write() as session:
        accounts.leave(session, node, dana)
        assert session.query(Webhook).count() == 0


ADDRESSES = (
    "", "x", "ftp://a.example", "https://", "https://a@b.example/", "https://a.example/#x",
    "https://a.example:99999/", "https://[::1", "https://a.example/ b", "javascript:alert(1)",
    "https://" + "a" * 600, "https://가.example",
)  # fmt: skip


def test_addresses_that_are_not_called(node, hooked, receiver):
    for url in ADDRESSES:
        with pytest.raises(Invalid):
            hooked("dana", "order.placed", url=url or " ")
    with pytest.raises(Invalid):
        hooked("dana")
    with pytest.raises(Invalid):
        hooked("dana", "order.eaten")
    with pytest.raises(Invalid):
        hooked("frank", "round.opened", space="shop")
    for _ in range(webhooks.MOST):
        hooked("dana", "order.placed")
    with pytest.raises(Refused):
        hooked("dana", "order.placed")


class Inside:
    """Says of every name that it is a machine of the house."""

    def addresses(self, host: str) -> list[str]:
        return ["10.0.0.7"]


def test_a_name_that_leads_inside_is_not_called(tmp_path, clock):
    """A node that serves people calls public places only, whatever was written down."""
    serving = make_node(tmp_path, clock=clock, http=Outgoing(Inside()))
    hub, dana = Cast(serving).space("hub").id, Cast(serving).person("dana").id
    with serving.db.write() as session:
        plain = webhooks.Wish("http://a.example/", ["order.placed"], hub)
        with pytest.raises(Invalid):
            webhooks.make(session, serving, dana, plain)
        wish = webhooks.Wish("https://inside.example/hook", ["order.placed"], hub)
        hook = webhooks.make(session, serving, dana, wish)
        webhooks.tell(session, "order.placed", hub, {}, at=clock.now())
    work_once(serving)
    with serving.db.read() as session:
        (made,) = webhooks.deliveries(session, hook.id)
        assert (made.state, made.error) == ("waiting", "address")
    serving.close()
