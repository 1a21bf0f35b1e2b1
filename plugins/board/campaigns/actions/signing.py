"""Signing a petition: members at once, guests by the link of a letter; one signature each."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .....core import members
from .....core.errors import NotFound, Refused
from .....core.node import Node
from .....core.rights import letters
from .....core.values import Message, Viewer
from ..models import Campaign, Signature
from ..queries import signature_by_token
from ..rules import CONSENT, CONSENT_VERSION, PETITION, digest, who
from .held import held_open, record


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody signs: ``shown`` on the page, ``handed_on`` to the receiver by name."""

    name: str
    email: str
    shown: bool
    handed_on: bool
    language: str = "ko"


def sign(
    node: Node, session: Session, campaign_id: int, viewer: Viewer, *, shown: bool, handed_on: bool
) -> None:
    """Sign as a member, or change how one's signature is shown; it stays one."""
    if not viewer.checked:
        raise Refused("Please confirm your e-mail address first, so that everyone signs once.")
    if members.stays(session, viewer.id) is None:
        raise NotFound("There is no such campaign here.")
    campaign = held_open(node, session, campaign_id, PETITION)
    wish = Wish(viewer.name, members.email_form(viewer.email), shown, handed_on)
    signature = _signed(session, campaign, wish, viewer.id) or _add(node, session, campaign, wish)
    if signature.person_id not in (None, viewer.id):
        raise Refused("Somebody has signed with this address already.")
    # What a guest signed with this address is the member's from now on.
    signature.person_id, signature.email, signature.token_hash = viewer.id, "", None
    signature.name, signature.shown, signature.handed_on = viewer.name, shown, handed_on
    signature.counted_at = signature.counted_at or node.clock.now()
    session.flush()
    _note_consent(node, session, viewer.id)
    record(node, session, "signed", campaign.id, viewer.id)


def take_back(node: Node, session: Session, campaign_id: int, person_id: int) -> None:
    """Take one's signature back; what was handed over stands."""
    campaign = held_open(node, session, campaign_id, PETITION)
    mine = (Signature.campaign_id == campaign.id, Signature.person_id == person_id)
    session.execute(delete(Signature).where(*mine))
    _note_consent(node, session, person_id)
    record(node, session, "took_back", campaign.id, person_id)


def _note_consent(node: Node, session: Session, person_id: int) -> None:
    """Keep one consent standing as long as any signature of a member may be handed on."""
    now = node.clock.now()
    members.withdraw_consent(session, person_id, CONSENT, at=now)
    handed_on = (Signature.person_id == person_id, Signature.handed_on)
    if session.scalar(select(Signature.id).where(*handed_on).limit(1)) is not None:
        members.give_consent(session, person_id, CONSENT, CONSENT_VERSION, at=now)


_PROVE = Message("%(node)s: please confirm your signature", {}).text
_PROVE_TEXT = Message(
    "Hello %(name)s,\n\nsomebody, we hope you, wants to sign “%(title)s”. Please open this page and"
    " press the button; only then it counts:\n\n%(url)s\n\nThe link waits for three days. On the"
    " same page you can take your signature back. If it was not you, please do nothing.",
    {},
).text


def sign_as_guest(
    node: Node, session: Session, campaign_id: int, wish: Wish, *, token: str
) -> None:
    """Note that somebody without an account wants to sign, and send the link that makes it count.

    Whoever signed already gets a link to the signature that stands: nobody learns who did.
    """
    campaign = held_open(node, session, campaign_id, PETITION)
    signature = _signed(session, campaign, wish, None) or _add(node, session, campaign, wish)
    if signature.person_id is not None:
        return  # a member, who sees it on their own page
    if signature.counted_at is None:
        signature.name, signature.made_at = wish.name, node.clock.now()
        signature.shown, signature.handed_on = wish.shown, wish.handed_on
    signature.token_hash = digest(token)
    session.flush()
    letters.post(
        node, session, to=wish.email, language=wish.language, subject=_PROVE, text=_PROVE_TEXT,
        key=f"board-sign:{signature.token_hash}", name=wish.name, title=campaign.title,
        url=letters.address(node, f"/signatures/{token}"),
    )  # fmt: skip


def _signed(
    session: Session, campaign: Campaign, wish: Wish, person_id: int | None
) -> Signature | None:
    mine = Signature.who == who(wish.email)
    if person_id is not None:
        mine |= Signature.person_id == person_id
    query = select(Signature).where(Signature.campaign_id == campaign.id, mine)
    query = query.order_by(Signature.person_id.is_(None), Signature.id).limit(1)
    return session.scalars(query.with_for_update()).one_or_none()


def _add(node: Node, session: Session, campaign: Campaign, wish: Wish) -> Signature:
    signature = Signature(
        campaign_id=campaign.id, who=who(wish.email), name=wish.name, email=wish.email,
        shown=wish.shown, handed_on=wish.handed_on, made_at=node.clock.now(),
        consent=f"{CONSENT_VERSION}:{wish.language}"[:20],
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(signature)
            session.flush()
    except IntegrityError:  # the same person in two windows
        same = (Signature.campaign_id == campaign.id, Signature.who == signature.who)
        return session.scalars(select(Signature).where(*same).with_for_update()).one()
    return signature


def confirm(node: Node, session: Session, token: str) -> int:
    """Count a guest's signature; pressed twice it counts once. Return the campaign's id."""
    signature = signature_by_token(session, token, node.clock.now())
    campaign = held_open(node, session, signature.campaign_id, PETITION)
    if signature.counted_at is None:
        signature.counted_at = node.clock.now()
        session.flush()
        record(node, session, "signed", campaign.id, None)
    return campaign.id


def take_back_by_link(node: Node, session: Session, token: str) -> int:
    """Take a guest's signature back and forget who it was; return the campaign's id."""
    signature = signature_by_token(session, token, node.clock.now())
    campaign_id = signature.campaign_id
    session.delete(signature)
    session.flush()
    record(node, session, "took_back", campaign_id, None)
    return campaign_id
