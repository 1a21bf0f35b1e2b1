"""Passkeys: made, named, used and removed; and everything that must not open an account."""

from __future__ import annotations

import json
import shutil

import pytest
from sqlalchemy import func, select
from support.authenticator import PRESENT, Authenticator, raw, text
from support.cast import Cast
from support.visitors import PASSWORD, join

from wizzle.core.models import AuditRecord, Challenge, Passkey
from wizzle.core.testing import make_node
from wizzle.core.web import create_app


@pytest.fixture
def node(tmp_path, bare_template, clock):
    """A node whose address has a name, as browsers want it for passkeys."""
    shutil.copyfile(bare_template, tmp_path / "wizzle.db")
    node = make_node(
        tmp_path, plugins=(), clock=clock, migrated=True, address="http://localhost:8000"
    )
    yield node
    node.close()


@pytest.fixture
def me(client):
    join(client)
    return client


@pytest.fixture
def stranger(site):
    return site.test_client()


def add(client, device, name="내 전화기"):
    options = client.post("/me/passkeys/question").get_json()
    return client.post("/me/passkeys", data={"name": name, "answer": device.create(options)})


def question(client):
    return client.post("/log-in/passkey/question").get_json()


def come_in(client, answer, **more):
    return client.post("/log-in/passkey", data={"answer": answer, **more})


def is_in(client):
    return client.get("/me").status_code == 200


def keys(node):
    with node.db.read() as session:
        found = session.scalars(select(Passkey).order_by(Passkey.id)).all()
        session.expunge_all()
        return found


def test_a_passkey_is_added_and_opens_the_account_on_another_device(me, stranger, node, clock):
    device = Authenticator()
    assert add(me, device).status_code == 302
    assert "내 전화기" in me.get("/me/passkeys").text
    clock.advance(days=1)
    answer = come_in(stranger, device.get(question(stranger)), next="/me/devices")
    assert (answer.status_code, answer.location) == (302, "/me/devices")
    assert is_in(stranger)
    (key,) = keys(node)
    assert (key.uses, key.used_at) == (1, clock.now())


def test_the_question_asks_for_verification_and_names_the_site(me, stranger):
    asked = me.post("/me/passkeys/question").get_json()
    assert asked["rp"]["id"] == "localhost"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert "haneul" not in str(raw(asked["user"]["id"]))
    asked = question(stranger)
    assert (asked["rpId"], asked["userVerification"]) == ("localhost", "required")
    assert not asked.get("allowCredentials")  # the device knows by itself: nobody is named


def test_several_are_kept_renamed_and_removed(me, stranger, node):
    phone, desk = Authenticator(), Authenticator(name=b"key-2")
    add(me, phone)
    add(me, desk, name="집 컴퓨터")
    one, two = keys(node)
    me.post(f"/me/passkeys/{two.id}/name", data={"name": "사무실"})
    assert "사무실" in me.get("/me/passkeys").text
    me.post(f"/me/passkeys/{one.id}/remove")
    assert come_in(stranger, phone.get(question(stranger))).status_code == 403
    assert not is_in(stranger)
    assert come_in(stranger, desk.get(question(stranger))).status_code == 302


def test_the_same_key_is_added_once(me, node):
    device = Authenticator()
    add(me, device)
    assert add(me, device).status_code == 409
    assert len(keys(node)) == 1


