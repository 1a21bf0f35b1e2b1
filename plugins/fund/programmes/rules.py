"""What holds for programmes and proposals whoever asks: no session, no request, no clock."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from ....core.answers import NoticeKind
from ....core.errors import Invalid, Refused
from ....core.values import Message

DRAFT, IDEAS, REVIEW, DELIBERATION, VOTE, CARRYING, CLOSED = PHASES = (
    "draft", "ideas", "review", "deliberation", "vote", "carrying", "closed",
)  # fmt: skip
FROZEN = frozenset({VOTE, CARRYING, CLOSED})
"""Phases in which the list of proposals and their costs never change any more."""

BY_VOTE, BY_COMMITTEE = DECISIONS = ("vote", "committee")
MEMBERS, CHECKED = PROPOSERS = ("members", "checked")
"""Who may propose: every member, or those whose e-mail address is confirmed."""

PROPOSED, FEASIBLE, UNFIT, MERGED, WITHDRAWN = (
    "proposed", "feasible", "refused", "merged", "withdrawn",
)  # fmt: skip
CHOSEN, NOT_CHOSEN = "chosen", "not_chosen"
STANDING = (PROPOSED, FEASIBLE, UNFIT)
"""States in which a proposal still goes its own way."""

SHOWN = (PROPOSED, FEASIBLE, UNFIT, MERGED, CHOSEN, NOT_CHOSEN)
"""States in which everyone sees a proposal."""

MOST_MONEY = 1_000_000_000
MOST_QUESTIONS = 5
"""Questions of one person under one proposal that may wait for an answer."""

MOST_PARTS = 5
"""So many proposals become one."""

PROGRAMME, PROPOSAL, QUESTION = "programme", "proposal", "proposal_question"
"""How subjects name a call, a proposal, and a question under it."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The first instant after each phase of a programme."""

    ideas_end: datetime
    review_end: datetime
    deliberation_end: datetime
    vote_end: datetime
    carrying_end: datetime

    def check(self) -> None:
        """Raise ``Invalid`` unless each phase ends after the one before."""
        ends = [(name, getattr(self, name)) for name in self.__slots__]
        for (_, before), (name, end) in pairwise(ends):
            if end <= before:
                raise Invalid({name: [Message("Each phase ends after the one before it.", {})]})


@dataclass(frozen=True, slots=True)
class Call:
    """A programme as its treasurer describes it; all money in won."""

    title: str
    summary: str
    story: str
    rules: str
    money: int
    smallest: int
    largest: int
    proposers: str
    per_person: int
    decision: str
    categories: str
    places: str
    earmark_id: int | None
    calendar: Calendar

    def check(self) -> None:
        """Raise ``Invalid`` unless costs fit into the money and the phases follow each other."""
        if self.largest > self.money:
            raise Invalid({"largest": [Message("A proposal cannot cost more than there is.", {})]})
        if self.smallest > self.largest:
            raise Invalid({"smallest": [Message("The smallest cost is above the largest.", {})]})
        if not listed(self.categories):
            raise Invalid({"categories": [Message("Please name at least one category.", {})]})
        self.calendar.check()


@dataclass(frozen=True, slots=True)
class Idea:
    """What a proposal says; ``asked`` is what its author thinks it costs (won)."""

    title: str
    summary: str
    why: str
    place: str
    asked: int
    asked_for: str
    category: str

    def check(self, *, smallest: int, largest: int, categories: Collection[str]) -> None:
        """Raise ``Invalid`` unless it keeps to the rules of its programme."""
        if not smallest <= self.asked <= largest:
            raise Invalid({"asked": [cost_words(smallest, largest)]})
        if self.category not in categories:
            raise Invalid({"category": [Message("Please choose one of these.", {})]})


def cost_words(smallest: int, largest: int) -> Message:
    """Return the sentence that says how much a proposal may cost."""
    values = {"smallest": f"{smallest:,}", "largest": f"{largest:,}"}
    return Message("A proposal costs between %(smallest)s and %(largest)s won.", values)


