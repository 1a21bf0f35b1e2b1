"""What other nodes wrote is read with distrust: nothing in it raises, and nothing of it acts."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from wizzle.federation.public.rules.markup import content
from wizzle.plugins.feed.wire.rules.cleaning import clean, line, plain
from wizzle.plugins.feed.wire.rules.reading import read

NOW = datetime(2026, 11, 30, tzinfo=UTC)
TAGS = {"p", "br", "a", "strong", "b", "em", "i", "blockquote", "ul", "ol", "li", "code"}
PIECES = st.sampled_from(
    ["<p>", "</p>", "<script>", "</script>", "<a href='javascript:x'>", "<a href=https://x.example>",
     "<img src=x onerror=y>", "<svg/onload=z>", "<style>", "<math><mi>", "&lt;", "&#x3c;", "감자",
     "\u202e", "\x00", "<!--", "-->", "<![CDATA[", "\"", "'", "<b style=x>", "<template>"]
)  # fmt: skip
HTML = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=12).map("".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["id", "type", "url", "href", "name", "mediaType", "content"]), inner,
        max_size=4,
    ),
    max_leaves=8,
)  # fmt: skip


MEMBERS = (
    "id", "attributedTo", "to", "cc", "content", "name", "published", "url", "tag", "attachment",
    "image", "location", "startTime", "inReplyTo",
)  # fmt: skip


class Seen(HTMLParser):
    """Every tag of a text with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@given(HTML)
def test_only_harmless_tags_are_left(html):
    for tag, attributes in Seen(clean(html)).tags:
        assert tag in TAGS
        assert attributes.keys() <= {"href", "rel"}
        assert attributes.get("href", "https://").startswith(("https://", "http://"))


@given(HTML)
def test_cleaned_once_is_clean(html):
    assert clean(clean(html)) == clean(html)


@given(HTML)
def test_plain_text_can_be_kept_and_turns_nothing_around(html):
    text = plain(clean(html))
    text.encode()  # no half of a sign
    assert not set("\x00\u202e\u2066") & set(text)
    assert "\n" not in line(text, 50)


@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=10), max_size=3))
def test_what_we_write_holds_our_tags_alone(text, tags):
    for tag, attributes in Seen(content(text, tags, "https://wanju.example")).tags:
        assert tag in {"p", "br", "a", "span"}
        assert attributes.get("href", "https://").startswith(("https://", "http://"))


@given(st.dictionaries(st.sampled_from(MEMBERS), JSON))
def test_no_document_raises(document):
    read({"type": "Note", "to": "as:Public", **document}, now=NOW)


def test_a_document_says_what_it_says():
    found = read(
        {
            "id": "https://x.example/n/1", "type": "Event", "attributedTo": "https://x.example/u/1",
            "to": ["as:Public"], "name": " 김장 \n 하는 날 ",
            "content": "<p>배추 <b>백</b> 포기</p>",
            "published": "2031-01-01T00:00:00Z", "startTime": "2026-12-01T10:00:00+09:00",
            "location": {"name": "마을회관"}, "url": "https://evil.example/page",
            "tag": [{"type": "Hashtag", "name": "#김장"}, {"type": "Mention", "name": "@a"}],
            "attachment": [{"type": "Document", "mediaType": "image/png",
                            "url": "https://x.example/a.png", "name": "배추"},
                           {"type": "Image", "url": "javascript:x"}],
        },
        now=NOW,
    )  # fmt: skip
    assert found is not None
    assert (found.title, found.text, found.kind) == ("김장 하는 날", "배추 백 포기", "event")
    assert found.at == NOW, "nothing is of the future"
    assert found.page == found.uri, "a page on another host is none"
    assert (found.tags, found.pictures) == (("김장",), (("https://x.example/a.png", "배추"),))
    assert found.starts_at == datetime(2026, 12, 1, 1, tzinfo=UTC)