LIES = {
    "another site's page": {"origin": "https://evil.example"},
    "the same host without a port": {"origin": "http://localhost"},
    "another scheme": {"origin": "https://localhost:8000"},
    "a key of another site": {"site": "evil.example"},
    "nobody showed to be the owner": {"flags": PRESENT},
    "nobody was there": {"flags": 0},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_no_lie_opens_the_account(me, stranger, lie):
    device = Authenticator()
    add(me, device)
    for name, value in lie.items():
        setattr(device, name, value)
    answer = come_in(stranger, device.get(question(stranger)))
    assert answer.status_code in (403, 409)
    assert "패스키를 쓸 수 없었어요" in answer.text
    assert not is_in(stranger)


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_no_lie_adds_a_key(me, node, lie):
    answer = add(me, Authenticator(**lie))
    assert answer.status_code == 409
    assert keys(node) == []


def test_a_key_that_signs_for_another_opens_nothing(me, stranger):
    add(me, Authenticator())
    forger = Authenticator()  # the same name, another key
    assert come_in(stranger, forger.get(question(stranger))).status_code == 403
    assert not is_in(stranger)


def test_one_changed_byte_of_the_answer_opens_nothing(me, stranger):
    device = Authenticator()
    add(me, device)
    for part in ("authenticatorData", "signature"):
        answer = json.loads(device.get(question(stranger)))
        bytes_ = bytearray(raw(answer["response"][part]))
        bytes_[-1] ^= 1
        answer["response"][part] = text(bytes(bytes_))
        assert come_in(stranger, json.dumps(answer)).status_code == 403
        assert not is_in(stranger)


def test_an_answer_is_taken_once(me, stranger, site):
    device = Authenticator()
    add(me, device)
    answer = device.get(question(stranger))
    assert come_in(stranger, answer).status_code == 302
    thief = site.test_client()
    assert come_in(thief, answer).status_code == 409
    assert not is_in(thief)


def test_a_question_is_spent_also_by_a_wrong_answer(me, stranger):
    device = Authenticator()
    add(me, device)
    asked = question(stranger)
    assert come_in(stranger, Authenticator().get(asked)).status_code == 403
    assert come_in(stranger, device.get(asked)).status_code == 409


def test_a_question_waits_for_five_minutes(me, stranger, clock, node):
    device = Authenticator()
    add(me, device)
    asked = question(stranger)
    clock.advance(minutes=5, seconds=1)
    assert come_in(stranger, device.get(asked)).status_code == 409
    question(stranger)
    with node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Challenge)) == 1  # old ones are gone


def test_a_question_that_was_never_asked_is_not_answered(me, stranger):
    device = Authenticator()
    add(me, device)
    answer = device.get({"challenge": text(b"I made this one up myself.......")})
    assert come_in(stranger, answer).status_code == 409


def test_the_question_of_a_log_in_adds_no_key_and_the_other_way_round(me, stranger, node):
    device = Authenticator()
    answer = device.create(question(stranger))
    assert me.post("/me/passkeys", data={"name": "x", "answer": answer}).status_code == 409
    add(me, device)
    asked = me.post("/me/passkeys/question").get_json()
    assert come_in(stranger, device.get(asked)).status_code == 409
    assert len(keys(node)) == 1


def test_nobody_adds_a_key_with_the_question_of_another(me, site, node):
    other = site.test_client()
    join(other, email="other@example.com")
    asked = other.post("/me/passkeys/question").get_json()
    answer = Authenticator().create(asked)
    assert me.post("/me/passkeys", data={"name": "x", "answer": answer}).status_code == 409
    assert keys(node) == []


def test_a_copied_key_is_found_out_by_its_count(me, stranger, site):
    device = Authenticator()
    add(me, device)
    for _ in range(3):
        come_in(stranger, device.get(question(stranger)))
    copy = Authenticator(key=device.key, uses=1)
    thief = site.test_client()
    assert come_in(thief, copy.get(question(thief))).status_code == 403
    assert not is_in(thief)


def test_a_device_that_does_not_count_is_welcome(me, stranger):
    device = Authenticator()
    add(me, device)
    for _ in range(2):
        device.uses = -1  # answers 0 each time, as synchronised passkeys do
        assert come_in(stranger, device.get(question(stranger))).status_code == 302


@pytest.mark.parametrize(
    "answer",
    ["", "x", "{}", "[]", "null", "1", '"a"', '{"response": 1}', '{"response": {}}', "[" * 9_000,
     '{"response": {"clientDataJSON": "AAAA"}}', '{"response": {"clientDataJSON": 5}}',
     '{"response": {"clientDataJSON": "' + text(b'{"challenge": 5}') + '"}}',
     '{"response": {"clientDataJSON": "' + text(b'{"challenge": "\xed\xa0\x80"}') + '"}}',
     "가" * 5_000, "x" * 20_001],
)  # fmt: skip
def test_nonsense_is_refused_and_breaks_nothing(me, stranger, answer):
    assert come_in(stranger, answer).status_code in (403, 409, 422)
    assert me.post("/me/passkeys", data={"name": "x", "answer": answer}).status_code in (302, 409)


