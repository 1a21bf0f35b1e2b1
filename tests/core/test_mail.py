"""Mail: what leaves, by which way, and what happens when it cannot."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from wizzle.core import mail, outbox
from wizzle.core.errors import Unreachable
from wizzle.core.models import Job
from wizzle.core.node import Node
from wizzle.node_config import MailSettings

LETTER = {"to": "haneul@example.com", "subject": "새 소식이 왔어요", "text": "안녕하세요.\n끝.\n"}


class Postbox:
    """A mail server that keeps what it gets, or answers as it is told."""

    def __init__(self) -> None:
        self.got: list[object] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        if self.answer.startswith("250"):
            message = message_from_bytes(envelope.content, policy=policy.default)
            self.got.append((envelope.rcpt_tos, message))
        return self.answer


@pytest.fixture
def postbox(sqlite_node) -> Iterator[tuple[Postbox, Node]]:
    """A mail server on this machine, and a node that sends by it."""
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    by_smtp = MailSettings(
        kind="smtp", sender="강북위즐 <hello@gangbuk.example>", host="127.0.0.1", port=port,
        security="none",
    )  # fmt: skip
    settings = replace(sqlite_node.settings, mail=by_smtp)
    yield box, Node(settings, sqlite_node.db, sqlite_node.host, sqlite_node.ports)
    server.stop()


def test_a_letter_arrives_in_korean(postbox):
    box, node = postbox
    mail.sender(node)(LETTER)
    to, message = box.got[0]
    assert to == ["haneul@example.com"]
    assert message["Subject"] == "새 소식이 왔어요"
    assert message["From"] == "강북위즐 <hello@gangbuk.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] is not None
    assert message.get_content().replace("\r\n", "\n") == "안녕하세요.\n끝.\n"


def test_nothing_typed_becomes_a_header_of_its_own(postbox):
    box, node = postbox
    evil = "Hello\r\nBcc: everyone@example.com\r\n\r\nbody"
    mail.sender(node)({"to": "haneul@example.com", "subject": evil, "text": "x"})
    to, message = box.got[0]
    assert to == ["haneul@example.com"]
    assert message["Bcc"] is None
    assert message["Subject"] == "Hello Bcc: everyone@example.com body"


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [("550 no such mailbox", True), ("451 try later", False), ("554 spam", True)],
)
def test_a_refusal_says_whether_trying_again_helps(postbox, answer, permanent):
    box, node = postbox
    box.answer = answer
    with pytest.raises(Unreachable) as refused:
        mail.sender(node)(LETTER)
    assert refused.value.permanent is permanent


def test_a_server_that_is_not_there_is_tried_again_later(postbox):
    _, node = postbox
    settings = replace(node.settings, mail=replace(node.settings.mail, port=1))
    send = mail.sender(Node(settings, node.db, node.host, node.ports))
    with node.db.write() as session:
        outbox.enqueue(session, "mail", LETTER, key="k", at=node.clock.now())
    outbox.run_due(node.db, node.clock, {"mail": send})
    with node.db.read() as session:
        job = session.query(Job).one()
        assert job.state == "waiting"
        assert "Unreachable" in job.error


def test_a_server_without_encryption_is_sent_nothing_when_it_is_asked_for(postbox):
    box, node = postbox
    secure = replace(node.settings.mail, security="starttls", username="u", password="hunter2")
    send = mail.sender(Node(replace(node.settings, mail=secure), node.db, node.host, node.ports))
    with pytest.raises(Unreachable) as refused:
        send(LETTER)
    assert box.got == []
    assert "hunter2" not in str(refused.value)


def test_letters_into_a_folder_can_be_opened(sqlite_node):
    send = mail.sender(sqlite_node)
    send(LETTER)
    send({**LETTER, "to": "other@example.com"})
    files = sorted((sqlite_node.home / "mail").glob("*.eml"))
    letters = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert {letter["To"] for letter in letters} == {"haneul@example.com", "other@example.com"}
    assert letters[0]["Subject"] == "새 소식이 왔어요"


def test_letters_onto_the_console(sqlite_node, capsys):
    settings = replace(
        sqlite_node.settings, mail=MailSettings(kind="console", sender="a@b.example")
    )
    node = Node(settings, sqlite_node.db, sqlite_node.host, sqlite_node.ports)
    mail.sender(node)(LETTER)
    shown = capsys.readouterr().err
    assert "새 소식이 왔어요" in shown
    assert "안녕하세요." in shown
