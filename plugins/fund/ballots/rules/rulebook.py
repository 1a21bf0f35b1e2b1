"""The rules of a vote in plain words, as they are frozen with it."""

from __future__ import annotations

from .....core.values import Message
from .terms import (
    FEWEST,
    KNAPSACK,
    LIMITED,
    MEMBERS,
    NEIGHBOURS,
    NONE,
    NUMBER,
    RANKING,
    SHARES,
    Terms,
)

_COMPLETED = Message(
    "Counted by equal shares: everybody has the same part of the money, and a project is taken"
    " once the parts of those who want it pay for it together. Parts are raised by %(step)s won at"
    " a time as long as all that is taken costs no more than there is.",
    {},
).text


def paragraphs(terms: Terms, budget: int) -> list[Message]:
    """Return the rules of a vote, one sentence or two each."""
    said = [
        Message("%(budget)s won can be given out.", {"budget": f"{budget:,}"}),
        _form(terms, budget),
        _rule(terms),
        Message("A tie goes to the cheaper project, then to a lot. The lot comes of a secret word"
                " whose fingerprint is published now and which is shown after the vote.", {}),
        _who(terms),
    ]  # fmt: skip
    if terms.support:
        part = Message(
            "A project takes part only if its share of the voters is at least 1/%(part)s of its"
            " share of the money.", {"part": terms.support},
        )  # fmt: skip
        said.insert(3, part)
    if terms.age:
        said.append(Message("Least age: %(age)s", {"age": terms.age}))
    said.append(_quorum(terms))
    return said


def _form(terms: Terms, budget: int) -> Message:
    if terms.form == LIMITED:
        values = {"least": max(1, terms.least), "most": terms.most}
        return Message("Everybody chooses from %(least)s to %(most)s projects, or none.", values)
    if terms.form == KNAPSACK:
        return Message("Everybody chooses projects that together cost no more than there is.", {})
    if terms.form == RANKING:
        return Message(
            "Everybody puts up to %(most)s projects in an order. By equal shares each of them"
            " counts as wanted; where the most wanted come first, higher places count more.",
            {"most": terms.most},
        )
    return Message("Everybody chooses as many projects as they like.", {})


def _rule(terms: Terms) -> Message:
    if terms.rule == SHARES:
        return Message(_COMPLETED, {"step": f"{terms.step:,}"})
    return Message(
        "Counted by votes: the most wanted projects are taken first, and what the rest of the money"
        " does not pay for is passed over.",
        {},
    )


def _who(terms: Terms) -> Message:
    if terms.electorate == MEMBERS:
        return Message("Every member who has joined by the opening may vote once.", {})
    if terms.electorate == NEIGHBOURS:
        return Message("Every member for whom a neighbour stands may vote once.", {})
    return Message("Whoever stands on the roll, or was given a code, may vote once.", {})


def _quorum(terms: Terms) -> Message:
    if terms.quorum_kind == NONE:
        return Message("With fewer than %(fewest)s ballots nothing is decided.", {"fewest": FEWEST})
    if terms.quorum_kind == NUMBER:
        return Message(
            "With fewer than %(fewest)s ballots nothing is decided.",
            {"fewest": f"{max(FEWEST, terms.quorum):,}"},
        )
    return Message(
        "Nothing is decided unless %(permille)s of 1,000 on the roll take part.",
        {"permille": terms.quorum},
    )
