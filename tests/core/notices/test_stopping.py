"""No more mail of a kind: by one press in the mail program, without logging in, and undone."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

import pytest
from support.telling import CONFIRM, HARVEST, SALE, TALK, bring, say, told, waiting

from wizzle.core import mail, members, outbox
from wizzle.core.notices import choices, times_of
from wizzle.core.notices.rules import ALL, DIGEST, Unsigned, sign, unsigned
from wizzle.core.web import create_app

SECRET = "a secret of the node"


@pytest.fixture
def node(on_sqlite):
    return on_sqlite


@pytest.fixture
def guarded(node):
    """The website as it is served, with its forms guarded against forgery."""
    return create_app(node)


@pytest.fixture
def stopped(node, guarded, id_of):
    """Tell alice something by mail and return a stranger's browser and the path that stops it."""
    say(node, id_of("alice"))
    (letter,) = waiting(node)
    return guarded.test_client(), letter["unsubscribe"].removeprefix("http://127.0.0.1:8000")


def mail_of(node, person, kind):
    with node.db.read() as session:
        way = choices(session, person).get(kind.name)
        return way.mail if way else "as the house has it"


def sent(node):
    outbox.run_due(node.db, node.clock, {"mail": mail.sender(node)})
    files = sorted(node.settings.mail_folder.glob("*.eml"))
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]


def test_the_letter_has_both_headers_as_the_standard_says(node, id_of):
    say(node, id_of("alice"))
    (letter,) = sent(node)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(
        r"<http://127\.0\.0\.1:8000/notices/off/\S+>", letter["List-Unsubscribe"].strip()
    )


def test_what_is_essential_has_none(node, id_of):
    say(node, id_of("alice"), CONFIRM)
    (letter,) = sent(node)
    assert letter["List-Unsubscribe"] is None
    assert letter["List-Unsubscribe-Post"] is None
    assert "/notices/off/" not in letter.get_body(("plain",)).get_content()


def test_a_digest_is_html_and_text_and_can_be_stopped(node, id_of, clock):
    say(node, id_of("alice"), TALK)
    clock.advance(days=1)
    bring(node)
    (letter,) = sent(node)
    kinds = [part.get_content_type() for part in letter.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    assert letter["List-Unsubscribe"]


def test_one_press_in_the_mail_program_stops_it(node, stopped, id_of):
    client, path = stopped
    answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert mail_of(node, id_of("alice"), HARVEST) == "off"
    say(node, id_of("alice"), key="next")
    assert len(waiting(node)) == 1
    assert len(told(node, "alice@example.com")) == 2


def test_looking_at_it_changes_nothing(node, stopped, id_of):
    client, path = stopped
    for ask in (client.get, client.head, client.options):
        assert ask(path).status_code == 200
    assert mail_of(node, id_of("alice"), HARVEST) == "as the house has it"


def test_a_person_presses_the_button_and_undoes_it(node, stopped, id_of):
    client, path = stopped
    page = client.get(path)
    assert "이 메일은 그만 받을게요" in page.text
    assert "앨리스" not in page.text
    assert "alice" not in page.text
    (action,) = re.findall(r'action="(/notices/off/[^"]+)"', page.text)
    page = client.post(action)
    assert "이제 오지 않아요" in page.text
    (action,) = re.findall(r'action="(/notices/on/[^"]+)"', page.text)
    assert "다시 메일을 보내 드려요" in client.post(action).text
    assert mail_of(node, id_of("alice"), HARVEST) == "now"
    say(node, id_of("alice"), key="next")
    assert len(waiting(node)) == 2


def test_the_digest_is_stopped_and_taken_up(node, guarded, id_of, clock):
    alice = id_of("alice")
    say(node, alice, TALK)
    clock.advance(days=1)
    (letter,) = bring(node)
    path = letter["unsubscribe"].removeprefix("http://127.0.0.1:8000")
    client = guarded.test_client()
    client.post(path)
    with node.db.read() as session:
        assert times_of(session, alice).digest is False
    say(node, alice, TALK, key="b")
    clock.advance(days=1)
    assert len(bring(node)) == 1
    client.post(path.replace("/off/", "/on/"))
    say(node, alice, TALK, key="c")
    clock.advance(days=1)
    assert len(bring(node)) == 2


def test_what_waits_is_stopped_too(node, guarded, id_of, clock):
    alice = id_of("alice")
    say(node, alice, TALK)
    guarded.test_client().post(f"/notices/off/{sign(node.settings.secret, alice, TALK.name)}")
    clock.advance(days=1)
    assert bring(node) == []


def test_all_of_it_stops_but_what_is_essential(node, guarded, id_of, clock):
    alice = id_of("alice")
    with node.db.write() as session:
        members.give_consent(session, alice, "news", "1", at=clock.now())
    client = guarded.test_client()
    token = sign(node.settings.secret, alice, ALL)
    client.post(f"/notices/off/{token}")
    for number, kind in enumerate((HARVEST, TALK, SALE, CONFIRM)):
        say(node, alice, kind, key=f"k{number}", title=kind.name)
    clock.advance(days=1)
    assert [letter["subject"] for letter in bring(node)] == [CONFIRM.name]
    client.post(f"/notices/on/{token}")
    say(node, alice, HARVEST, key="again")
    assert len(waiting(node)) == 2


def test_mail_with_several_things_of_the_night_stops_what_it_brings(node, id_of, clock):
    clock.advance(hours=13)
    for number, kind in enumerate((HARVEST, HARVEST)):
        say(node, id_of("alice"), kind, key=f"k{number}")
    clock.advance(hours=10)
    (letter,) = bring(node)
    token = letter["unsubscribe"].rpartition("/")[2]
    assert unsigned(node.settings.secret, token) == (id_of("alice"), HARVEST.name)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "token",
    ["x", "1.garden.harvest.", "1.garden.harvest.AAAAAAAAAAAAAAAAAAAAAAAA", "....", "가.나.다"],
)
def test_a_made_up_link_does_nothing(node, guarded, method, token):
    answer = getattr(guarded.test_client(), method)(f"/notices/off/{token}")
    assert answer.status_code == 404


def test_a_link_for_one_kind_or_person_is_no_link_for_another(id_of):
    token = sign(SECRET, 1, "garden.harvest")
    assert unsigned(SECRET, token) == (1, "garden.harvest")
    assert unsigned(SECRET, sign(SECRET, 1, DIGEST)) == (1, DIGEST)
    _, _, mac = token.rpartition(".")
    for other in (f"2.garden.harvest.{mac}", f"1.garden.talk.{mac}", f"1.{mac}", token + "x"):
        with pytest.raises(Unsigned):
            unsigned(SECRET, other)
    with pytest.raises(Unsigned):
        unsigned("another secret", token)


def test_essential_mail_cannot_be_stopped_by_a_link_either(node, guarded, id_of):
    token = sign(node.settings.secret, id_of("alice"), CONFIRM.name)
    assert guarded.test_client().post(f"/notices/off/{token}").status_code == 404


def test_a_link_of_somebody_who_has_left_does_nothing(node, stopped, id_of, clock):
    client, path = stopped
    with node.db.write() as session:
        members.leave(session, id_of("alice"), at=clock.now())
    assert client.post(path).status_code == 404
