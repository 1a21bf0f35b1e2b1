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
NEW_EMAIL = Letter(
    "%(node)s: is this your new e-mail address?",
    "Hello %(name)s,\n\n"
    "somebody, we hope you, wants to use this e-mail address at %(node)s from now on. Please open "
    "this page and press the button:\n\n%(url)s\n\n"
    "The link works once, for one hour. If it was not you, please do nothing: nothing changes.",
)
EMAIL_CHANGED = Letter(
    "%(node)s: your e-mail address was changed",
    "Hello %(name)s,\n\n"
    "your account has another e-mail address now, and this one is no longer used. If it was not "
    "you, please tell the people who run %(node)s at once:\n\n%(url)s",
)

WAY_IN = Letter(
    "%(node)s: a link with which you come in",
    "Hello %(name)s,\n\n"
    "the people who run %(node)s have made a link for you, so that you come to your page without "
    "a password:\n\n%(url)s\n\n"
    "The link works once, for seven days. If you do not want it, please do nothing, or ask them.",
)
WAY_IN_MADE = Letter(
    "%(node)s: a way in was made for you",
    "Hello %(name)s,\n\n"
    "the people who run %(node)s have just made a link or a code for you, so that you come to your "
    "page without a password. They give it to you themselves. If you did not ask for it, please "
    "tell them. Where you are logged in you see here:\n\n%(url)s",
)

TEST = Letter(
    "%(node)s: a test letter",
    "Hello %(name)s,\n\nmail of %(node)s arrives. Nothing else is to be done.\n\n%(url)s",
)


def send(
    session: Session, letter: Letter, person: Person, *, url: str, key: str, to: str | None = None
) -> None:
    """Put a letter to a person into the outbox; ``key`` makes a second one the same, ``to`` is
    another address than that of the account."""
    node = this_node()
    tongue = this_node().catalogues.tongue(person.language)
    values = {"name": person.name, "node": node.settings.node.name, "url": url}
    payload = {
        "to": to or person.email,
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


def send_new_email(session: Session, person: Person, token: str, *, to: str) -> None:
    """Ask at a new address whether its reader wants it for their account."""
    url = outside_url("core.new_email", token=token)
    send(session, NEW_EMAIL, person, url=url, key=f"new-email:{digest(token)}", to=to)


def send_email_changed(session: Session, person: Person, token: str, *, former: str) -> None:
    """Tell the reader of the former address, in case it was not them."""
    key = f"email-changed:{digest(token)}"
    send(session, EMAIL_CHANGED, person, url=outside_url("core.home"), key=key, to=former)


def send_way_in(session: Session, person: Person, token: str) -> None:
    """Send a link to whom it is for; to an address that nobody has proven, only that there is
    one."""
    key = f"way-in:{digest(token)}"
    if person.email_checked_at is None:
        send_way_in_made(session, person, key=key)
    else:
        send(session, WAY_IN, person, url=outside_url("core.come_in", token=token), key=key)


def send_way_in_made(session: Session, person: Person, *, key: str) -> None:
    """Tell a person that a way in was made for them, in case they did not ask for it."""
    send(session, WAY_IN_MADE, person, url=outside_url("core.devices"), key=key)


def send_test(session: Session, person: Person, *, key: str) -> None:
    """Send a steward a letter that only shows that letters arrive."""
    send(session, TEST, person, url=outside_url("core.admin"), key=key)
