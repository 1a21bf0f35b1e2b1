"""Letters: the mail that the core writes, in the language of whoever receives it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from .. import outbox
from ..auth.sign_ins import digest
from ..models import Person
from .page import outside_url, this_node


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and a text, both message ids; they may use name, node and url."""

    subject: str
    text: str


CHECK_EMAIL = Letter(
    "%(node)s: is this your e-mail address?",
    "Hello %(name)s,\n\n"
    "you have joined %(node)s with this e-mail address. Please open this page and press the "
    "button, so that we know that our letters reach you:\n\n%(url)s\n\n"
    "The link works once, for three days. If you have not joined, please do not press it; you "
    "need not do anything.",
)
NEW_PASSWORD = Letter(
    "%(node)s: choose a new password",
    "Hello %(name)s,\n\n"
    "somebody, we hope you, asked for a new password. You can choose it on this page:\n\n"
    "%(url)s\n\n"
    "The link works once, for one hour. If it was not you, please do nothing: your password "
    "stays as it is.",
)
PASSWORD_CHANGED = Letter(
    "%(node)s: your password was changed",
    "Hello %(name)s,\n\n"
    "your password was changed just now, and other devices were logged out. If it was not you, "
    "please choose a new one at once:\n\n%(url)s",
)


def send(session: Session, letter: Letter, person: Person, *, url: str, key: str) -> None:
    """Put a letter to a person into the outbox; ``key`` makes a second one the same."""
    node = this_node()
    tongue = this_node().catalogues.tongue(person.language)
    values = {"name": person.name, "node": node.settings.node.name, "url": url}
    payload = {
        "to": person.email,
        "subject": tongue.gettext(letter.subject, **values),
        "text": tongue.gettext(letter.text, **values) + "\n",
    }
    outbox.enqueue(session, "mail", payload, key=f"mail:{key}", at=node.clock.now())


def send_check(session: Session, person: Person, token: str) -> None:
    """Ask a person to show that they read the mail of their address."""
    url = outside_url("core.check_email", token=token)
    send(session, CHECK_EMAIL, person, url=url, key=f"check-email:{digest(token)}")


def send_new_password(session: Session, person: Person, token: str) -> None:
    """Send a person the link by which they choose a new password."""
    url = outside_url("core.new_password", token=token)
    send(session, NEW_PASSWORD, person, url=url, key=f"new-password:{digest(token)}")


def send_password_changed(session: Session, person: Person) -> None:
    """Tell a person that their password was changed, in case it was not them."""
    key = f"password-changed:{person.id}:{this_node().clock.now().isoformat()}"
    send(session, PASSWORD_CHANGED, person, url=outside_url("core.forgotten"), key=key)
