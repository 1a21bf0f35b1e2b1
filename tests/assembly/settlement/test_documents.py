"""Statements as papers and tables: the same sums as the pages, with exempt and taxed apart."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from support.settling import Sold

from wizzle.plugins.assembly.corrections.actions import correct
from wizzle.plugins.assembly.settlement.rules import vat_within

As = Callable[[str], FlaskClient]


@given(taxed=st.integers(-(10**12), 10**12))
def test_the_tax_within_is_the_nearest_won(taxed: int):
    assert abs(vat_within(taxed) * 110 - taxed * 10) <= 55
    assert vat_within(-taxed) == -vat_within(taxed)


@pytest.mark.parametrize(("taxed", "vat"), [(0, 0), (2970, 270), (11_000, 1_000), (5, 0), (6, 1)])
def test_the_tax_within_rounds_half_up(taxed: int, vat: int):
    assert vat_within(taxed) == vat


def rows(answer: object) -> list[list[str]]:
    text = answer.get_data().decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def test_a_producer_keeps_the_statement_in_every_format(sold: Sold, as_: As):
    sold.settle()
    farm, erin = sold.cast.space("farm").id, as_("erin")
    path = f"/rounds/{sold.id}/statements/{farm}"
    page = erin.get(path).text
    assert "270원" in page  # the tax within 2,970
    for ending in ("pdf", "xlsx", "ods", "csv"):
        assert f"{path}.{ending}" in page
        answer = erin.get(f"{path}.{ending}")
        assert answer.status_code == 200, ending
        assert "attachment" in answer.headers["Content-Disposition"]
    assert erin.get(f"{path}.pdf").data[:5] == b"%PDF-"
    found = rows(erin.get(f"{path}.csv"))
    assert [row[4] for row in found[1:]] == ["4600", "2970"]
    assert erin.get(f"{path}.exe").status_code == 404


def test_hub_and_centre_have_their_papers(sold: Sold, as_: As):
    sold.settle()
    bob, hub = as_("bob"), sold.cast.space("hub").id
    for path in (f"statements/hub/{hub}", "statements/centre"):
        url = f"/rounds/{sold.id}/{path}"
        assert bob.get(f"{url}.pdf").data[:5] == b"%PDF-"
        found = rows(bob.get(f"{url}.csv"))
        assert sum(int(row[1]) for row in found[1:]) == 9600
        assert sum(int(row[2]) for row in found[1:]) == 2970


def test_nobody_else_takes_them(sold: Sold, as_: As):
    sold.settle()
    farm, hub = sold.cast.space("farm").id, sold.cast.space("hub").id
    for path in (f"statements/{farm}.pdf", f"statements/hub/{hub}.csv", "statements/centre.csv"):
        for name in ("alice", "charlie"):
            assert as_(name).get(f"/rounds/{sold.id}/{path}").status_code in (403, 404)
    other = sold.cast.space("other_farm").id
    assert as_("erin").get(f"/rounds/{sold.id}/statements/{other}.csv").status_code == 404


def test_a_correction_stands_on_the_next_statement_and_its_files(sold: Sold, as_: As):
    sold.settle()
    line = next(line for line in sold.settled_lines() if line.product_name == "매실청")
    with sold.node.db.write() as session:
        correct(sold.node, session, line.line_id, 990, reason="상함", key="k", actor_id=None)
    first, farm = sold.id, sold.cast.space("farm").id
    for name in ("erin", "dana", "bob"):
        assert "다음 정산서에 적힐 것" in as_(name).get("/statements").text
    (leek,) = sold.goods("대파", price=2300)
    sold.ready({"alice": {leek: 1}}).hand_over().settle()
    erin = as_("erin")
    assert "다음 정산서에 적힐 것" not in erin.get("/statements").text
    assert "상함" not in erin.get(f"/rounds/{first}/statements/{farm}").text
    page = erin.get(f"/rounds/{sold.id}/statements/{farm}").text
    assert "상함" in page
    assert "1,113원" in page  # 1,955 less 842
    found = rows(erin.get(f"/rounds/{sold.id}/statements/{farm}.csv"))
    assert [row[4] for row in found[1:]] == ["2300", "-990"]
    assert sum(int(row[7]) for row in found[1:]) == 1113
    assert erin.get(f"/rounds/{sold.id}/statements/{farm}.pdf").status_code == 200
    dana, hub = as_("dana"), sold.cast.space("hub").id
    assert "상함" in dana.get(f"/rounds/{sold.id}/statements/hub/{hub}").text
    assert "상함" in dana.get(f"/rounds/{sold.id}/statements/centre").text
    for path in (f"hub/{hub}.csv", "centre.csv"):
        found = rows(dana.get(f"/rounds/{sold.id}/statements/{path}"))
        assert sum(int(row[2]) for row in found[1:]) == -990
