"""The steward's week in a real browser: transfers matched, a line corrected, everyone paid out.

Potatoes at 5,000 won, rates 7 % and 8 %: alice's two and gina's one come to 15,000 won, of which
the farm gets 12,750 and the activist 1,050. Of gina's 5,000 won 1,000 come back: 850 and 70 of it.
"""

from __future__ import annotations

from sqlalchemy import update
from support.cast import Cast
from support.neighbour import Neighbour
from support.served import Served
from support.settling import Sold

from wizzle.core import ledger
from wizzle.plugins.market import Order

from .conftest import Enter

HEAD = "거래일시,적요,기재내용,찾으신금액,맡기신금액,거래후 잔액,취급점"


def test_money_comes_in_is_put_right_and_goes_out_to_the_won(
    town: Served, cast: Cast, phone_of: Enter
) -> None:
    sold = Sold(town.node, cast, town.node.clock)
    (potato,) = sold.goods("감자", price=5_000)
    for name in ("erin", "dana"):
        cast.person(name)
    sold.ready({"alice": {potato: 2}, "gina": {potato: 1}})
    with town.node.db.write() as session:
        session.execute(update(Order).values(payment_provider="transfer"))

    bob = phone_of("bob")
    takes_the_list_of_the_bank_in(bob, sold)
    sold.hand_over().settle()
    corrects_a_line(bob, sold)
    pays_out(bob)

    with town.node.db.read() as session:
        assert ledger.verify(session).ok
    assert sold.balance("producer", "farm") == 0
    assert sold.balance("activist", "hub") == 0
    assert sold.balance("fund") == 1_200 - 80
    assert town.letters("erin@example.com")

    erin = phone_of("erin")
    erin.goes_to("/me")
    erin.sees("회차에서 받을 돈", "11,900원", "농협은행 ····7891")
    gina = phone_of("gina")
    gina.goes_to(f"/orders/{sold.orders()[1].uid}")
    gina.sees("나중에 잔액으로 돌려받음", "썩은 것이 섞였어요", "4,000원")


def takes_the_list_of_the_bank_in(bob: Neighbour, sold: Sold) -> None:
    """One deposit names its order; the other only somebody's mother, and is given by hand."""
    alice, gina = sold.orders()
    rows = [
        f"2026.11.25 14:03:22,타행이체,앨리스 {alice.number[-5:]},0,10000,,강북",
        "2026.11.25 15:10:00,타행이체,엄마,0,5000,,강북",
    ]
    bob.goes_to("/market/transfers")
    content = "\n".join([HEAD, *rows]).encode("cp949")
    bob.page.set_input_files(
        "input[type=file]", {"name": "거래내역.csv", "mimeType": "text/csv", "buffer": content}
    )
    bob.presses("이대로 올리기")
    bob.sees("거래내역.csv", alice.number, "앨리스")
    bob.presses("엄마")
    bob.sees("이 가운데 있을까요")
    bob.presses(f"지나, {gina.number}: 낼 돈 5,000원")
    bob.goes_to("/market/transfers?state=booked")
    bob.sees("앨리스", "지나", "10,000원", "5,000원")


def corrects_a_line(bob: Neighbour, sold: Sold) -> None:
    bob.goes_to(f"/rounds/{sold.id}/settlement")
    bob.sees("15,000원", "12,750원", "1,050원", "1,200원")
    bob.presses("정산한 줄")
    bob.page.locator("tr", has_text="지나").get_by_role("link").click()
    bob.types("금액", "1000")
    bob.types("까닭", "썩은 것이 섞였어요")
    bob.presses("돌려주기", times=2)
    bob.sees("-1,000원", "썩은 것이 섞였어요", "4,000원")


def pays_out(bob: Neighbour) -> None:
    bob.goes_to("/payouts")
    bob.sees("11,900원", "980원")
    for name in ("완주로컬푸드협동조합", "수유 마을부엌"):
        bob.presses(name)
        bob.chooses("은행", "농협은행")
        bob.types("계좌번호", "302-1234-5678-91")
        bob.types("예금주", "홍길동")
        bob.presses("저장")
        bob.sees("계좌를 저장했어요.", "····7891")
        bob.presses("지급")
    bob.confirms("지급하기", answer="네, 지급할게요")
    bob.sees("지급을 적었어요.", "12,880원", "농협은행 ····7891")
    with bob.page.expect_download() as found:
        bob.page.get_by_role("link", name="CSV").click()
    lines = found.value.path().read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("은행,계좌번호,예금주,금액")
    assert {line.split(",")[3] for line in lines[1:]} == {"11900", "980"}
