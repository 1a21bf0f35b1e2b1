"""Downloads: files with names in Hangul, kept by no cache, at the page's own address."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import unquote

import pytest
from flask import Blueprint, Flask, render_template_string, url_for
from support.reading import pages_of
from werkzeug.http import parse_options_header

from wizzle.core.paper import Label, Labels, Paper, Paragraph, Sheet, qr_svg
from wizzle.core.tables import Column, Table
from wizzle.core.web import create_app, download, this_node
from wizzle.core.web.downloads import disposition, file_stem

NAME = "주문서 48주/두부: 농장"
PAGE = (
    '{% from "wizzle/macros/downloads.html" import downloads %}'
    "{{ downloads(url, what=name) }}{{ qr }}"
)
pages = Blueprint("market", __name__)


@pages.get("/lists/<name>")
def lists(name: str) -> str:
    url = url_for("market.lists", name=name, by="product")
    return render_template_string(PAGE, url=url, name=name, qr=qr_svg(url, name))


@pages.get("/lists/<name>.<ending:ending>")
def list_file(name: str, ending: str):
    table = Table(NAME, (Column("품목"), Column("때", "moment")), [(name, this_node().clock.now())])
    if ending == "pdf":
        return download(Paper(NAME, (Sheet(name, (Paragraph("감자"),)),)))
    return download(table, ending)


@pages.get("/wide.<ending:ending>")
def wide(ending: str):
    columns = tuple(Column(f"칸 {number}", "won") for number in range(9))
    return download(Table("넓은 표", columns, [range(9)]), ending)


@pages.get('/labels.<ending("pdf"):ending>')
def labels(ending: str):
    return download(Labels(NAME, (Label("A7", "김수유"),)))


@pytest.fixture
def website(node) -> Flask:
    app = create_app(node)
    app.config.update(TESTING=True)
    app.register_blueprint(pages)
    return app


@pytest.fixture
def client(website):
    return website.test_client()


TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pdf": "application/pdf",
}


@pytest.mark.parametrize("ending", TYPES)
def test_a_file_says_what_it_is_and_is_kept_by_no_cache(client, ending):
    answer = client.get(f"/lists/농장.{ending}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == TYPES[ending]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers.getlist("X-Content-Type-Options") == ["nosniff"]
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    kind, options = parse_options_header(answer.headers["Content-Disposition"])
    assert kind == "attachment"
    assert options["filename"] == f"주문서 48주 두부 농장.{ending}"


def test_rows_are_written_in_the_zone_of_the_node(client):
    text = client.get("/lists/a.csv").data.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [["품목", "때"], ["a", "2026-11-23 09:00:00"]]


def test_labels_and_papers_come_as_pdf(client):
    assert "김수유" in pages_of(client.get("/labels.pdf").data)[0]
    assert "감자" in pages_of(client.get("/lists/농장.pdf").data)[0]


def test_a_table_alone_comes_on_a_plain_paper(client):
    (page,) = pages_of(client.get("/wide.pdf").data)
    assert all(said in page for said in ("넓은 표", "칸 8", "8원", "강북위즐", "1 / 1"))


@pytest.mark.parametrize("address", ["/labels.csv", "/labels.exe", "/labels.", "/labels.pdf.exe"])
def test_an_ending_that_is_not_offered_is_not_there(client, address):
    assert client.get(address).status_code == 404


def test_a_name_with_a_point_is_still_a_page(client):
    assert client.get("/lists/농장.exe").mimetype == "text/html"


def test_a_page_links_to_every_format_of_itself(client):
    page = client.get("/lists/농장").text
    links = re.findall(r'href="(/lists/[^"]+)"', page)
    assert [unquote(link) for link in links] == [
        f"/lists/농장.{ending}?by=product" for ending in ("pdf", "csv", "xlsx", "ods")
    ]
    assert all(client.get(link).status_code == 200 for link in links)
    words = re.sub(r"<[^>]+>|\s+", " ", page)
    assert re.findall(r"PDF|CSV|Excel|ODS", words) == ["PDF", "CSV", "Excel", "ODS"]
    assert " style=" not in page


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("주문서", "주문서"), ("a/b\\c:d", "a b c d"), ("../../etc/passwd", "etc passwd"),
        ("", "wizzle"), (" . ", "wizzle"), ("한\r\nSet-Cookie: x", "한 Set-Cookie x"),
        ("gpj.\u202efdp", "gpj. fdp"),
    ],
)  # fmt: skip
def test_a_name_is_one_that_every_file_system_takes(name, stem):
    assert file_stem(name) == stem


def test_a_long_name_is_cut_between_syllables():
    stem = file_stem("가" * 500)
    assert set(stem) == {"가"}
    assert len(stem.encode()) <= 180


def test_old_programs_get_a_name_in_ascii():
    header = disposition('주문서 48 "x".pdf')
    assert header.isascii()
    assert 'filename="48-x.pdf"' in header
    assert 'filename="wizzle.pdf"' in disposition("주문서.pdf")
