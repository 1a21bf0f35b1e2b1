"""Preparing a vote: its terms and its roll, until both are frozen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, replace
from hashlib import sha256
from json import dumps

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from .....core import members, outbox
from .....core.errors import Invalid, Refused
from .....core.models import Person
from .....core.node import Node
from .....core.statements import insert_of
from .....core.values import Message
from ...counting.rules import commitment
from ...programmes import actions as programmes
from ...programmes import queries as programme_queries
from ..models import Option, Urn, Vote, Voter
from ..queries import is_decided
from ..rules import (
    DRAFT,
    FEWEST,
    MOST_OPTIONS,
    MOST_ROLL,
    NEIGHBOURS,
    OPEN,
    ROLL,
    Terms,
    codes,
    paragraphs,
    urn,
)
from .held import CLOSE_JOB, draft, record, sealed, tell_roll, terms_of

PHASES = ("review", "deliberation", "vote")
"""Phases of a programme in which its vote is prepared."""


def prepare(
    node: Node, session: Session, programme_id: int, terms: Terms, *, key: str, actor_id: int
) -> Vote:
    """Prepare a vote of a programme; the same key gives the same vote."""
    made = session.scalars(select(Vote).where(Vote.key == key)).one_or_none()
    if made is not None:
        return made
    programme = programme_queries.the_programme(session, programme_id)
    if programme_queries.phase_of(programme, node.clock.now()) not in PHASES:
        raise Refused("A vote is prepared once all projects are looked at, and before it is over.")
    if programme.decision != "vote":
        raise Refused("A committee decides about this programme, as was said beforehand.")
    terms.check(node.clock.now())
    insert_ = insert_of(session.get_bind().dialect.name)
    row = {**asdict(terms), "programme_id": programme_id, "key": key, "state": DRAFT}
    session.execute(insert_(Vote).values(row).on_conflict_do_nothing())
    made = session.scalars(select(Vote).where(Vote.key == key)).one()
    record(node, session, "prepared", made.id, actor_id)
    return made


def change(node: Node, session: Session, vote_id: int, terms: Terms, *, actor_id: int) -> None:
    """Change the terms of a vote that is not fixed; another electorate empties its roll."""
    vote = draft(session, vote_id)
    terms.check(node.clock.now())
    if terms.electorate != vote.electorate:
        session.execute(delete(Voter).where(Voter.vote_id == vote_id))
    for name, value in asdict(terms).items():
        setattr(vote, name, value)
    session.flush()
    record(node, session, "changed", vote_id, actor_id)


def drop(node: Node, session: Session, vote_id: int, *, actor_id: int) -> None:
    """Give up a vote that is not fixed."""
    vote = draft(session, vote_id)
    session.execute(delete(Voter).where(Voter.vote_id == vote_id))
    session.delete(vote)
    session.flush()
    record(node, session, "dropped", vote_id, actor_id)


def add_names(
    node: Node, session: Session, vote_id: int, entries: Collection[str], *, actor_id: int
) -> int:
    """Put people on the roll: a member by their e-mail address, who then votes logged in or at the
    desk; anybody else by name, for the desk. Returns how many are new; ``Invalid`` for an address
    that no member has."""
    vote = _with_roll(session, vote_id)
    standing = set(session.scalars(select(Voter.name).where(Voter.vote_id == vote.id)))
    known = set(session.scalars(select(Voter.person_id).where(Voter.vote_id == vote.id)))
    rows = []
    for entry in entries:
        if "@" in entry:
            person = members.find_proven(session, entry)
            if person is None:
                said = Message("No member has this address: %(entry)s", {"entry": entry})
                raise Invalid({"names": [said]})
            if person.id not in known:
                known.add(person.id)
                rows.append({"vote_id": vote.id, "person_id": person.id, "name": ""})
        elif entry not in standing:
            rows.append({"vote_id": vote.id, "person_id": None, "name": entry})
    _check_room(session, vote, len(rows))
    if rows:
        session.execute(insert(Voter), rows)
    record(node, session, "roll", vote_id, actor_id, names=len(rows))
    return len(rows)


def make_codes(
    node: Node, session: Session, vote_id: int, number: int, *, actor_id: int
) -> list[str]:
    """Put so many codes on the roll and return them; they are shown this once and kept nowhere."""
    vote = _with_roll(session, vote_id)
    _check_room(session, vote, number)
    made = [node.random.code(codes.LETTERS, codes.ALPHABET) for _ in range(number)]
    secret = node.settings.secret
    rows = [
        {"vote_id": vote.id, "code_hash": digest, "name": ""}
        for digest in sorted(codes.digest(secret, code) for code in made)
    ]
    session.execute(insert(Voter), rows)
    record(node, session, "codes", vote_id, actor_id, codes=number)
    return made


def empty_roll(node: Node, session: Session, vote_id: int, *, actor_id: int) -> None:
    """Take everybody and all codes off the roll: printed papers are worth nothing then."""
    vote = _with_roll(session, vote_id)
    session.execute(delete(Voter).where(Voter.vote_id == vote.id))
    record(node, session, "roll_emptied", vote_id, actor_id)


def _with_roll(session: Session, vote_id: int) -> Vote:
    vote = draft(session, vote_id)
    if vote.electorate != ROLL:
        raise Refused("Only a vote with a roll of its own takes names and codes.")
    return vote


def _check_room(session: Session, vote: Vote, more: int) -> None:
    if _size(session, vote) + more > MOST_ROLL:
        raise Refused("A roll holds at most %(most)s.", most=f"{MOST_ROLL:,}")


def _size(session: Session, vote: Vote) -> int:
    counted = select(func.count()).where(Voter.vote_id == vote.id)
    return int(session.scalar(counted) or 0)


def freeze(node: Node, session: Session, vote_id: int, *, actor_id: int | None) -> Vote:
    """Fix a vote for good: its terms, its projects, its roll, its rules, and the fingerprint of
    the word that decides ties. The database lets nothing of that change from here on.

    The programme's money is set apart. From ``opens_at`` on one can vote.
    """
    vote, now = draft(session, vote_id), node.clock.now()
    if is_decided(session, vote.programme_id):
        raise Refused("Another vote of this programme runs, or has decided.")
    terms = replace(terms_of(vote), opens_at=max(vote.opens_at, now))
    terms.check(now)
    programmes.begin_vote(node, session, vote.programme_id, actor_id=actor_id)
    programme = programme_queries.the_programme(session, vote.programme_id)
    _fill_ballot(session, vote)
    _fill_roll(node, session, vote)
    size = _size(session, vote)
    if size < FEWEST:
        raise Refused("At least %(fewest)s have to be on the roll: a vote among fewer is not"
                      " secret.", fewest=FEWEST)  # fmt: skip
    seed = node.random.code(32, "0123456789abcdef")
    session.add(Urn(vote_id=vote.id, sealed=sealed(node, vote.id, "urn", urn.written(urn.Urn()))))
    vote.seed, vote.commitment = sealed(node, vote.id, "seed", seed.encode()), commitment(seed)
    vote.budget, vote.roll_size = int(programme.money), size
    vote.rules = _rules(node, terms, vote.budget)
    vote.opens_at, vote.frozen_at, vote.state = terms.opens_at, now, OPEN
    session.flush()
    outbox.enqueue(
        session, CLOSE_JOB, {"vote_id": vote.id}, key=f"{CLOSE_JOB}:{vote.id}", at=vote.closes_at
    )
    tell_roll(node, session, vote, "open")
    fixed = sha256(vote.rules.encode()).hexdigest()
    record(node, session, "frozen", vote.id, actor_id, roll=size, rules=fixed)
    return vote


def _rules(node: Node, terms: Terms, budget: int) -> str:
    said = paragraphs(terms, budget)
    languages = {name: node.catalogues.tongue(name) for name in ("ko", "en")}
    return dumps(
        {name: [tongue.say(each) for each in said] for name, tongue in languages.items()},
        ensure_ascii=False,
    )


def _fill_ballot(session: Session, vote: Vote) -> None:
    projects = programme_queries.on_ballot(session, vote.programme_id)
    if not projects:
        raise Refused("There is no project to vote on.")
    if len(projects) > MOST_OPTIONS:
        raise Refused("A ballot holds at most %(most)s projects.", most=MOST_OPTIONS)
    rows = [
        {"vote_id": vote.id, "number": number, "proposal_id": each.proposal_id,
         "title": each.title, "summary": each.summary, "cost": int(each.cost)}
        for number, each in enumerate(projects, 1)
    ]  # fmt: skip
    session.execute(insert(Option), rows)


def _fill_roll(node: Node, session: Session, vote: Vote) -> None:
    """Write everybody down who may vote: who joins later does not."""
    if vote.electorate == ROLL:
        # Who has left or is shut out since cannot come; the names of others stay as they are.
        return
    here = (
        select(Person.id)
        .where(Person.email_checked_at.is_not(None), Person.blocked_at.is_(None))
        .order_by(Person.id)
    )
    people = session.scalars(here).all()
    if vote.electorate == NEIGHBOURS:
        people = [each for each in people if _vouched(node, session, each)]
    if len(people) > MOST_ROLL:
        raise Refused("A roll holds at most %(most)s.", most=f"{MOST_ROLL:,}")
    rows = [{"vote_id": vote.id, "person_id": each, "name": ""} for each in people]
    if rows:
        session.execute(insert(Voter), rows)


def _vouched(node: Node, session: Session, person_id: int) -> bool:
    return bool(node.hooks.vouched(node=node, session=session, person_id=person_id))


def neighbours_known(node: Node, session: Session, person_id: int) -> bool:
    """Say whether anybody here stands for newcomers, so that an electorate can be made of it."""
    return node.hooks.vouched(node=node, session=session, person_id=person_id) is not None
