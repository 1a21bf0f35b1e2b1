"""Claims as people read them: one of them, one's own, the queue, the runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session

from .....core.answers import PersonalData
from .....core.errors import NotFound
from .....core.models import Person, Picture
from .....core.values import Won
from ...carrying.models import Undertaking
from ...earmarks.models import Earmark
from ..models import Claim, ClaimReceipt, ClaimRun, ClaimStep
from ..rules import OPEN, REFUSED, WITHDRAWN, path_of

SIZE = 20
Rows = Sequence[Row[Any]]
_LISTED: tuple[Any, ...] = (
    Claim.id, Claim.claimant_id, Claim.purpose, Claim.wording, Claim.amount, Claim.state,
    Claim.made_at, Claim.bought_on, Claim.reason, Claim.earmark_id, Claim.run_id,
    Earmark.name.label("earmark"),
)  # fmt: skip


def _listed() -> Select[*tuple[Any, ...]]:
    return select(*_LISTED).join(Earmark, Earmark.id == Claim.earmark_id)


def mine(
    session: Session, person_id: int, *, before: int | None = None, limit: int = SIZE + 1
) -> Rows:
    """Return one's own claims, the newest first."""
    query = _listed().where(Claim.claimant_id == person_id).order_by(Claim.id.desc()).limit(limit)
    return session.execute(query if before is None else query.where(Claim.id < before)).all()


def queue(
    session: Session, states: Collection[str], *, after: int | None = None, limit: int = SIZE + 1
) -> Rows:
    """Return the claims in these states, the oldest first."""
    query = _listed().where(Claim.state.in_(states)).order_by(Claim.id).limit(limit)
    return session.execute(query if after is None else query.where(Claim.id > after)).all()


def counts(session: Session) -> Counter[str]:
    """Return how many claims are in each state."""
    rows = session.execute(select(Claim.state, func.count()).group_by(Claim.state))
    return Counter({str(state): int(count) for state, count in rows})


def to_check(session: Session, earmark_ids: Collection[int], person_id: int, limit: int) -> Rows:
    """Return the claims of these projects that wait for a first person, but for one's own."""
    if not earmark_ids:
        return []
    query = _listed().where(Claim.state == OPEN[0], Claim.earmark_id.in_(earmark_ids))
    query = query.where(Claim.claimant_id.is_distinct_from(person_id))
    return session.execute(query.order_by(Claim.id).limit(limit)).all()


def approved(session: Session) -> tuple[int, Won]:
    """Return how many approved claims wait for a run, and their won."""
    row = session.execute(
        select(func.count(), func.coalesce(func.sum(Claim.amount), 0)).where(
            Claim.state == "approved"
        )
    ).one()
    return int(row[0]), Won(int(row[1]))


def waiting(session: Session, earmark_ids: Collection[int]) -> dict[int, Won]:
    """Return the won of these earmarks that are claimed and not yet decided."""
    rows = session.execute(
        select(Claim.earmark_id, func.sum(Claim.amount))
        .where(Claim.earmark_id.in_(earmark_ids), Claim.state.in_(OPEN))
        .group_by(Claim.earmark_id)
    )
    found = {int(each): Won(int(amount)) for each, amount in rows}
    return {each: found.get(each, Won(0)) for each in earmark_ids}


def receipts(session: Session, claim_id: int) -> Rows:
    """Return the receipts of a claim: id, width, height."""
    columns: list[Any] = [ClaimReceipt.id, Picture.width, Picture.height]
    query = (
        select(*columns)
        .join(Picture, Picture.id == ClaimReceipt.picture_id)
        .where(ClaimReceipt.claim_id == claim_id)
        .order_by(ClaimReceipt.id)
    )
    return session.execute(query).all()


def receipt_digest(session: Session, claim_id: int, receipt_id: int) -> str:
    """Return what the files of a receipt are named by; ``NotFound`` if it is none of the claim."""
    found = session.get(ClaimReceipt, receipt_id)
    if found is None or found.claim_id != claim_id:
        raise NotFound("There is no such picture.")
    return found.digest


