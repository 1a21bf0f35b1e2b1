"""Documents of strangers: read strictly, or refused with the part that is wrong."""

from __future__ import annotations

import copy
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizzle.core.errors import Refused
from wizzle.plugins.trade.orders.rules.bundles import Bundle, Line, view_hash, wish_of
from wizzle.plugins.trade.orders.rules.reading import bundle, bundle_in, came_in
from wizzle.plugins.trade.orders.rules.states import State, Word
from wizzle.plugins.trade.orders.rules.words import (
    Came,
    Envelope,
    bundle_document,
    receipt,
    spoken_by_buyer,
    spoken_by_seller,
)

AT = datetime(2026, 11, 25, 1, tzinfo=UTC)
HEAD = Envelope("https://b.example/trade/activities/1", "https://b.example/orgs/1",
                "https://s.example/orgs/2", AT)  # fmt: skip
LINE = Line(no=1, proposal="https://s.example/proposals/7", version=3, seen=990, wanted=4,
            agreed=3, price=900, reason="stock", shipped=3, grams=None, lot="밭 3")  # fmt: skip
WHOLE = Bundle(
    ref="abcdefgh12345678", buyer="https://b.example/orgs/1", seller="https://s.example/orgs/2",
    version=2, due=date(2026, 11, 26), title="이번 회차", buyer_name="수유 마을부엌",
    deliver_to="수유동", activist_bp=700, centre_bp=800, view="https://s.example/trade/bundles/x",
    lines=(LINE,), uri="https://s.example/trade/bundles/x", state=State.COUNTERED, revision=5,
    answered=2, expires=AT, cut_off=AT, reason="lines",
)  # fmt: skip


def test_what_the_seller_says_comes_through_whole():
    assert bundle(bundle_document(WHOLE)) == WHOLE


def test_what_the_buyer_says_holds_nothing_of_the_seller():
    wish = wish_of(WHOLE)
    read = bundle(bundle_document(wish))
    assert read == wish
    assert (read.revision, read.lines[0].agreed) == (0, 0)


@pytest.mark.parametrize("word", [Word.OFFER, Word.AMEND, Word.TAKE])
def test_every_word_of_the_buyer_holds_the_whole_order(word: Word):
    said = spoken_by_buyer(word, HEAD, wish_of(WHOLE), "https://s.example/a/1")
    assert bundle_in(said) == wish_of(WHOLE)


@pytest.mark.parametrize(
    "word", [Word.ACCEPT, Word.REJECT, Word.COUNTER, Word.CANCEL, Word.SHIPMENT, Word.READY]
)
def test_every_word_of_the_seller_holds_the_whole_order(word: Word):
    assert bundle_in(spoken_by_seller(word, HEAD, WHOLE, "https://b.example/a/1")) == WHOLE


def test_both_ways_to_write_the_commitment_are_read():
    document = bundle_document(WHOLE)
    line = document["agreements"][0]
    line["stiplulates"] = line.pop("stipulates")
    assert bundle(document) == WHOLE


def test_a_receipt_comes_through():
    came = (Came(1, 3), Came(2, 0, 1200))
    document = receipt(HEAD, WHOLE, came, 1)
    assert came_in(document["object"]) == came


def changed(**values: object) -> dict:
    return {**bundle_document(WHOLE), **values}


def in_line(**values: object) -> dict:
    document = copy.deepcopy(bundle_document(WHOLE))
    document["agreements"][0] |= values
    return document


WON = {"hasUnit": "one", "currency": "KRW"}


@pytest.mark.parametrize(
    "document",
    [
        changed(orderRef="../../etc"),
        changed(orderRef="x" * 65),
        changed(receiver="javascript:alert(1)"),
        changed(receiver="https://b.example/" + "x" * 300),
        changed(version=0),
        changed(version=True),
        changed(version=1.5),
        changed(version="1e9"),
        changed(due="2026-13-01"),
        changed(due=20261126),
        changed(name="\x00"),
        changed(name="x" * 201),
        changed(fees=[]),
        changed(fees=[{"role": []}, {"role": {}}]),
        changed(due="9999-12-31"),
        changed(expires="9999-12-31T23:59:59Z"),
        changed(fees=[{"role": "activist", "basisPoints": 700}] * 2),
        changed(fees=[{"role": "activist", "basisPoints": 9000},
                      {"role": "centre", "basisPoints": 1}]),
        changed(agreements=[]),
        changed(agreements=bundle_document(WHOLE)["agreements"] * 2),
        changed(agreements=[{}] * 201),
        changed(agreements="x"),
        changed(state="owned"),
        changed(expires="soon"),
        changed(expires="2026-11-25T01:00:00"),
        in_line(line=0),
        in_line(proposal="ftp://s.example/1"),
        in_line(priceSeen={**WON, "currency": "EUR", "hasNumericalValue": "990"}),
        in_line(priceSeen={**WON, "hasNumericalValue": "0"}),
        in_line(priceSeen={**WON, "hasNumericalValue": "-5"}),
        in_line(priceSeen={**WON, "hasNumericalValue": "9" * 15}),
        in_line(wanted={"hasUnit": "kilogram", "hasNumericalValue": "4"}),
        in_line(wanted={"hasUnit": "one", "hasNumericalValue": "٤"}),
        in_line(stipulates=[]),
        in_line(stipulatesReciprocal={"resourceQuantity": {**WON, "hasNumericalValue": "1"}}),
        in_line(shipped={"units": -1}),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(document: dict):
    with pytest.raises(Refused):
        bundle(document)


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@settings(max_examples=150)
@given(name=st.sampled_from(sorted(bundle_document(WHOLE))), value=json)
def test_nonsense_is_refused_and_never_an_error(name: str, value: object):
    with suppress(Refused):
        bundle({**bundle_document(WHOLE), name: value})


@settings(max_examples=150)
@given(name=st.sampled_from(sorted(bundle_document(WHOLE)["agreements"][0])), value=json)
def test_nonsense_in_a_line_is_refused_and_never_an_error(name: str, value: object):
    with suppress(Refused):
        bundle(in_line(**{name: value}))


def test_view_hash_is_of_what_both_must_know_alike():
    assert view_hash(WHOLE) == view_hash(replace(WHOLE, deliver_to="x", title="y"))
    assert view_hash(WHOLE) != view_hash(WHOLE.with_lines({1: replace(LINE, agreed=2)}))
