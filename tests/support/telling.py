"""A plugin that tells things, and what came of it: notices, mail, push messages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from wizzle.core import outbox
from wizzle.core.answers import NoticeKind
from wizzle.core.models import Job, Person
from wizzle.core.node import Node
from wizzle.core.notices import Notice, tell
from wizzle.core.notices.models import Told
from wizzle.core.values import Message
from wizzle.core.work import works

from .letters import listening

CONFIRM = NoticeKind("garden.confirm", Message("Notices", {}), Message("Mail", {}), default="now",
                     essential=True, urgent=True)  # fmt: skip
HARVEST = NoticeKind("garden.harvest", Message("New", {}), Message("Mail", {}), default="now")
TALK = NoticeKind("garden.talk", Message("Advertising", {}), Message("Mail", {}), default="daily")
QUIET = NoticeKind("garden.quiet", Message("No mail", {}), Message("Mail", {}), default="bell")
SALE = NoticeKind("garden.sale", Message("Save", {}), Message("Mail", {}), default="now",
                  is_advertising=True)  # fmt: skip
OWNERS = NoticeKind("garden.owners", Message("Mail at once", {}), Message("Mail", {}),
                    roles=frozenset({"owner"}))  # fmt: skip


class Garden:
    @staticmethod
    def notice_kinds() -> list[NoticeKind]:
        return [CONFIRM, HARVEST, TALK, QUIET, SALE, OWNERS]


@contextmanager
def garden(node: Node) -> Iterator[None]:
    """Let a plugin declare its kinds."""
    with listening(node, Garden):
        yield


def say(
    node: Node, people: Any, kind: NoticeKind = HARVEST, *, key: str = "k", title: Any = "토마토",
    **more: Any,
) -> None:  # fmt: skip
    """Tell people something of this kind, in a transaction of its own."""
    notice = Notice(kind=kind.name, title=title, key=key, **{"text": "다 익었어요.", **more})
    with node.db.write() as session:
        tell(node, session, people, notice)


def told(node: Node, email: str) -> list[Told]:
    """Return what somebody was told, in its order."""
    with node.db.read() as session:
        rows = session.scalars(
            select(Told).join(Person, Person.id == Told.person_id)
            .where(Person.email == email).order_by(Told.id)
        ).all()  # fmt: skip
        session.expunge_all()
    return list(rows)


def words(node: Node, name: str) -> list[str]:
    """Return title and text of what a person of the cast was told."""
    return [f"{row.title}\n{row.text}" for row in told(node, f"{name}@example.com")]


def waiting(node: Node) -> list[dict[str, Any]]:
    """Return the mails that stand in the outbox."""
    with node.db.read() as session:
        jobs = session.scalars(select(Job).where(Job.kind == "mail").order_by(Job.id))
        return [dict(job.payload) for job in jobs]


def bring(node: Node) -> list[dict[str, Any]]:
    """Do what is due but for sending mail itself, and return all mails that stand in the outbox."""
    table = {kind: do for kind, do in works(node).items() if kind != "mail"}
    while outbox.run_due(node.db, node.clock, table):
        pass
    return waiting(node)