def steps(session: Session, claim_id: int) -> Rows:
    """Return what was done with a claim, in order: what, text, at, name."""
    columns: list[Any] = [ClaimStep.what, ClaimStep.text, ClaimStep.at, Person.name]
    query = (
        select(*columns)
        .outerjoin(Person, Person.id == ClaimStep.actor_id)
        .where(ClaimStep.claim_id == claim_id)
        .order_by(ClaimStep.id)
        .limit(100)
    )
    return session.execute(query).all()


def name_of(session: Session, person_id: int | None) -> str:
    """Return a person's name, empty if nobody is meant any more."""
    return session.scalar(select(Person.name).where(Person.id == person_id)) or ""


def twins(session: Session, claim: Claim) -> Rows:
    """Return other claims with the same receipt: the same picture, or the same seller, day and
    amount; those that came to nothing are left out."""
    digests = select(ClaimReceipt.digest).where(ClaimReceipt.claim_id == claim.id)
    same = select(ClaimReceipt.claim_id).where(ClaimReceipt.digest.in_(digests))
    alike = (
        (Claim.bought_on == claim.bought_on)
        & (Claim.amount == claim.amount)
        & (func.lower(Claim.seller) == claim.seller.lower())
    )
    query = (
        _listed()
        .where(or_(Claim.id.in_(same), alike), Claim.id != claim.id)
        .where(Claim.state.not_in((REFUSED, WITHDRAWN)))
        .order_by(Claim.id)
        .limit(5)
    )
    return session.execute(query).all()


def lines(session: Session) -> Rows:
    """Return what a claim can belong to: areas, and projects under way: id, name, kind."""
    columns: list[Any] = [Earmark.id, Earmark.name, Earmark.kind]
    ongoing = select(Undertaking.earmark_id).where(Undertaking.ended_at.is_(None))
    query = (
        select(*columns)
        .where(Earmark.closed_at.is_(None))
        .where(or_(Earmark.kind == "area", Earmark.id.in_(ongoing)))
        .order_by(Earmark.kind.desc(), Earmark.name)
        .limit(200)
    )
    return session.execute(query).all()


def budget(
    session: Session, *, after: int | None = None, limit: int = SIZE + 1
) -> Sequence[Earmark]:
    """Return areas and projects that are not closed, by rising id."""
    query = select(Earmark).where(Earmark.closed_at.is_(None)).order_by(Earmark.id).limit(limit)
    return session.scalars(query if after is None else query.where(Earmark.id > after)).all()


def runs(session: Session, *, before: int | None = None, limit: int = SIZE + 1) -> Rows:
    """Return the runs, the newest first."""
    columns: list[Any] = [*ClaimRun.__table__.c]
    query = select(*columns).order_by(ClaimRun.id.desc()).limit(limit)
    return session.execute(query if before is None else query.where(ClaimRun.id < before)).all()


def run_page(session: Session, run_id: int) -> tuple[ClaimRun, Sequence[Claim], dict[int, str]]:
    """Return a run, its claims, and the names of what they belong to."""
    run = session.get(ClaimRun, run_id)
    if run is None:
        raise NotFound("There is no such run.")
    claims = session.scalars(select(Claim).where(Claim.run_id == run_id).order_by(Claim.id)).all()
    ids = {each.earmark_id for each in claims}
    rows = session.execute(select(Earmark.id, Earmark.name).where(Earmark.id.in_(ids)))
    return run, claims, {int(number): str(name) for number, name in rows}


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return the claims of a person, for them to take along."""
    query = (
        select(Earmark.name.label("of"), Claim.purpose, Claim.amount, Claim.bought_on,
               Claim.seller, Claim.state, Claim.reason, Claim.made_at, Claim.paid_at)
        .join(Earmark, Earmark.id == Claim.earmark_id)
        .where(Claim.claimant_id == person_id)
        .order_by(Claim.id)
    )  # fmt: skip
    return PersonalData.read(session, {"expense_claims": query})


def subject_urls(subjects: frozenset[str]) -> list[tuple[str, str]]:
    """Return the pages of those of these subjects that are claims: only paid ones are posted."""
    numbers = {each: each.removeprefix("claim:") for each in subjects}
    return [
        (each, path_of(int(number)))
        for each, number in numbers.items()
        if each.startswith("claim:") and number.isascii() and number.isdigit()
    ]
