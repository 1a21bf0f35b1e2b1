"""What a new node needs before it serves people, read from what stands and ticked by nobody."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from ...node_config import Operator
from .. import moderation
from ..answers import FirstStep
from ..models import Job
from ..node import Node
from ..values import Message

TEST_MAIL = "mail:test:"
"""How the keys of jobs begin that send a test letter."""

BACKUP = "backed-up"
"""The file in the node's folder that a backup touches when it has come to its end."""

BACKUP_AGE = timedelta(days=8)


def first_steps(node: Node, session: Session) -> list[FirstStep]:
    """Return all steps of the core and of the plugins, in their order."""
    found = node.host.collect("first_steps", node=node, session=session)
    return sorted([*_of_core(node, session), *found], key=lambda each: each.order)


def _of_core(node: Node, session: Session) -> list[FirstStep]:
    settings = node.settings
    return [
        FirstStep(
            Message("Who runs this node", {}),
            Message("The real name, address and registration number, at the foot of every page.",
                    {}),
            url_for("core.edit_settings", section="operator"), is_real(settings.operator), order=10,
        ),
        FirstStep(
            Message("An address with https", {}),
            Message("Orders and passwords must not travel open. The address stands in node.toml.",
                    {}),
            url_for("core.admin_settings"),
            settings.node.address.startswith("https:") and not settings.server.development,
            order=20,
        ),
        FirstStep(
            Message("Mail arrives", {}),
            Message("Send yourself a test letter below. The mail server stands in node.toml.", {}),
            url_for("core.admin", _anchor="test-mail"), mail_works(node, session), order=30,
        ),
        FirstStep(
            Message("A second steward", {}),
            Message("For holidays, and because somebody else decides about appeals.", {}),
            url_for("core.admin_people"), len(moderation.queries.stewards(session)) > 1, order=40,
        ),
        FirstStep(
            Message("A backup that runs by itself", {}),
            Message("At its end it touches the file “backed-up” in the node's folder; the hosting"
                    " guide shows how. This looks whether that was within eight days.", {}),
            url_for("core.admin_settings"), is_backed_up(node), order=50,
        ),
    ]  # fmt: skip


def is_real(operator: Operator) -> bool:
    """Say whether an operator is more than the example that a new node begins with."""
    texts = (operator.trade_name, operator.address, operator.representative)
    host = operator.email.rpartition("@")[2]
    example = host.endswith((".example", ".invalid")) or ".example" in host or "example." in host
    marked = any("예시" in text or "example" in text.lower() for text in texts)
    return not (example or marked or operator.business_number.startswith("000-"))


def mail_works(node: Node, session: Session) -> bool:
    """Say whether mail really leaves, and a test letter has left."""
    job = last_test(session)
    return node.settings.mail.kind == "smtp" and job is not None and job.state == "done"


def last_test(session: Session) -> Job | None:
    """Return the job of the last test letter."""
    end = TEST_MAIL[:-1] + chr(ord(TEST_MAIL[-1]) + 1)
    found = select(Job).where(Job.key >= TEST_MAIL, Job.key < end)
    return session.scalars(found.order_by(Job.id.desc()).limit(1)).one_or_none()


def is_backed_up(node: Node) -> bool:
    """Say whether a backup has come to its end within the last days."""
    try:
        at = Path(node.home / BACKUP).stat().st_mtime
    except OSError:
        return False
    return node.clock.now().timestamp() - at < BACKUP_AGE.total_seconds()
