"""Lists of producers: who is made, completed, repeated or refused, and why."""

from __future__ import annotations

from importlib.resources import files

import pytest

from wizzle.core.errors import Refused
from wizzle.plugins.market.imports.rules import (
    KnownProducer,
    Report,
    Row,
    RowOutcome,
    Table,
    classify_producers,
    fold_producer,
    producer_key,
)
from wizzle.plugins.market.imports.tables import read_table

SEED = files("wizzle.plugins.market") / "data" / "producers.tsv"


def table(*rows: tuple[str, ...], columns: str = "시도 시군구 이름") -> Table:
    names = tuple(columns.split())
    cells = [dict(zip(names, row, strict=True)) for row in rows]
    return Table(names, tuple(Row(line, row) for line, row in enumerate(cells, 2)), 1)


def known(number: int, name: str, place: str = " ", **facts: str) -> KnownProducer:
    province, county = place.split(" ")
    return KnownProducer(number, name, {"province": province, "county": county, **facts})


def as_known(report: Report) -> list[KnownProducer]:
    return [
        KnownProducer(row.line, row.name, row.facts) for row in report.rows if row.outcome == "made"
    ]


def only(report: Report) -> RowOutcome:
    (row,) = report.rows
    return row


def test_the_seed_on_an_empty_node() -> None:
    report = classify_producers(read_table(SEED.read_bytes(), "producers.tsv"), [])
    assert report.counts == {
        "made": 31, "changed": 0, "unchanged": 0, "repeated": 2, "refused": 0, "incomplete": 1,
    }  # fmt: skip
    repeated = [(row.line, row.first_line) for row in report.rows if row.outcome == "repeated"]
    assert repeated == [(23, 22), (31, 19)]
    (incomplete,) = (row for row in report.rows if row.incomplete)
    assert (incomplete.line, incomplete.name) == (26, "논산 탐정호 휴양마을 협동조합")
    assert report.notes == ()


def test_the_seed_a_second_time_changes_nothing() -> None:
    seed = read_table(SEED.read_bytes(), "producers.tsv")
    report = classify_producers(seed, as_known(classify_producers(seed, [])))
    assert report.counts == {
        "made": 0, "changed": 0, "unchanged": 31, "repeated": 2, "refused": 0, "incomplete": 1,
    }  # fmt: skip


def test_the_report_for_a_script() -> None:
    told = classify_producers(table(("충남", "서천", "가"), ("충남", "서천", "가")), []).to_json()
    assert list(told) == [
        "made", "changed", "unchanged", "repeated", "refused", "incomplete", "rows",
    ]  # fmt: skip
    assert told["rows"] == [
        {"line": 2, "outcome": "made", "name": "가", "reason": "New.", "incomplete": False},
        {
            "line": 3,
            "outcome": "repeated",
            "name": "가",
            "reason": "Line 2 has this already.",
            "incomplete": False,
        },
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("㈜네니아", "(주)네니아"),
        ("네니아 주식회사", "주식회사 네니아"),
        ("진안마을 주식회사", "㈜ 진안마을"),
        ("횡성 공동체농업지원센터", "횡성공동체 농업지원센터"),
        ("Farm ABC", "farm abc"),
        ("가나", "가나"),
    ],
)
def test_names_that_are_one(one: str, other: str) -> None:
    assert fold_producer(one) == fold_producer(other)


def test_names_that_are_not_one() -> None:
    assert fold_producer("㈜진안마을") != fold_producer("진안마을")
    assert fold_producer("㈜진안마을") != fold_producer("(유)진안마을")


def test_a_place_has_a_short_and_a_full_name() -> None:
    assert producer_key("가", "충남", "서천") == producer_key("가", "충청남도", "서천군")
    assert producer_key("가", "경기", "광주") != producer_key("가", "광주", "")
    assert producer_key("가", "부산", "중구") != producer_key("가", "부산", "동구")


def test_a_name_is_kept_as_it_is_written() -> None:
    made = only(classify_producers(table(("충청남도", "서천군", "  (주)  서천   바름 ")), []))
    assert made.facts["name"] == made.name == "(주) 서천 바름"
    assert (made.facts["province"], made.facts["county"]) == ("충남", "서천군")


