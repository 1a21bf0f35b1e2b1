"""Push messages: sealed for one browser, to a push service of this machine over real HTTP."""

from __future__ import annotations

import json
import shutil

import pytest
from sqlalchemy import select
from support.browsers import FakeBrowser, claims_of, push_service
from support.cast import Cast
from support.telling import CONFIRM, HARVEST, TALK, garden, say, told

from wizzle.core import notices
from wizzle.core.errors import Invalid
from wizzle.core.models import Job
from wizzle.core.notices import Times, Way, choose
from wizzle.core.notices.actions import MOST_BROWSERS
from wizzle.core.notices.models import Browser, PushKey
from wizzle.core.outgoing import Outgoing
from wizzle.core.ports import SystemResolver
from wizzle.core.testing import make_node
from wizzle.core.web import create_app

ALICE = "alice@example.com"


@pytest.fixture
def service():
    with push_service() as running:
        yield running


@pytest.fixture
def node(tmp_path, clock, bare_sqlite):
    """A node for trying out: it may talk to this machine."""
    shutil.copyfile(bare_sqlite, tmp_path / "wizzle.db")
    out = Outgoing(SystemResolver(), loopback=True)
    made = make_node(tmp_path, plugins=(), clock=clock, http=out, development=True, migrated=True)
    with garden(made):
        yield made
    made.close()


@pytest.fixture
def alice(node):
    return Cast(node).person("alice").id


def add(node, person, browser, endpoint, device="Firefox"):
    with node.db.write() as session:
        notices.add_browser(node, session, person, endpoint=endpoint, device=device, **browser.keys)


def push(node):
    """Do what the service beside the jobs does, until there is nothing more to do now."""
    while notices.SERVICE.once(node):
        pass


def browsers(node, person):
    with node.db.read() as session:
        return [row.endpoint for row in notices.browsers(session, person)]


def states(node):
    with node.db.read() as session:
        found = session.scalars(select(Job).where(Job.kind == "notices.push_one"))
        return [(job.state, job.tries) for job in found]


def test_a_message_arrives_sealed_with_title_and_address_alone(node, alice, service):
    browser = FakeBrowser()
    add(node, alice, browser, service.endpoint())
    say(node, alice, title="감자가 왔어요", text="코드는 1234", url="/orders/7")
    push(node)
    (came,) = service.came
    (row,) = told(node, ALICE)
    assert came.path == "/push/one"
    assert json.loads(browser.read(came.body)) == {
        "title": "감자가 왔어요", "url": f"/me/notices/{row.id}/go",
    }  # fmt: skip
    said = claims_of(came.headers["authorization"])
    assert said["aud"] == service.url
    assert said["sub"] == "mailto:hello@gangbuk.example"
    assert said["key"] == notices.public_key(node)
    assert came.headers["content-encoding"] == "aes128gcm"
    assert int(came.headers["ttl"]) > 0
    assert b"1234" not in came.body


def test_each_browser_gets_it_once(node, alice, service):
    for name in ("one", "two"):
        add(node, alice, FakeBrowser(), service.endpoint(name))
    for _ in range(2):
        say(node, alice)
    push(node)
    push(node)
    assert sorted(came.path for came in service.came) == ["/push/one", "/push/two"]


def test_what_is_daily_or_not_wanted_is_not_pushed(node, alice, service):
    add(node, alice, FakeBrowser(), service.endpoint())
    say(node, alice, TALK, key="daily")
    off = Way(on_bell=True, mail="now", push=False)
    with node.db.write() as session:
        choose(node, session, alice, {HARVEST.name: off}, Times())
    say(node, alice, HARVEST, key="not wanted")
    push(node)
    assert service.came == []


def test_nobody_is_woken_and_what_was_read_meanwhile_does_not_come(node, alice, service, clock):
    add(node, alice, FakeBrowser(), service.endpoint())
    clock.advance(hours=13)
    say(node, alice, key="a")
    say(node, alice, key="b")
    say(node, alice, CONFIRM, key="mine")
    push(node)
    assert len(service.came) == 1  # what one has just done oneself
    first = told(node, ALICE)[0]
    with node.db.write() as session:
        notices.mark_read(session, alice, first.id, at=clock.now())
    clock.advance(hours=10)
    push(node)
    assert len(service.came) == 2


def test_a_message_by_day_that_could_not_leave_until_night_waits(node, alice, service, clock):
    add(node, alice, FakeBrowser(), service.endpoint())
    say(node, alice)
    clock.advance(hours=13)
    push(node)
    assert service.came == []
    clock.advance(hours=10)
    push(node)
    assert len(service.came) == 1


@pytest.mark.parametrize("status", [404, 410, 403])
def test_a_browser_that_is_gone_is_forgotten(node, alice, service, status):
    add(node, alice, FakeBrowser(), service.endpoint("gone"))
    add(node, alice, FakeBrowser(), service.endpoint("there"))
    service.answer = lambda came: (status if came.path.endswith("gone") else 201, {})
    say(node, alice)
    push(node)
    assert browsers(node, alice) == [service.endpoint("there")]
    assert [state for state, _ in states(node)] == ["done", "done"]


@pytest.mark.parametrize("status", [429, 503])
def test_a_service_that_is_busy_says_when_to_come_again(node, alice, service, clock, status):
    add(node, alice, FakeBrowser(), service.endpoint())
    service.answer = lambda _: (status, {"Retry-After": "900"})
    say(node, alice)
    push(node)
    assert len(service.came) == 1
    clock.advance(minutes=14)
    push(node)
    assert len(service.came) == 1
    service.answer = lambda _: (201, {})
    clock.advance(minutes=1)
    push(node)
    assert len(service.came) == 2
    assert states(node)[0][0] == "done"


