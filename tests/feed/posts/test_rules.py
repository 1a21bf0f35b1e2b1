"""Rules of posts: tags, links, titles, to whom a post may be passed on."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.plugins.feed.posts.rules import (
    AUDIENCES,
    has_links,
    may_share,
    pieces,
    position_of,
    tag_form,
    tags_of,
    title_of,
)

HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=20)

MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))


@given(HANGUL)
def test_a_tag_of_hangul_is_the_same_however_a_phone_sends_it(word):
    apart = unicodedata.normalize("NFD", f"좋아요 #{word}!")
    assert tags_of(apart) == tags_of(f"좋아요 #{word}!") == (word,)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#감자 캤어요", ("감자",)),
        ("#감자,#고구마.", ("감자", "고구마")),
        ("#Potato #potato", ("potato",)),
        ("1등 #1 #100", ()),
        ("https://example.org/a#감자", ()),
        ("a#b &#39;", ()),
        ("##감자", ()),
        ("#" + "가" * 41, ()),
        ("#2026김장", ("2026김장",)),
        ("#뷁 #🥔", ("뷁",)),
    ],
)
def test_tags_in_a_text(text, tags):
    assert tags_of(text) == tags


def test_only_the_first_ten_tags_count():
    assert len(tags_of(" ".join(f"#태그{n}" for n in range(30)))) == 10


@given(st.text(max_size=300))
def test_pieces_joined_are_the_text_again(text):
    assert "".join(piece.text for piece in pieces(text)) == text


@given(st.text(max_size=300))
def test_what_is_shown_as_a_tag_is_kept_as_one(text):
    shown = [piece.value for piece in pieces(unicodedata.normalize("NFC", text))
             if piece.kind == "tag"]  # fmt: skip
    assert tuple(dict.fromkeys(shown))[:10] == tags_of(text)


def test_a_link_ends_before_the_full_stop_and_never_is_a_script():
    found = pieces("봐요 https://example.org/a. javascript:alert(1)")
    assert [piece.value for piece in found if piece.kind == "link"] == ["https://example.org/a"]


@pytest.mark.parametrize(
    "text",
    ["http://x.kr/1", "HTTPS://X.KR", "www.example.com", "a.com 오세요", "ｗｗｗ.a.kr", "감자.com"],
)  # fmt: skip
def test_what_leads_off_the_node_counts_as_a_link(text):
    assert has_links(text)


@pytest.mark.parametrize("text", ["감자 3.5kg", "안녕하세요. 네.", "오후 3시", "a.b@c", "끝.커피"])
def test_words_are_no_links(text):
    assert not has_links(text)


@given(st.sampled_from(AUDIENCES), st.sampled_from(AUDIENCES), st.integers(1, 2), st.integers(1, 2))
def test_nobody_reads_what_is_passed_on_who_might_not_read_the_original(first, second, one, two):
    if may_share(first, one, second, two):
        assert AUDIENCES.index(second) >= AUDIENCES.index(first)
        assert first != "me"
        assert not (first == second == "circle" and one != two)


@given(st.text(max_size=500))
def test_a_title_is_a_short_line(text):
    title = title_of(text)
    assert len(title) <= 80
    assert len(title.splitlines()) <= 1


@given(MOMENTS, MOMENTS, st.integers(1, 2**31), st.integers(1, 2**31))
def test_items_stand_in_the_order_of_time(one, other, first, second):
    if other - one > timedelta(milliseconds=1):
        assert position_of(one, first) < position_of(other, second)
    assert 0 < position_of(one, first) < 2**63


def test_tag_form_takes_the_sign_off():
    assert tag_form("#감자") == "감자"
