"""A public page: opened by who wants one, changed, closed again."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .....core import follows, members, search
from .....core.answers import ConsentText
from .....core.errors import Invalid
from .....core.facts import ProfileChanged, ThingHidden
from .....core.node import Node
from .....core.values import Message
from ..models import Profile
from ..rules import handle_form

CONSENT, VERSION = "public_page", "1"

PAGE = ConsentText(
    CONSENT,
    VERSION,
    "optional",
    Message("A public page of my own", {}),
    Message("Everyone may see this page and what I write for everyone", {}),
    Message("so that neighbours and other networks find and follow you", {}),
    Message("the name and handle that you choose, words, picture, public posts", {}),
    Message("until you close the page", {}),
    Message("Then you write for members and circles alone; everything else stays open.", {}),
    ends=Message("You take it back by closing your public page.", {}),
)
"""What is agreed to by opening one (Personal Information Protection Act article 15 (1) 1)."""

TAKEN = Message("Somebody else has this handle already.", {})
UNFIT = Message("A handle has 3 to 30 small Latin letters, digits or underscores.", {})


def open_page(
    node: Node, session: Session, person_id: int, *, handle: str, name: str, words: str,
    language: str = "",
) -> Profile:  # fmt: skip
    """Open a public page, or change it; ``Invalid`` for a handle that cannot be had.

    A handle stays what it is: others have written it down.
    """
    page = session.get(Profile, person_id, with_for_update=True)
    if page is None:
        page = _opened(node, session, person_id, handle, name)
        members.give_consent(
            session, person_id, CONSENT, VERSION, at=node.clock.now(), language=language
        )
    page.name, page.words = name.strip()[:60], words.strip()[:500]
    _changed(node, session, person_id)
    return page


def _changed(node: Node, session: Session, person_id: int) -> None:
    """Tell whoever shows public pages: the search, and other nodes if its owner lets them."""
    session.flush()
    search.changed(session, "person", person_id)
    fact = ProfileChanged(subject=f"person:{person_id}", at=node.clock.now())
    node.hooks.profile_changed(node=node, session=session, fact=fact)


def _opened(node: Node, session: Session, person_id: int, handle: str, name: str) -> Profile:
    wanted = handle_form(handle)
    if not wanted:
        raise Invalid({"handle": [UNFIT]})
    if session.scalar(select(Profile.person_id).where(Profile.handle == wanted)) is not None:
        raise Invalid({"handle": [TAKEN]})
    page = Profile(person_id=person_id, handle=wanted, name=name, opened_at=node.clock.now())
    try:
        with session.begin_nested():
            session.add(page)
            session.flush()
    except IntegrityError as taken:
        raise Invalid({"handle": [TAKEN]}) from taken
    return page


def close_page(node: Node, session: Session, person_id: int) -> None:
    """Close a public page: nobody follows it any more. What was written stays, for members."""
    page = session.get(Profile, person_id, with_for_update=True)
    if page is not None:
        session.delete(page)
    follows.forget_subject(session, f"person:{person_id}")
    members.withdraw_consent(session, person_id, CONSENT, at=node.clock.now())
    _changed(node, session, person_id)


def hide_page(node: Node, session: Session, fact: ThingHidden) -> None:
    """Keep a page from being seen, or let it be seen again, as stewards decided."""
    kind, _, number = fact.subject.partition(":")
    page = session.get(Profile, int(number)) if kind == "person" and number.isdecimal() else None
    if page is not None:
        page.hidden_at = node.clock.now() if fact.hidden else None
        _changed(node, session, page.person_id)
