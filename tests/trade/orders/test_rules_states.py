"""Two books by the one table of steps: whatever is lost, doubled or late, both end up alike."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizzle.plugins.trade.orders.rules.states import (
    FINAL,
    STEPS,
    ImpossibleStep,
    Side,
    State,
    Word,
    heard,
    may,
    step,
)


@dataclass
class Book:
    """One side's book, in the few columns that the rules speak of."""

    side: Side
    state: State = State.DRAFT
    version: int = 0
    answered: int = 0
    revision: int = 0
    receipt: int = 0
    undone: bool = False
    said: list[tuple] = field(default_factory=list)

    def write(self, word: Word) -> bool:
        if not may(self.side, word, self.state):
            return False
        self.state = step(self.side, word, self.state)
        return True

    # The buyer

    def wish(self, word: Word) -> None:
        if self.undone or not self.write(word):
            return
        self.version += 1
        self.said.append(("wish", word, self.version))

    def undo(self) -> None:
        if not self.undone and self.write(Word.UNDO):
            self.undone = True
            self.said.append(("undo",))

    def receive(self, *, short: bool) -> None:
        if self.write(Word.SHORT_RECEIPT if short else Word.RECEIPT):
            self.receipt += 1
            self.said.append(("receipt", self.receipt, short))

    def settle(self) -> None:
        if self.write(Word.SETTLEMENT):
            self.said.append(("settled",))

    def hear(self, state: State, revision: int, answered: int) -> None:
        if revision > self.revision:
            self.revision, self.answered = revision, answered
            self.state = heard(self.state, state, waiting=self.version > answered)

    # The seller

    def tell(self) -> None:
        self.revision += 1
        self.said.append((self.state, self.revision, self.answered))

    def act(self, word: Word) -> None:
        if self.write(word):
            self.tell()

    def take(self, message: tuple, answer: Word) -> None:
        kind = message[0]
        if kind == "wish":
            self._take_wish(message[1], message[2], answer)
        elif kind == "undo":
            self.undone = self.undone or may(self.side, Word.UNDO, self.state)
            self.write(Word.UNDO)
            self.tell()
        elif kind == "receipt" and message[1] > self.receipt:
            if self.write(Word.SHORT_RECEIPT if message[2] else Word.RECEIPT):
                self.receipt = message[1]
                self.tell()
        elif kind == "settled":
            self.act(Word.SETTLEMENT)

    def _take_wish(self, word: Word, version: int, answer: Word) -> None:
        if version <= self.version:
            return
        self.version = version
        if not self.undone and self.write(word):
            changing = self.state is State.AMENDING
            self.write(Word.ACCEPT if changing and answer is Word.COUNTER else answer)
        self.answered = version
        self.tell()


BUYING = ("amend", "take", "undo", "receive", "short", "settle")
SELLING = (Word.READY, Word.SHIPMENT, Word.CANCEL, Word.REFUND, Word.EXPIRY)
moves = st.one_of(
    st.tuples(st.just("buyer"), st.sampled_from(BUYING)),
    st.tuples(st.just("seller"), st.sampled_from(SELLING)),
    st.tuples(st.just("to seller"), st.integers(0, 20),
              st.sampled_from((Word.ACCEPT, Word.REJECT, Word.COUNTER))),
    st.tuples(st.just("to buyer"), st.integers(0, 20)),
)  # fmt: skip


def act_as_buyer(buyer: Book, what: str) -> None:
    if what in {"amend", "take"}:
        if buyer.version:
            buyer.wish(Word.AMEND if what == "amend" else Word.TAKE)
    elif what == "undo":
        buyer.undo()
    elif what == "settle":
        buyer.settle()
    else:
        buyer.receive(short=what == "short")


@settings(max_examples=300)
@given(play=st.lists(moves, max_size=40))
def test_both_sides_come_to_the_same(play: list[tuple]):
    buyer, seller = Book(Side.BUYER), Book(Side.SELLER)
    buyer.wish(Word.OFFER)
    for move in play:
        if move[0] == "buyer":
            act_as_buyer(buyer, move[1])
        elif move[0] == "seller":
            seller.act(move[1])
        elif move[0] == "to seller" and buyer.said:  # any of what was ever said, again or late
            seller.take(buyer.said[move[1] % len(buyer.said)], move[2])
        elif move[0] == "to buyer" and seller.said:
            buyer.hear(*seller.said[move[1] % len(seller.said)])
    settle_down(buyer, seller)
    assert buyer.state == seller.state
    assert buyer.answered == buyer.version == seller.answered


def settle_down(buyer: Book, seller: Book) -> None:
    """What was lost is said again, until nobody has anything new to say."""
    for _ in range(3):
        for message in list(buyer.said):
            seller.take(message, Word.ACCEPT)
        for message in list(seller.said):
            buyer.hear(*message)


def test_no_step_leads_out_of_nowhere_or_back():
    for side, words in STEPS.items():
        for word, steps in words.items():
            for before, after in steps.items():
                assert after is not State.DRAFT
                if before in {State.REJECTED, State.SETTLED, State.REFUNDED}:
                    assert after in {before, State.DISPUTED}, (side, word)


@pytest.mark.parametrize("side", list(Side))
def test_an_impossible_step_is_refused(side: Side):
    with pytest.raises(ImpossibleStep):
        step(side, Word.SHIPMENT, State.DRAFT)
    with pytest.raises(ImpossibleStep):
        step(side, Word.RECEIPT, State.OFFERED)


def test_what_is_at_an_end_is_not_opened_again_by_late_words():
    for state in FINAL - {State.SETTLED}:
        for said in State:
            if state is not State.CANCELLED or said is not State.CANCELLED:
                assert heard(state, said, waiting=False) in {state, State.REFUNDED}
