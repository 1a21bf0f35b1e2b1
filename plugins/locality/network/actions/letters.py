"""Letters about applications: to those who apply, by mail; to stewards, as they have chosen."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.answers import NoticeKind
from .....core.node import Node
from .....core.notices import Notice, tell
from .....core.rights.letters import address, post, stewards
from .....core.values import STEWARD, Message
from ..models import Application
from ..rules.calls import ACCEPTED, RECEIVED, REFUSED, REVIEW, TALK, WITHDRAWN, code_of

APPLIED = NoticeKind(
    "locality.applied",
    Message("Applications for new areas and hubs", {}),
    Message("A group wants to found a hub or an area and has applied.", {}),
    default="now",
    roles=frozenset({STEWARD}),
    order=70,
)

_SUBJECT = Message("%(node)s: your application, %(group)s", {})
_TEXTS = {
    RECEIVED: Message(
        "Hello %(name)s,\n\nthank you. Your application has arrived. This is its code:\n\n"
        "%(code)s\n\nWith it you see here how far it has come, and can take it back:\n\n%(url)s",
        {},
    ),
    REVIEW: Message(
        "Hello %(name)s,\n\nwe are looking at your application now.\n\n%(words)s\n\n%(url)s", {}
    ),
    TALK: Message(
        "Hello %(name)s,\n\nwe would like to talk with you about your application, and will call"
        " or write to you.\n\n%(words)s\n\n%(url)s",
        {},
    ),
    ACCEPTED: Message(
        "Hello %(name)s,\n\nyour application is accepted. We look forward to you!\n\n%(words)s"
        "\n\n%(url)s",
        {},
    ),
    REFUSED: Message(
        "Hello %(name)s,\n\nwe could not accept your application this time. The reason:\n\n"
        "%(words)s\n\nYou may ask us about it, and apply again.\n\n%(url)s",
        {},
    ),
    WITHDRAWN: Message(
        "Hello %(name)s,\n\nyou have taken your application back. Who you are and what you wrote"
        " is erased.\n\n%(url)s",
        {},
    ),
}


def tell_applicant(node: Node, session: Session, application: Application, words: str = "") -> None:
    """Write to those who applied how their application stands now."""
    code = code_of(node.settings.secret, application.id)
    post(
        node, session, to=application.email, language=application.language,
        subject=_SUBJECT.text, text=_TEXTS[application.state].text,
        key=f"locality.application:{application.id}:{application.state}",
        name=application.name, group=application.group, code=code, words=words,
        url=address(node, f"/network/applied/{code}"),
    )  # fmt: skip


def tell_stewards(node: Node, session: Session, application: Application) -> None:
    """Tell those who run the node that somebody has applied."""
    notice = Notice(
        kind=APPLIED.name,
        title=Message("%(group)s has applied", {"group": application.group}),
        text=Message("Please look at the application and answer soon.", {}),
        url=f"/network/applications/{application.id}",
        subject=f"application:{application.id}",
        key=f"locality.applied:{application.id}",
    )
    tell(node, session, [each.id for each in stewards(session)], notice)
