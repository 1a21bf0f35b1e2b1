"""States and answers in words for stewards."""

from __future__ import annotations

from ....core.web import say

KINDS = {
    "waiting": "wait", "arrived": "good", "dead": "problem", "settled": "neutral",
    "done": "good", "ignored": "neutral", "refused": "problem", "failed": "problem",
}  # fmt: skip
"""The look of each state."""


def state_of(state: str) -> str:
    """Return the state of a letter in words."""
    return {
        "waiting": say("On its way"),
        "arrived": say("Has arrived"),
        "dead": say("Not delivered"),
        "settled": say("Settled by hand"),
    }.get(state, state)


def came_of(state: str) -> str:
    """Return what became of something that came in, in words."""
    return {
        "waiting": say("Not looked at yet"),
        "done": say("Taken in"),
        "ignored": say("Not meant for anything here"),
        "refused": say("Turned down"),
        "failed": say("Could not be handled"),
    }.get(state, state)


def answer_of(reason: str) -> str:
    """Return in a sentence why a letter was given up."""
    return {
        "refused": say("The other node does not take this letter."),
        "gone": say("The other node no longer has this inbox."),
        "late": say("It could not be delivered in time."),
        "ended": say("The connection to the other node was ended."),
        "settled": say("The matter was settled by hand."),
    }.get(reason, "")


def title_of(kind: str, object_kind: str) -> str:
    """Return what a letter is in words as far as we have some: "Offer · order"."""
    kinds = {
        "Offer": say("Offer"),
        "Accept": say("Acceptance"),
        "Reject": say("Refusal"),
        "Undo": say("Withdrawal"),
        "Update": say("What has changed"),
        "Create": say("News"),
        "Delete": say("Removal"),
        "Follow": say("Wish to be connected"),
        "Like": say("Thanks"),
        "Announce": say("Passed on"),
    }
    things = {
        "AgreementBundle": say("an order"),
        "Agreement": say("an order"),
        "Proposal": say("goods"),
        "EconomicEvent": say("something that happened"),
        "Document": say("a document"),
        "Offer": say("an offer"),
        "Follow": say("a connection"),
        "Note": say("a post"),
        "Article": say("an article"),
        "Event": say("an event"),
        "Tombstone": say("what is gone"),
    }
    about = things.get(object_kind, object_kind)
    told = kinds.get(kind, kind)
    return f"{told} · {about}" if about else told
