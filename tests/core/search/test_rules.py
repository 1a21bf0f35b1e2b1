"""What is found by which words: spaces, syllables, capitals, composed or not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.search.rules import (
    LONGEST_QUESTION,
    MOST_WORDS,
    Asked,
    Phrase,
    marks,
    plain,
    readers_of,
    scope,
)
from wizzle.core.values import STEWARD, Viewer

SYLLABLES = st.text(st.sampled_from("감자햇양파무쌀떡국수"), min_size=1, max_size=6)


def holds(typed: str, title: str, text: str = "") -> bool:
    return Asked.read(typed).holds(title, text)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("감자", "햇감자"),
        ("감자", "감자 1kg"),
        ("햇 감자", "햇감자"),
        ("햇감자", "햇 감자"),
        ("감자조림", "감자-조림"),
        ("무", "열무김치"),
        ("무", "무"),
        ("TOMATO", "Tomato ketchup"),
        ("tom", "tomato"),
        ("1kg", "감자 1kg"),
        ("감자1kg", "햇감자 (1kg)"),
        ("１ｋｇ", "감자 1kg"),
        ("1.5", "쌀 1.5kg"),
        ("완주 감자", "감자 (완주)"),
        ("大根", "무 大根"),
        ("café", "CAFÉ"),
        ("감자!", "감자"),
    ],
)
def test_these_words_find_this_title(typed, title):
    assert holds(typed, title)
    assert holds(unicodedata.normalize("NFD", typed), title)
    assert holds(typed, unicodedata.normalize("NFD", title))


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("감자", "감. 자두"),
        ("감자전", "감자 조림"),
        ("mato", "tomato"),
        ("o", "tomato"),
        ("양파", "파양"),
        ("감자 양파", "감자"),
        ("2", "12"),
    ],
)
def test_these_words_do_not(typed, title):
    assert not holds(typed, title)


def test_what_is_typed_is_bounded():
    asked = Asked.read(" ".join(f"가{n}" for n in range(1000)))
    assert len(asked.text) <= LONGEST_QUESTION
    assert len(asked.words) <= MOST_WORDS


@pytest.mark.parametrize("typed", ["", "  ", "!?", "___", "🥔", '"*"', "\u0301"])
def test_nothing_is_asked_with_signs_alone(typed):
    assert not Asked.read(typed)


@given(SYLLABLES, SYLLABLES, SYLLABLES)
def test_each_part_of_a_title_finds_it_whatever_the_spaces(before, word, after):
    for title in (before + word + after, f"{before} {word}{after}", f"{before} {word} {after}"):
        assert holds(word, title)
        assert holds(f"{word} {after}", title)
        assert holds(before + word, title)


@given(st.text(max_size=80), st.text(max_size=300))
def test_marks_are_words_of_letters_and_figures_alone(title, text):
    """They are put into the query languages of two databases."""
    for mark in marks("product", {"all"}, title, text).split(" "):
        assert mark
        assert all(sign.isalnum() for sign in mark), mark
    for tier in Asked.read(title).tiers():
        for phrase in phrases(tier):
            assert phrase.marks
            assert all(sign.isalnum() for mark in phrase.marks for sign in mark)


def phrases(wanted) -> list[Phrase]:
    if isinstance(wanted, Phrase):
        return [wanted]
    return [phrase for part in wanted.parts for phrase in phrases(part)]


@given(st.text(max_size=60))
def test_a_plain_text_stays_as_it_is(text):
    assert plain(plain(text)) == plain(text)


def test_a_stranger_reads_what_is_public_and_members_also_their_own():
    assert readers_of(None) == {"all"}
    viewer = Viewer(7, "", "", "ko", roles=frozenset({(3, "owner"), (None, STEWARD)}))
    assert readers_of(viewer) == {"all", "members", "p7", "s3", "stewards"}
    assert [phrase.marks for phrase in phrases(scope("order", ["p7"]))] == [("sorderxp7",)]


def test_other_questions_are_shorter_or_in_parts():
    others = list(Asked.read("감자조림을 맛있게").others())
    assert others[0] == "감자조림 맛있게"
    assert "감자 조림을 맛있게" in others
    assert "감자조림을" in others
    assert list(Asked.read("감자").others()) == []