def test_a_row_completes_the_one_producer_without_a_place() -> None:
    row = only(classify_producers(table(("충남", "논산", "탐정호 마을")), [known(7, "탐정호마을")]))
    assert (row.outcome, row.subject_id, row.incomplete) == ("changed", 7, False)
    assert row.after == {"province": "충남", "county": "논산"}
    assert row.before == {"province": "", "county": ""}
    assert [str(reason) for reason in row.reasons] == ["시도: 충남.", "시군구: 논산."]


def test_a_row_completes_an_earlier_row_of_the_same_file() -> None:
    rows = table(("", "", "가"), ("충남", "논산", "가"), ("충남", "논산시", "가"))
    report = classify_producers(rows, [])
    assert [row.outcome for row in report.rows] == ["made", "changed", "repeated"]
    completing = report.rows[1]
    assert (completing.first_line, completing.subject_id) == (2, None)
    assert [row.incomplete for row in report.rows] == [True, False, False]


def test_a_bare_name_means_the_only_producer_of_that_name() -> None:
    one, other = known(1, "가", "충남 서천"), known(2, "가", "충북 옥천")
    bare = table(("", "", "가"))
    row = only(classify_producers(bare, [one]))
    assert (row.outcome, row.subject_id, row.incomplete) == ("unchanged", 1, False)
    refused = only(classify_producers(bare, [one, other]))
    assert refused.outcome == "refused"
    assert "Several producers" in str(refused.reasons[0])


def test_one_name_in_two_places_is_two_producers() -> None:
    report = classify_producers(table(("충남", "서천", "가"), ("충북", "옥천", "가")), [])
    assert report.counts["made"] == 2


def test_the_other_way_to_write_a_place_is_no_change() -> None:
    report = classify_producers(table(("충청남도", "서천군", "가")), [known(1, "가", "충남 서천")])
    assert only(report).outcome == "unchanged"


def test_an_empty_cell_clears_nothing() -> None:
    there = known(1, "가", "충남 서천", phone="041-000-0000", address="서천읍")
    rows = table(("가", "", "읍내로 1"), columns="이름 전화 주소")
    row = only(classify_producers(rows, [there]))
    assert row.after == {"address": "읍내로 1"}


def test_a_second_row_may_not_contradict_the_first() -> None:
    rows = table(("가", "041-000-0000"), ("가", "041-000-0001"), columns="이름 전화")
    report = classify_producers(rows, [])
    assert [row.outcome for row in report.rows] == ["made", "refused"]
    assert str(report.rows[1].reasons[0]) == "Line 2 says something else: 전화."


def test_a_refused_row_says_everything_that_is_wrong() -> None:
    rows = table(("", "충낭", "12", "x@"), columns="이름 시도 전화 이메일")
    row = only(classify_producers(rows, []))
    assert row.outcome == "refused"
    assert len(row.reasons) == 4


@pytest.mark.parametrize("name", ["", "-", "#REF!", "가" * 121])
def test_a_name_must_be_a_name(name: str) -> None:
    assert only(classify_producers(table(("충남", "서천", name)), [])).outcome == "refused"


def test_one_column_may_hold_the_whole_place() -> None:
    row = only(classify_producers(table(("가", "충청남도 서천군"), columns="농가명 지역"), []))
    assert (row.facts["province"], row.facts["county"]) == ("충남", "서천군")
    torn = table(("가", "충남 서천", "전북"), columns="농가명 지역 시도")
    assert only(classify_producers(torn, [])).outcome == "refused"


def test_sejong_has_no_counties() -> None:
    report = classify_producers(table(("세종특별자치시", "", "가")), [])
    assert report.counts["incomplete"] == 0


def test_columns_that_nobody_asked_for_are_named() -> None:
    report = classify_producers(table(("가", "x"), columns="이름 비고"), [])
    assert [str(note) for note in report.notes] == ["Columns that were not read: 비고."]


def test_a_table_without_names_or_with_two_columns_for_them_is_refused() -> None:
    with pytest.raises(Refused, match="A column is missing"):
        classify_producers(table(("충남",), columns="시도"), [])
    with pytest.raises(Refused, match="mean the same"):
        classify_producers(table(("가", "나"), columns="이름 단체명"), [])
