"""What may be read of votes: never how anybody voted, nor what was chosen before the count."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, load_only

from ....core.answers import PersonalData
from ....core.errors import NotFound
from ....core.models import Person
from .models import DeskCount, Option, Result, Vote, Voter
from .rules import CLOSED, COUNTING, DRAFT, OPEN, codes

AnyRow = Row[*tuple[Any, ...]]
SIZE = 20


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many are on the roll, how many of them have voted, and of the desk: how many were ticked
    off for a paper ballot, how many such ballots were entered, and how many on paper by code."""

    roll: int
    voted: int
    ticked: int
    loose: int
    by_code: int

    @property
    def outstanding(self) -> int:
        """Return how many were ticked off whose ballots are not entered yet."""
        return self.ticked - self.loose

    @property
    def paper(self) -> int:
        """Return how many paper ballots were entered."""
        return self.loose + self.by_code


def vote_of(session: Session, vote_id: int, *, drafts: bool = True) -> Vote:
    """Return a vote; ``NotFound`` if there is none, or where drafts are not shown."""
    found = session.get(Vote, vote_id)
    if found is None or (found.state == DRAFT and not drafts):
        raise NotFound("There is no such vote here.")
    return found


def votes(
    session: Session, *, drafts: bool = False, before: int | None = None, limit: int = SIZE + 1
) -> Sequence[Vote]:
    """Return votes, the newest first."""
    query = select(Vote).order_by(Vote.id.desc()).limit(limit)
    if not drafts:
        query = query.where(Vote.state != DRAFT)
    return session.scalars(query if before is None else query.where(Vote.id < before)).all()


def of_programme(session: Session, programme_id: int, *, drafts: bool = False) -> Sequence[Vote]:
    """Return the last votes of a programme, the newest first."""
    query = select(Vote).where(Vote.programme_id == programme_id).order_by(Vote.id.desc()).limit(5)
    return session.scalars(query if drafts else query.where(Vote.state != DRAFT)).all()


def running(session: Session, now: datetime, limit: int = 3) -> Sequence[Vote]:
    """Return votes in which one can take part now, those that end first first."""
    query = select(Vote).where(Vote.state == OPEN, Vote.opens_at <= now, Vote.closes_at > now)
    return session.scalars(query.order_by(Vote.closes_at, Vote.id).limit(limit)).all()


def lately(session: Session, since: datetime, limit: int = 2) -> Sequence[AnyRow]:
    """Return votes that were counted since then: id, title."""
    query = select(Vote.id, Vote.title, Result.counted_at).join(Result, Result.vote_id == Vote.id)
    query = query.where(Result.counted_at > since).order_by(Result.counted_at.desc())
    return session.execute(query.limit(limit)).all()


def options(session: Session, vote_id: int) -> Sequence[Option]:
    """Return the projects on the ballot, in the order of their numbers."""
    query = select(Option).where(Option.vote_id == vote_id).order_by(Option.number)
    return session.scalars(query).all()


def turnout(session: Session, vote_id: int) -> Turnout:
    """Return how many have taken part."""
    of_it = Voter.vote_id == vote_id
    roll = select(func.count()).where(of_it).scalar_subquery()
    voted = select(func.count()).where(of_it, Voter.voted).scalar_subquery()
    desk = [
        select(func.coalesce(func.sum(column), 0))
        .where(DeskCount.vote_id == vote_id)
        .scalar_subquery()
        for column in (DeskCount.ticked, DeskCount.loose, DeskCount.by_code)
    ]
    return Turnout(*(int(each) for each in session.execute(select(roll, voted, *desk)).one()))


def desk_log(session: Session, vote_id: int) -> Sequence[AnyRow]:
    """Return what each officer has done at the desk: name, ticked, entered."""
    entered = (DeskCount.loose + DeskCount.by_code).label("entered")
    return session.execute(
        select(Person.name, DeskCount.ticked, entered)
        .join(Person, Person.id == DeskCount.officer_id)
        .where(DeskCount.vote_id == vote_id)
        .order_by(Person.name, Person.id)
    ).all()