def test_a_service_that_fails_is_tried_again_and_not_for_ever(node, alice, service, clock):
    add(node, alice, FakeBrowser(), service.endpoint())
    service.answer = lambda _: (500, {})
    say(node, alice)
    for _ in range(40):
        push(node)
        clock.advance(hours=1)
    assert 2 <= len(service.came) <= 8
    assert states(node)[0][0] in ("done", "failed")


def test_what_a_service_does_not_want_is_not_repeated(node, alice, service, clock):
    add(node, alice, FakeBrowser(), service.endpoint())
    service.answer = lambda _: (413, {})
    say(node, alice)
    push(node)
    clock.advance(hours=5)
    push(node)
    assert len(service.came) == 1
    assert states(node) == [("failed", 1)]


def test_a_redirect_leads_nowhere(node, alice, service):
    add(node, alice, FakeBrowser(), service.endpoint())
    service.answer = lambda came: (307, {"Location": f"{service.url}/other"})
    say(node, alice)
    push(node)
    assert [came.path for came in service.came] == ["/push/one"]


def test_a_node_that_serves_people_calls_no_inner_place(tmp_path, clock, service):
    node = make_node(tmp_path, plugins=(), clock=clock, http=Outgoing(SystemResolver()))
    alice = Cast(node).person("alice").id
    with garden(node):
        with pytest.raises(Invalid):
            add(node, alice, FakeBrowser(), service.endpoint())
        inner = service.endpoint().replace("http:", "https:")
        add(node, alice, FakeBrowser(), inner)
        say(node, alice)
        push(node)
    assert service.came == []
    node.close()


@pytest.mark.parametrize(
    "endpoint",
    [
        "", "ftp://push.example/x", "http://push.example/x", "javascript:alert(1)", "/push",
        "https://", "https://user@push.example/x", "https://push.example/" + "x" * 1_000,
        "http://[::1", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(node, alice, endpoint):
    with pytest.raises(Invalid):
        add(node, alice, FakeBrowser(), endpoint)


@pytest.mark.parametrize(
    "keys",
    [{"public": ""}, {"auth": ""}, {"public": "AAAA"}, {"auth": "가나다라"}, {"public": "B" * 87}],
)
def test_keys_that_are_none_are_refused(node, alice, service, keys):
    given = {**FakeBrowser().keys, **keys}
    with pytest.raises(Invalid), node.db.write() as session:
        notices.add_browser(node, session, alice, endpoint=service.endpoint(), device="", **given)


def test_nobody_has_more_than_a_few_and_the_oldest_makes_room(node, alice, service, clock):
    for number in range(MOST_BROWSERS + 3):
        add(node, alice, FakeBrowser(), service.endpoint(str(number)))
        clock.advance(minutes=1)
    kept = browsers(node, alice)
    assert len(kept) == MOST_BROWSERS
    assert service.endpoint("0") not in kept
    assert service.endpoint(str(MOST_BROWSERS + 2)) in kept


def test_a_browser_that_somebody_else_used_is_whose_it_is_now(node, alice, service):
    gina = Cast(node).person("gina").id
    add(node, alice, FakeBrowser(), service.endpoint())
    add(node, gina, FakeBrowser(), service.endpoint())
    assert browsers(node, alice) == []
    assert browsers(node, gina) == [service.endpoint()]


def test_the_key_is_made_once_kept_sealed_and_replaced_with_another_secret(
    node, alice, service, tmp_path, clock
):
    public = notices.public_key(node)
    assert notices.public_key(node) == public
    with node.db.read() as session:
        kept = session.get_one(PushKey, 1)
        assert kept.public == public
        assert len(kept.sealed) < 120
    add(node, alice, FakeBrowser(), service.endpoint())
    other = make_node(tmp_path, plugins=(), clock=clock, migrated=True)
    object.__setattr__(other.settings, "secret", "another secret, of a node that lost its own")
    assert notices.public_key(other) == public  # what is public can still be read
    from wizzle.core.notices.actions import vapid_of

    assert vapid_of(other).public != public
    assert browsers(other, alice) == []  # they were tied to the key that is lost
    other.close()


@pytest.fixture
def site(node):
    app = create_app(node)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return app


def test_a_browser_is_added_and_removed_on_the_page(node, alice, service, site):
    client = Cast(node).signed_in(site, "alice")
    page = client.get("/me/notices/settings").text
    assert f'data-key="{notices.public_key(node)}"' in page
    given = {"endpoint": service.endpoint(), **FakeBrowser().keys}
    assert client.post("/me/notices/browsers", data=given).status_code == 204
    with node.db.read() as session:
        (kept,) = session.scalars(select(Browser))
    path = f"/me/notices/browsers/{kept.id}/remove"
    assert path in client.get("/me/notices/settings").text
    Cast(node).signed_in(site, "gina").post(path)
    assert browsers(node, alice) == [service.endpoint()]
    client.post(path)
    assert browsers(node, alice) == []


@pytest.mark.parametrize("missing", ["endpoint", "public", "auth"])
def test_half_a_browser_is_refused(node, alice, service, site, missing):
    client = Cast(node).signed_in(site, "alice")
    given = {"endpoint": service.endpoint(), **FakeBrowser().keys, missing: ""}
    assert client.post("/me/notices/browsers", data=given).status_code == 422
    assert browsers(node, alice) == []


def test_a_message_of_yesterday_startles_nobody(node, alice, service, clock):
    add(node, alice, FakeBrowser(), service.endpoint())
    say(node, alice)
    clock.advance(hours=25)
    push(node)
    assert service.came == []