@dataclass(frozen=True, slots=True)
class Project:
    """A proposal that can be voted for, at exactly this cost (won)."""

    proposal_id: int
    title: str
    summary: str
    cost: int
    category: str


def listed(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something, each once.

    >>> listed("골목\\n\\n 아이들 \\n골목")
    ('골목', '아이들')
    """
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def phase_at(stored: str, calendar: Calendar, now: datetime) -> str:
    """Return the phase: the stored one, or a later one that the calendar has reached.

    The calendar alone leads up to deliberation; whoever begins a vote, binds what was decided or
    closes a programme does so themselves. So it only moves on, as long as what is stored does.
    """
    if stored not in (IDEAS, REVIEW):
        return stored
    if now >= calendar.review_end:
        return DELIBERATION
    return REVIEW if now >= calendar.ideas_end else stored


def is_later(phase: str, than: str) -> bool:
    """Say whether a phase comes after another."""
    return PHASES.index(phase) > PHASES.index(than)


def check_winners(costs: Mapping[int, int], winners: Sequence[int], money: int) -> int:
    """Return what the winners cost together; ``Refused`` if that is more than the money, or one
    of them did not stand on the list."""
    if len(set(winners)) != len(winners) or not set(winners) <= costs.keys():
        raise Refused("Only proposals on the list can be chosen, each once.")
    spent = sum(costs[each] for each in winners)
    if spent > money:
        raise Refused(
            "These cost %(spent)s won together, and there are %(money)s won.",
            spent=f"{spent:,}", money=f"{money:,}",
        )  # fmt: skip
    return spent


def place_for(reader: str, proposal_id: int) -> bytes:
    """Return where a proposal stands in the list of one reader: fixed for them, and random, so
    that no proposal comes first for everybody."""
    return hashlib.sha256(f"{reader}:{proposal_id}".encode()).digest()


def number_of(subject: str, kind: str) -> int | None:
    """Return the id that a subject of this kind names, None for any other.

    >>> number_of("proposal:12", "proposal"), number_of("product:12", "proposal")
    (12, None)
    """
    name, _, number = subject.partition(":")
    return int(number) if name == kind and number.isdecimal() and len(number) <= 9 else None


def subject_of(kind: str, number: int) -> str:
    """Return by what a programme, a proposal or a question is named everywhere."""
    return f"{kind}:{number}"


def may_write(state: str, phase: str, *, answered: bool) -> bool:
    """Say whether an author can change a proposal now: drafts and what was proposed as long as
    ideas are awaited, what was found not feasible once more until the list is frozen."""
    if state in (DRAFT, PROPOSED):
        return phase == IDEAS
    return state == UNFIT and phase in (REVIEW, DELIBERATION) and not answered


def may_review(state: str, phase: str) -> bool:
    """Say whether a proposal can be judged now."""
    return state in STANDING and phase in (REVIEW, DELIBERATION)


def may_talk(state: str, phase: str) -> bool:
    """Say whether people can support a proposal and ask about it now."""
    return state in STANDING and phase in (IDEAS, REVIEW, DELIBERATION)


def may_merge(states: Collection[str], phase: str) -> bool:
    """Say whether proposals in these states can become one now."""
    return set(states) <= {PROPOSED, FEASIBLE} and phase in (IDEAS, REVIEW, DELIBERATION)


PROGRAMMES = NoticeKind(
    "fund.programme",
    Message("Calls for ideas", {}),
    Message("A call that you follow goes on: ideas, review, deliberation, vote, result.", {}),
    order=70,
)
PROPOSALS = NoticeKind(
    "fund.proposal",
    Message("My proposals", {}),
    Message("Your proposal was reviewed, is asked about, or is to be merged with another.", {}),
    default="now",
    order=71,
)
REVIEWS = NoticeKind(
    "fund.review",
    Message("Proposals to review", {}),
    Message("A proposal has come in, or its author answers.", {}),
    roles=frozenset({"treasurer", "steward"}),
    order=72,
)
KINDS = (PROGRAMMES, PROPOSALS, REVIEWS)