def member_on_roll(session: Session, vote_id: int, person_id: int) -> Voter | None:
    """Return the place of a member on the roll."""
    query = select(Voter).where(Voter.vote_id == vote_id, Voter.person_id == person_id)
    return session.scalars(query).one_or_none()


def voter_by_code(session: Session, secret: str, typed: str) -> Voter | None:
    """Return the place on a roll that a code stands for."""
    code = codes.read_code(typed)
    if len(code) != codes.LETTERS:
        return None
    query = select(Voter).where(Voter.code_hash == codes.digest(secret, code))
    return session.scalars(query).one_or_none()


def on_roll(session: Session, vote_id: int, words: str, limit: int = 21) -> Sequence[AnyRow]:
    """Find people on the roll by how their name begins: id, name, mail of members, voted."""
    name = func.coalesce(Person.name, Voter.name).label("name")
    shown = select(Voter.id, name, Person.email, Voter.voted)
    return session.execute(
        shown.outerjoin(Person, Person.id == Voter.person_id)
        .where(Voter.vote_id == vote_id, Voter.code_hash.is_(None),
               name.startswith(words, autoescape=True))
        .order_by(name, Voter.id)
        .limit(limit)
    ).all()  # fmt: skip


def roll_parts(session: Session, vote_id: int) -> dict[str, int]:
    """Return how many codes, names and members stand on a roll."""
    counts = session.execute(
        select(func.count(Voter.code_hash), func.count(Voter.person_id), func.count()).where(
            Voter.vote_id == vote_id
        )
    ).one()
    codes_, members, all_ = (int(each) for each in counts)
    return {"codes": codes_, "members": members, "names": all_ - codes_ - members}


def result_of(session: Session, vote_id: int) -> dict[str, Any] | None:
    """Return the numbers of a result for the page, None before the count."""
    found = session.scalar(select(Result.shown).where(Result.vote_id == vote_id))
    return None if found is None else dict(json.loads(found))


def files_of(session: Session, vote_id: int) -> Result:
    """Return what stands in the recount bundle; ``NotFound`` where no ballots are shown."""
    found = session.get(Result, vote_id)
    if found is None or not found.ballots:
        raise NotFound("There are no ballots of this vote to be shown.")
    return found


def due(session: Session, now: datetime) -> Collection[int]:
    """Return votes that are over and not counted."""
    over = Vote.state.in_((OPEN, COUNTING)), Vote.closes_at <= now
    return session.scalars(select(Vote.id).where(*over).options(load_only(Vote.id))).all()


def is_decided(session: Session, programme_id: int) -> bool:
    """Say whether a vote of this programme runs or has decided."""
    for vote in of_programme(session, programme_id):
        told = result_of(session, vote.id)
        if vote.state != CLOSED or (told or {}).get("decided"):
            return True
    return False


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return the rolls on which somebody stands. How they voted is kept nowhere."""
    rolls = (
        select(Vote.title.label("vote"), Voter.voted)
        .join(Vote, Vote.id == Voter.vote_id)
        .where(Voter.person_id == person_id)
        .order_by(Vote.id)
    )
    desk = (
        select(Vote.title.label("vote"), DeskCount.ticked, DeskCount.loose, DeskCount.by_code)
        .join(Vote, Vote.id == DeskCount.vote_id)
        .where(DeskCount.officer_id == person_id)
        .order_by(Vote.id)
    )
    return PersonalData.read(session, {"fund-vote-rolls": rolls, "fund-vote-desk": desk})


def counted_at(session: Session, vote_id: int) -> datetime:
    """Return when a vote was counted; ``NotFound`` before."""
    found = session.scalar(select(Result.counted_at).where(Result.vote_id == vote_id))
    if found is None:
        raise NotFound("This vote is not counted yet.")
    return found


def seed_of(session: Session, vote_id: int) -> str:
    """Return the word that decided ties, nothing before the count."""
    return session.scalar(select(Result.seed).where(Result.vote_id == vote_id)) or ""
