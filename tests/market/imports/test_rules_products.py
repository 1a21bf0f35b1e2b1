"""Catalogues: which goods are new, which change and in what, which are refused and why."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.plugins.market.catalog.rules import TaxClass
from wizzle.plugins.market.imports.rules import (
    KnownProducer,
    KnownProduct,
    Report,
    Row,
    RowOutcome,
    Table,
    classify_producers,
    classify_products,
)
from wizzle.plugins.market.imports.tables import read_table

COLUMNS = "생산자 상품명 단위 가격 면세 재고"
ERIN = KnownProducer(1, "서천 바른", {"province": "충남", "county": "서천"})
OTHER = KnownProducer(2, "옥천살림", {"province": "충북", "county": "옥천"})
IDENTITY = {"seller_id", "name", "unit_code", "unit_label"}


def table(*rows: str, columns: str = COLUMNS) -> Table:
    """Rows whose cells are divided by bars."""
    names = tuple(columns.split())
    return Table(
        names,
        tuple(
            Row(line, dict(zip(names, row.split("|"), strict=True)))
            for line, row in enumerate(rows, 2)
        ),
        1,
    )


BOXES = ("유리병", "과일 상자")


def as_known(report: Report) -> list[KnownProduct]:
    return [
        KnownProduct(
            row.line,
            int(str(row.facts["seller_id"])),
            row.name,
            str(row.facts["unit_code"]),
            {field: fact for field, fact in row.facts.items() if field not in IDENTITY},
        )
        for row in report.rows
        if row.outcome == "made"
    ]


def plan(*rows: str, columns: str = COLUMNS) -> RowOutcome:
    return classify_products(table(*rows, columns=columns), [], [ERIN, OTHER]).rows[-1]


def test_a_new_product_has_every_column() -> None:
    made = plan("서천 바른|감자|1.5kg|7,500원|면세|30")
    assert made.outcome == "made"
    assert made.facts == {
        "seller_id": 1, "name": "감자", "unit_code": "mass/1500g", "unit_label": "1.5kg",
        "price": 7_500, "tax_class": "exempt", "stock": 30, "minimum": 1, "step": 1,
        "origin": "", "category": "", "storage": "", "description": "", "variant": "",
        "sold_by": "piece", "expected_g": "", "allergens": "", "certification": "",
        "certificate_number": "", "certificate_until": "", "container": "",
    }  # fmt: skip


def test_the_example_catalogue_is_read_whole() -> None:
    data = files("wizzle.plugins.market") / "data"
    producers = classify_producers(read_table((data / "producers.tsv").read_bytes()), [])
    sellers = [
        KnownProducer(row.line, row.name, row.facts)
        for row in producers.rows
        if row.outcome == "made"
    ]
    catalogue = read_table((data / "catalogue.csv").read_bytes(), "catalogue.csv")
    report = classify_products(catalogue, [], sellers, containers=BOXES)
    assert report.counts["made"] == len(catalogue.rows) >= 120
    assert report.notes == ()
    again = classify_products(catalogue, as_known(report), sellers, containers=BOXES)
    assert again.counts["unchanged"] == len(catalogue.rows)


def test_a_change_names_each_field_before_and_after() -> None:
    before = as_known(classify_products(table("서천 바른|감자|단|1,000|면세|5"), [], [ERIN]))
    report = classify_products(table("서천 바른|감 자|한 단|1,200원|과세|수시"), before, [ERIN])
    (row,) = report.rows
    assert (row.outcome, row.subject_id) == ("changed", 2)
    assert row.before == {"price": 1_000, "tax_class": "exempt", "stock": 5}
    assert row.after == {"price": 1_200, "tax_class": "taxed", "stock": None}
    assert row.to_json()["reason"] == (
        "가격: 1,000 → 1,200. 면세: tax-exempt → taxed. 재고: 5 → on demand."
    )
    for reason in row.reasons:
        assert all(isinstance(value, str) for value in reason.values.values())


def test_stock_alone_may_be_brought_up_to_date() -> None:
    before = as_known(classify_products(table("서천 바른|감자|단|1,000|면세|수시"), [], [ERIN]))
    rows = table("감자|단|12", columns="상품명 단위 재고")
    (row,) = classify_products(rows, before, [ERIN]).rows
    assert (row.before, row.after) == ({"stock": None}, {"stock": 12})


def test_another_unit_is_another_product_and_the_same_twice_is_repeated() -> None:
    rows = table(
        "서천 바른|감자|1kg|5,000|면세|",
        "서천 바른|감자|3kg|14,000|면세|",
        "서천바른|감자|1000g|5,000원|면세|",
        "옥천살림|감자|1kg|5,000|면세|",
        "서천 바른|감자|1kg|5,500|면세|",
    )
    report = classify_products(rows, [], [ERIN, OTHER])
    outcomes = [(row.outcome, row.first_line) for row in report.rows]
    assert outcomes[:4] == [("made", None), ("made", None), ("repeated", 2), ("made", None)]
    assert report.rows[4].outcome == "refused"
    assert str(report.rows[4].reasons[0]) == "Line 2 says something else: 가격."


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("없는 농장|감자|단|1,000|면세|", "There is no producer called 없는 농장 here."),
        ("|감자|단|1,000|면세|", "The producer is missing."),
        ("서천 바른|감자|단||면세|", "The price is missing."),
        ("서천 바른|감자|단|1.200|면세|", "more than one way"),
        ("서천 바른|감자||1,000|면세|", "The unit is missing."),
        ("서천 바른|감자|봉|1,000원/단|면세|", "The price is for 단, but the unit is 봉."),
        ("서천 바른|감자|단|1,000||", "tax-exempt or taxed"),
        ("서천 바른||단|1,000|면세|", "The name is missing."),
        ("서천 바른|감자|단|1,000|면세|#REF!", "error of a formula"),
    ],
)
def test_a_refused_row_says_why(row: str, reason: str) -> None:
    outcome = plan(row)
    assert outcome.outcome == "refused"
    assert reason in " ".join(map(str, outcome.reasons))


def test_a_refused_row_leaves_its_place_to_a_right_one() -> None:
    rows = ("서천 바른|감자|단|1.200|면세|", "서천 바른|감자|단|1,200|면세|")
    assert plan(*rows).outcome == "made"


def test_the_importer_may_say_the_tax_class_for_all() -> None:
    rows = table("감자|단|1,000", columns="상품명 단위 가격")
    (row,) = classify_products(rows, [], [ERIN], tax=TaxClass.EXEMPT).rows
    assert row.facts["tax_class"] == "exempt"


def test_a_seller_of_a_common_name_needs_its_place() -> None:
    twin = KnownProducer(3, "서천바른", {"province": "전북", "county": "진안"})
    rows = table("서천바른|감자|단|1,000|면세", columns="생산자 상품명 단위 가격 과세")
    (row,) = classify_products(rows, [], [ERIN, twin]).rows
    assert "Several producers" in str(row.reasons[0])
    rows = table("서천바른|전북|감자|단|1,000|면세", columns="생산자 시도 상품명 단위 가격 과세")
    (row,) = classify_products(rows, [], [ERIN, twin]).rows
    assert row.facts["seller_id"] == 3


@pytest.mark.parametrize(
    ("cells", "columns", "code", "label"),
    [
        ("봉|500g", "단위 규격", "bag/500g", "봉 500g"),
        ("g|500", "단위 규격", "mass/500g", "500g"),
        ("|1L", "단위 규격", "volume/1000ml", "1L"),
        ("1kg|1kg", "단위 규격", "mass/1000g", "1kg"),
        ("상추|", "품종 비고", "bag", "봉"),
    ],
)
def test_a_unit_may_stand_in_two_columns_or_beside_the_price(
    cells: str, columns: str, code: str, label: str
) -> None:
    row = plan(
        f"서천 바른|감자|1,000원/{label}|면세|{cells}", columns=f"생산자 품명 단가 과세 {columns}"
    )
    assert (row.facts["unit_code"], row.facts["unit_label"]) == (code, label)


CELLS = st.one_of(
    st.sampled_from(["", "서천 바른", "감자", "1kg", "봉", "1,000", "면세", "충남", "-", "#REF!"]),
    st.text(max_size=8),
)


@given(
    st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=8),
    st.sampled_from(
        [COLUMNS, "이름 시도 시군구 생산자 규격 단가", "품목 지역 공급자 단위 값 최소"]
    ),
)
def test_every_row_of_any_table_ends_in_one_of_five_ways(
    cells: list[list[str]], columns: str
) -> None:
    names = tuple(columns.split())
    rows = [Row(line, dict(zip(names, row, strict=True))) for line, row in enumerate(cells, 2)]
    report = classify_products(Table(names, tuple(rows), 1), [], [ERIN, OTHER])
    assert [row.line for row in report.rows] == [row.line for row in rows]
    counts = report.counts
    assert sum(counts.values()) - counts["incomplete"] == len(rows)
    assert all(row.reasons for row in report.rows)
    assert json.loads(json.dumps(report.to_json())) == report.to_json()
