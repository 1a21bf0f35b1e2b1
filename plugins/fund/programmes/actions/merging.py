"""Making one proposal of several: suggested by an author or a reviewer, done when all agree."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.errors import Forbidden, Invalid, NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from ..models import MergePart, Merging, Programme, Proposal, Support
from ..queries import phase_of
from ..rules import MERGED, MOST_PARTS, PROPOSAL, PROPOSED, cost_words, may_merge
from .held import locked_programme, record
from .proposing import add_version
from .telling import changed, tell_author, tell_people


def suggest_merging(
    node: Node, session: Session, programme_id: int, proposal_ids: Collection[int], *, title: str,
    summary: str, asked: int, key: str, actor_id: int, reviews: bool,
) -> Merging:  # fmt: skip
    """Suggest that two or more proposals become one; the same ``key`` suggests it once.

    An author suggests it for their own with others, and so agrees; who ``reviews`` for any.
    """
    programme = locked_programme(session, programme_id)
    made = session.scalars(
        select(Merging).where(Merging.programme_id == programme_id, Merging.key == key)
    ).one_or_none()
    if made is not None:
        return made
    parts = _held(session, proposal_ids, programme_id)
    _check(node, session, programme, parts, asked)
    if not reviews and all(each.author_id != actor_id for each in parts):
        raise Forbidden("Only the author of one of them can suggest this.")
    merging = Merging(
        programme_id=programme_id, key=key, title=title, summary=summary, asked=asked,
        made_at=node.clock.now(),
    )  # fmt: skip
    session.add(merging)
    session.flush()
    for each in parts:
        agreed = node.clock.now() if each.author_id == actor_id else None
        session.add(MergePart(merging_id=merging.id, proposal_id=each.id, agreed_at=agreed))
        words = Message("“%(title)s” could be merged with another proposal", {"title": each.title})
        tell_author(node, session, each, words, title, key=f"merging:{merging.id}", but=actor_id)
    session.flush()
    record(
        node, session, "merging", PROPOSAL, parts[0].id, actor_id, of=[each.id for each in parts]
    )
    _merge_if_agreed(node, session, programme, merging)
    return merging


def _held(session: Session, ids: Collection[int], programme_id: int) -> list[Proposal]:
    query = select(Proposal).where(
        Proposal.id.in_(set(ids)), Proposal.programme_id == programme_id,
        Proposal.hidden_at.is_(None),
    ).order_by(Proposal.id).with_for_update()  # fmt: skip
    return list(session.scalars(query.execution_options(populate_existing=True)))


def _check(
    node: Node, session: Session, programme: Programme, parts: list[Proposal], asked: int
) -> None:
    if not 2 <= len(parts) <= MOST_PARTS:
        words = Message("Please choose between 2 and %(most)s proposals.", {"most": MOST_PARTS})
        raise Invalid({"parts": [words]})
    if not programme.smallest <= asked <= programme.largest:
        raise Invalid({"asked": [cost_words(programme.smallest, programme.largest)]})
    if not may_merge([each.state for each in parts], phase_of(programme, node.clock.now())):
        raise Refused("These cannot be merged now.")
    if any(each.author_id is None for each in parts):
        raise Refused("The author of one of them has left, so nobody can agree for it.")
    waiting = (
        select(MergePart.proposal_id)
        .join(Merging, Merging.id == MergePart.merging_id)
        .where(Merging.ended_at.is_(None), MergePart.proposal_id.in_([p.id for p in parts]))
    )
    if session.scalar(waiting.limit(1)) is not None:
        raise Refused("One of them waits already for an answer about merging.")


def _open(session: Session, merging_id: int) -> tuple[Programme, Merging]:
    found = session.get(Merging, merging_id)
    if found is None:
        raise NotFound("Nobody has suggested this.")
    programme = locked_programme(session, found.programme_id)
    session.refresh(found, with_for_update=True)
    return programme, found


def agree(node: Node, session: Session, merging_id: int, *, person_id: int) -> int | None:
    """Agree for one's own parts; once all authors have, the merged proposal is made.

    Return its id, None as long as somebody is awaited.
    """
    programme, merging = _open(session, merging_id)
    if merging.ended_at is not None:
        return merging.proposal_id
    mine = _mine(session, merging_id, person_id)
    for each in mine:
        each.agreed_at = each.agreed_at or node.clock.now()
    session.flush()
    record(node, session, "agreed", PROPOSAL, mine[0].proposal_id, person_id, merging=merging_id)
    return _merge_if_agreed(node, session, programme, merging)


def decline(node: Node, session: Session, merging_id: int, *, person_id: int) -> None:
    """Say no: the proposals stay apart."""
    _, merging = _open(session, merging_id)
    if merging.ended_at is not None:
        return
    mine = _mine(session, merging_id, person_id)
    merging.ended_at = node.clock.now()
    session.flush()
    record(node, session, "declined", PROPOSAL, mine[0].proposal_id, person_id, merging=merging_id)


def _mine(session: Session, merging_id: int, person_id: int) -> list[MergePart]:
    mine = list(
        session.scalars(
            select(MergePart)
            .join(Proposal, Proposal.id == MergePart.proposal_id)
            .where(MergePart.merging_id == merging_id, Proposal.author_id == person_id)
        )
    )
    if not mine:
        raise Forbidden("Only the author of one of them can do this.")
    return mine


def _merge_if_agreed(
    node: Node, session: Session, programme: Programme, merging: Merging
) -> int | None:
    rows = session.scalars(select(MergePart).where(MergePart.merging_id == merging.id)).all()
    if any(each.agreed_at is None for each in rows):
        return None
    parts = _held(session, [each.proposal_id for each in rows], programme.id)
    phase = phase_of(programme, node.clock.now())
    if len(parts) != len(rows) or not may_merge([each.state for each in parts], phase):
        raise Refused("These cannot be merged now.")
    now = node.clock.now()
    first = parts[0]
    merged = Proposal(
        programme_id=programme.id, key=f"merging:{merging.id}", author_id=first.author_id,
        state=PROPOSED, title=merging.title, summary=merging.summary,
        why="\n\n".join(f"{each.title}\n{each.why}" for each in parts),
        place=_joined(each.place for each in parts)[:120], asked=merging.asked,
        asked_for="\n".join(each.asked_for for each in parts if each.asked_for),
        category=first.category, made_at=now, proposed_at=now,
        picture_id=next((each.picture_id for each in parts if each.picture_id), None),
    )  # fmt: skip
    session.add(merged)
    session.flush()
    add_version(node, session, merged)
    for each in parts:
        each.state, each.merged_into_id = MERGED, merged.id
        changed(session, each)
    merging.ended_at, merging.proposal_id = now, merged.id
    changed(session, merged)
    _tell(node, session, merged, parts)
    record(node, session, "merged", PROPOSAL, merged.id, None, parts=[each.id for each in parts])
    return merged.id


def _joined(texts: object) -> str:
    return ", ".join(dict.fromkeys(text for text in texts if text))  # type: ignore[attr-defined]


def _tell(node: Node, session: Session, merged: Proposal, parts: list[Proposal]) -> None:
    ids = [each.id for each in parts]
    people = set(session.scalars(select(Support.person_id).where(Support.proposal_id.in_(ids))))
    people |= {each.author_id for each in parts if each.author_id is not None}
    words = Message("Proposals that you know were merged: %(title)s", {"title": merged.title})
    tell_people(node, session, sorted(people), merged, words, merged.summary, key="merged")
