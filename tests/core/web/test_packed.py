"""Static texts travel packed, to whoever can unpack them, and are the same text to everyone."""

from __future__ import annotations

import gzip
import re

import pytest

from wizzle.core.web.statics import CORE


@pytest.fixture
def sheet(client):
    return re.search(r'href="(/static/core/\w+/wizzle\.css)"', client.get("/").text)[1]


@pytest.mark.parametrize("wanted", ["gzip", "br, gzip", "deflate,gzip;q=0.8", "gzip, deflate, br"])
def test_whoever_can_unpack_gets_it_packed(client, sheet, wanted):
    answer = client.get(sheet, headers={"Accept-Encoding": wanted})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["Cache-Control"]
    assert int(answer.headers["Content-Length"]) == len(answer.data) < 14_000
    assert gzip.decompress(answer.data) == (CORE / "wizzle.css").read_bytes()
    head = client.head(sheet, headers={"Accept-Encoding": wanted})
    assert head.data == b""
    assert head.headers["Content-Length"] == answer.headers["Content-Length"]


@pytest.mark.parametrize("wanted", ["", "identity", "br", "gzip;q=0", "gzip; q=0.0, br", "xgzip"])
def test_others_get_it_as_it_is(client, sheet, wanted):
    answer = client.get(sheet, headers={"Accept-Encoding": wanted})
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.data == (CORE / "wizzle.css").read_bytes()


def test_a_part_and_what_is_known_are_left_alone(client, sheet):
    known = client.get(sheet).headers["ETag"]
    packing = {"Accept-Encoding": "gzip"}
    assert client.get(sheet, headers={**packing, "If-None-Match": known}).status_code == 304
    part = client.get(sheet, headers={**packing, "Range": "bytes=0-9"})
    assert (part.status_code, len(part.data)) == (206, 10)
    assert client.post(sheet, headers=packing).status_code == 405


def test_typeface_and_pages_are_not_packed(client, sheet):
    packing = {"Accept-Encoding": "gzip"}
    font = sheet.replace("wizzle.css", "pretendard/PretendardVariable.subset.91.woff2")
    assert "Content-Encoding" not in client.get(font, headers=packing).headers
    assert "Content-Encoding" not in client.get("/", headers=packing).headers