@pytest.mark.parametrize("name", ["\0", "\ud800", "", "a b", "x" * 3_000])
def test_a_key_by_an_impossible_name_is_not_looked_for(me, stranger, name):
    device = Authenticator()
    add(me, device)
    answer = json.loads(device.get(question(stranger)))
    answer["id"] = name
    assert come_in(stranger, json.dumps(answer)).status_code == 403


def test_a_device_may_count_as_far_as_its_four_bytes_reach(me, stranger, node):
    device = Authenticator(uses=2**32 - 3)
    add(me, device)
    assert come_in(stranger, device.get(question(stranger))).status_code == 302
    assert keys(node)[0].uses == 2**32 - 2


def test_a_name_that_no_device_gives_is_refused(me, node):
    assert add(me, Authenticator(name=b"n" * 1_024)).status_code == 409
    assert add(me, Authenticator(name=b"n" * 1_023)).status_code == 302
    assert len(keys(node)) == 1


def test_whatever_is_torn_out_of_an_answer_or_turned_in_it_breaks_nothing(me, node):
    for place in range(0, 160, 9):
        for torn in (False, True):
            answer = json.loads(Authenticator().create(me.post("/me/passkeys/question").get_json()))
            bytes_ = bytearray(raw(answer["response"]["attestationObject"]))
            if torn:
                del bytes_[place:]
            else:
                bytes_[place] ^= 0x5A
            answer["response"]["attestationObject"] = text(bytes(bytes_))
            typed = {"name": "x", "answer": json.dumps(answer)}
            assert me.post("/me/passkeys", data=typed).status_code in (302, 409, 429)


def test_who_is_blocked_does_not_come_in(me, stranger, node):
    device = Authenticator()
    add(me, device)
    cast = Cast(node)
    bob = cast.signed_in(me.application, "bob")
    bob.post(f"/admin/people/{keys(node)[0].person_id}/block")
    assert come_in(stranger, device.get(question(stranger))).status_code == 403
    assert not is_in(stranger)


def test_who_leaves_takes_their_keys(me, stranger, node):
    device = Authenticator()
    add(me, device)
    me.post("/me/leave", data={"password": PASSWORD})
    assert keys(node) == []
    assert come_in(stranger, device.get(question(stranger))).status_code == 403


def test_nobody_touches_the_keys_of_another(me, site, node):
    add(me, Authenticator())
    (key,) = keys(node)
    other = site.test_client()
    join(other, email="other@example.com")
    assert other.post(f"/me/passkeys/{key.id}/name", data={"name": "내 것"}).status_code == 404
    other.post(f"/me/passkeys/{key.id}/remove")
    assert [each.name for each in keys(node)] == ["내 전화기"]


def test_a_way_on_that_leads_off_the_site_is_not_gone(me, stranger):
    device = Authenticator()
    add(me, device)
    answer = come_in(stranger, device.get(question(stranger)), next="//evil.example")
    assert answer.location == "/"


def test_questions_are_bounded(stranger):
    answers = [stranger.post("/log-in/passkey/question").status_code for _ in range(61)]
    assert answers[-1] == 429


def test_what_was_done_is_written_down_and_taken_along(me, node):
    add(me, Authenticator())
    me.post(f"/me/passkeys/{keys(node)[0].id}/remove")
    with node.db.read() as session:
        actions = session.scalars(select(AuditRecord.action)).all()
    assert {"person.added_passkey", "person.removed_passkey"} <= set(actions)


def test_without_a_token_nothing_is_added(node):
    client = create_app(node).test_client()
    assert client.post("/log-in/passkey/question").status_code == 400


def test_where_the_site_has_no_name_nothing_is_said_of_passkeys(tmp_path):
    (tmp_path / "other").mkdir()
    other = make_node(tmp_path / "other", plugins=())
    app = create_app(other)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    client = app.test_client()
    assert "패스키" not in client.get("/log-in").text
    join(client)
    assert "패스키" not in client.get("/me").text
    assert client.post("/me/passkeys/question").status_code == 404
    other.close()
