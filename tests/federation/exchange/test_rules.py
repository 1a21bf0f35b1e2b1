"""Documents of publications: what is written is read the same, and what is bent is refused."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.talk import PublicationState, PublishedItem
from wizzle.core.values import EMPTY_DIGEST, item_mark, xor
from wizzle.federation.exchange import rules

ORG = "https://wanju.example/orgs/4"
CATALOG = f"{ORG}/catalog"


def item(number: int, seq: int, *, version: int = 1, gone: bool = False) -> PublishedItem:
    kind = "Tombstone" if gone else "Proposal"
    uri = f"https://wanju.example/proposals/{number}"
    return PublishedItem(uri, version, seq, {"type": kind, "name": "감자"}, gone)


def state_of(items: list[PublishedItem]) -> PublicationState:
    digest = EMPTY_DIGEST
    for each in items:
        if not each.gone:
            digest = xor(digest, item_mark(each.uri, each.version))
    count = sum(not each.gone for each in items)
    return PublicationState(count, max((each.seq for each in items), default=0), digest)


def wire(document: dict) -> dict:
    return json.loads(json.dumps(document, ensure_ascii=False))


publications = st.lists(st.tuples(st.integers(1, 9), st.booleans()), max_size=12).map(
    lambda drawn: [item(n, n, version=v, gone=gone) for n, (v, gone) in enumerate(drawn, 1)]
)


@given(publications, st.booleans())
def test_a_page_says_what_it_was_made_of(items, more):
    more = more and bool(items)
    state = state_of(items)
    page = rules.leaf(CATALOG, state, items, after=0, more=more, since=True)
    read = rules.read_leaf(wire(page), CATALOG)
    assert [(e.uri, e.version, e.gone) for e in read.items] == [
        (e.uri, e.version, e.gone) for e in items
    ]
    assert (read.head.count, read.head.seq, read.head.digest) == (
        state.count, state.seq, state.digest,
    )  # fmt: skip
    assert (read.after, read.more) == (0, more)
    assert read.until == (items[-1].seq if more else state.seq)


def test_the_head_says_how_a_publication_stands():
    state = state_of([item(1, 5), item(2, 7)])
    head = wire(rules.head(CATALOG, ORG, state))
    assert head["totalItems"] == 2
    assert rules.read_head(head, CATALOG) == rules.Head(2, 7, state.digest)


@given(st.sampled_from([
    {"wizzle:digest": "00"}, {"wizzle:digest": "zz" * 32}, {"wizzle:digest": None},
    {"wizzle:digest": "²" * 64},
    {"totalItems": -1}, {"totalItems": True}, {"totalItems": 1.0}, {"totalItems": "1"},
    {"wizzle:seq": 2**53}, {"wizzle:seq": None}, {"wizzle:after": 5, "wizzle:until": 4},
    {"partOf": "https://evil.example/orgs/4/catalog"}, {"partOf": 4}, {"partOf": None},
    {"orderedItems": {}}, {"orderedItems": [7]}, {"orderedItems": [{}]}, {"type": "Note"},
    {"orderedItems": [{"id": "https://evil.example/proposals/1", "wizzle:version": 1}]},
    {"orderedItems": [{"id": "https://wanju.example.evil.example/1", "wizzle:version": 1}]},
    {"orderedItems": [{"id": "https://wanju.example/proposals/1"}]},
    {"orderedItems": [{"id": "https://wanju.example/" + "a" * 300, "wizzle:version": 1}]},
    {"orderedItems": [{"id": "https://wanju.example/p", "wizzle:version": 1}] * 501},
]))  # fmt: skip
def test_a_bent_page_is_refused_in_words(change):
    page = wire(rules.leaf(CATALOG, state_of([item(1, 1)]), [item(1, 1)], after=0, more=False,
                           since=False)) | change  # fmt: skip
    with pytest.raises(rules.Unreadable, match=r"\w"):
        rules.read_leaf(page, CATALOG)


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(
        ["id", "type", "partOf", "orderedItems", "totalItems", "wizzle:seq", "wizzle:digest",
         "wizzle:after", "wizzle:until", "next", "wizzle:version"]), inner, max_size=8),
    max_leaves=20))  # fmt: skip
def test_nothing_but_a_refusal_comes_of_any_document(document):
    if not isinstance(document, dict):
        document = {"type": "OrderedCollectionPage", "orderedItems": document}
    with contextlib.suppress(rules.Unreadable):
        rules.read_leaf(document, CATALOG)


def test_a_publication_is_named_by_its_whole_address():
    assert rules.publication_of(CATALOG, {"catalog"}) == (ORG, "catalog")
    assert rules.publication_of(f"{ORG}/other", {"catalog"}) is None
    assert rules.publication_of(None, {"catalog"}) is None
    assert rules.publication_of("catalog", {"catalog"}) is None
