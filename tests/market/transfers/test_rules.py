"""Reading what Korean banks write, and finding whose money it is without guessing."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.deposits import Paid, is_heading, read_deposits
from wizzle.core.deposits.reading import read_moment, read_sum
from wizzle.core.errors import Refused
from wizzle.core.sheets import read_table
from wizzle.plugins.market.transfers.rules import Claim, decide

SEOUL = ZoneInfo("Asia/Seoul")


def read(text, encoding="utf-8"):
    table = read_table(text.encode(encoding), "list.csv", known=is_heading)
    return read_deposits(table, SEOUL)


BANKS = {
    "one column of texts": (
        "거래일시,적요,기재내용,지급(원),입금(원),거래후 잔액(원)\n"
        '2026.11.20 14:03:22,타행이체,앨리스,0,"12,970","1,012,970"\n'
    ),
    "day and hour apart": (
        "거래일자,거래시간,적요,출금(원),입금(원),내용,잔액(원)\n"
        "2026-11-20,14:03:22,타행이체,0,12970,앨리스,1012970\n"
    ),
    "titles above, who sent": (
        "거래내역조회\n계좌번호,123-45\n\n"
        "거래일시,적요,보낸분/받는분,송금메모,출금액(원),입금액(원),잔액(원)\n"
        '2026.11.20 14:03:22,타행이체,앨리스,,"","12,970","1,012,970"\n'
    ),
    "one signed column": (
        "거래일시,구분,거래금액,거래 후 잔액,거래구분,내용,메모\n"
        '2026.11.20 14:03:22,입금,"12,970","1,012,970",타행이체,앨리스,타행이체\n'
    ),
    "digits only": (
        "거래일자,거래시간,찾으신금액,맡기신금액,거래후잔액,거래내용,거래기록사항\n"
        "20261120,140322,0,12970,1012970,타행이체,앨리스\n"
    ),
}


@pytest.mark.parametrize("text", BANKS.values(), ids=BANKS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_what_banks_write(text, encoding):
    [paid], left = read(text, encoding)
    assert left == []
    assert paid.at == datetime(2026, 11, 20, 14, 3, 22, tzinfo=SEOUL)
    assert (paid.amount, paid.depositor) == (12_970, "앨리스")


def test_every_row_ends_somewhere():
    paid, left = read(
        "거래일시,기재내용,출금액,입금액\n"
        "2026-11-20 10:00,앨리스,0,5000\n"
        "2026-11-20 10:01,전기 요금,30000,0\n"
        "2026-11-20 10:02,이자,,\n"
        "2026-11-20 10:03,지나,,다섯 장\n"
        "어제,지나,,5000\n"
        "2026-13-40,지나,,5000\n"
        "2026-11-20 10:04,지나,,-5000\n"
        "합계,,30000,5000\n"
    )
    assert [each.line for each in paid] == [2]
    assert [(each.line, each.outcome) for each in left] == [
        (3, "not_a_deposit"), (4, "not_a_deposit"), (5, "refused"), (6, "refused"),
        (7, "refused"), (8, "refused"), (9, "refused"),
    ]  # fmt: skip


def test_rows_that_look_alike_are_told_apart_by_their_count():
    row = "2026-11-20,앨리스,5000\n"
    once, _ = read("거래일자,입금자,입금액\n" + row)
    twice, _ = read("거래일자,입금자,입금액\n" + row + row)
    assert len({each.mark for each in twice}) == 2
    assert once[0].mark == twice[0].mark


@pytest.mark.parametrize(
    "text", ["이름,가격,단위\n감자,3000,kg\n", "거래일시,내용\n2026-11-20,x\n"]
)
def test_what_is_no_list_of_deposits(text):
    with pytest.raises(Refused):
        read(text)


@pytest.mark.parametrize(
    ("text", "amount"), [("12,970", 12_970), ("₩ 5,000", 5_000), ("+300원", 300), ("-", 0), ("", 0),
                         ("10000.0", 10_000), ("-5", -5)],
)  # fmt: skip
def test_sums(text, amount):
    assert read_sum(text) == amount


@pytest.mark.parametrize("text", ["1.5", "1e5", "12,97O", "0x10", "１２a", "--5"])
def test_no_sums(text):
    with pytest.raises(Refused):
        read_sum(text)


@given(st.text(max_size=30), st.text(max_size=10))
def test_any_text_is_a_moment_or_refused(day, hour):
    try:
        moment = read_moment(day, hour, SEOUL)
    except Refused:
        return
    assert moment.tzinfo is SEOUL


def paid(text, amount=5_000):
    return Paid(2, datetime(2026, 11, 20, tzinfo=SEOUL), amount, text, "", "m")


ALICE = Claim(1, 1, "261120-7KQ2M", "앨리스", 5_000)
GINA = Claim(2, 2, "261120-9XY4Z", "지나", 5_000)
SHORT = Claim(3, 3, "261120-ABCDE", "김민", 5_000)
PAID = Claim(4, 4, "261120-PPPPP", "다나", 0, open=False)


@pytest.mark.parametrize(
    ("text", "amount", "order"),
    [
        ("앨리스", 5_000, 1), ("앨리스7KQ2M", 5_000, 1), ("7kq2m", 5_000, 1),
        ("(앨리스)", 5_000, 1),
        ("앨리스 261120-7KQ2M", 100, 1), ("2611207KQ2M", 9_000, 1), ("앨리스7KQ2M", 4_000, 1),
        ("지나 장보기", 5_000, 2), ("261120-PPPPP", 777, 4), ("김민 모임", 5_000, 3),
    ],
)  # fmt: skip
def test_one_order_fits(text, amount, order):
    made = decide(paid(text, amount), [ALICE, GINA, SHORT, PAID])
    assert (made.state, made.claim and made.claim.order_id) == ("matched", order)


@pytest.mark.parametrize(
    ("text", "amount", "state"),
    [
        ("앨리스", 4_999, "unmatched"), ("모르는 이", 5_000, "unmatched"), ("", 5_000, "unmatched"),
        ("김민수", 5_000, "unmatched"), ("7KQ2M", 4_999, "unmatched"),
        ("PPPPP", 5_000, "unmatched"),
        ("다나", 5_000, "unmatched"), ("앨리스 지나", 5_000, "ambiguous"),
        ("261120-7KQ2M 261120-9XY4Z", 5_000, "ambiguous"), ("261120-7KQ2MX", 5_000, "unmatched"),
    ],
)  # fmt: skip
def test_what_is_not_clear_waits_for_a_person(text, amount, state):
    made = decide(paid(text, amount), [ALICE, GINA, SHORT, PAID])
    assert (made.state, made.claim) == (state, None)
    assert str(made.why)


def test_two_orders_of_one_name_and_sum():
    other = Claim(9, 1, "261120-22222", "앨리스", 5_000)
    assert decide(paid("앨리스"), [ALICE, other]).state == "ambiguous"
    assert decide(paid("앨리스22222"), [ALICE, other]).claim is other


names = st.text(alphabet="김민수앨리스AB12 -", min_size=1, max_size=6)
claims = st.lists(
    st.builds(
        Claim, st.integers(1, 99), st.integers(1, 9),
        st.from_regex("261120-[A-C2-4]{5}", fullmatch=True), names, st.integers(0, 3),
    ),
    max_size=6, unique_by=lambda claim: claim.order_id,
)  # fmt: skip


@given(claims, st.text(alphabet="김민수앨리스AB12 -6", max_size=20), st.integers(1, 3))
def test_nothing_is_guessed(known, text, amount):
    made = decide(paid(text, amount), known)
    assert (made.claim is not None) == (made.state == "matched")
    if made.claim is not None and made.claim.number.replace("-", "") not in text.replace("-", ""):
        tail = made.claim.number[-5:]
        assert tail in text.upper() or made.claim.name.strip()
        assert made.claim.due == amount or tail in text.upper()
