"""A whole round in a real browser at the size of a phone, from the first hub to the statements.

Potatoes at 990 won and citron jam at 12,000 won; rates 7 % and 8 %. What is settled line by line:
alice 3 potatoes 2,970 → 208 + 238 + 2,524; her jam 12,000 − 2,000 given back → 700 + 800 + 8,500;
gina 2 potatoes 1,980 → 139 + 158 + 1,683.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from support.cast import Cast
from support.neighbour import Neighbour
from support.served import Served

from wizzle.core import ledger
from wizzle.core.testing import MONDAY
from wizzle.plugins.market import Product

from .conftest import Enter

CUT_OFF = MONDAY + timedelta(days=8, hours=12)  # Tuesday, nine in the evening in Seoul
COLLECTION = MONDAY + timedelta(days=10, hours=7)  # Thursday, four in the afternoon


def test_a_round_is_ordered_handed_over_and_settled_to_the_won(
    town: Served, cast: Cast, phone_of: Enter, stranger: Enter
) -> None:
    jam(cast)
    erin = phone_of("erin")
    offers_potatoes(erin)
    makes_a_hub(phone_of("bob"), cast)
    dana = phone_of("dana")
    opens_a_round(dana)
    alice = phone_of("alice")
    code = orders_both_and_thinks_again(alice)
    orders_and_takes_the_jam_out(phone_of("gina", javascript=False))

    town.node.clock.set(CUT_OFF)
    closes_and_sends(dana)
    reads_the_order_sheet(erin)
    receives_and_packs(dana)
    town.node.clock.set(COLLECTION)
    hands_out(dana, code)
    settles(dana)

    sees_the_fund(stranger())
    reads_the_statement(erin)
    sees_what_was_given_back(alice)
    with town.node.db.read() as session:
        assert ledger.verify(session).ok
        assert ledger.balance(session, ledger.account("fund")) == 1196
        rows = session.execute(select(Product.name, Product.stock))
        assert {row.name: row.stock for row in rows} == {"감자": 5, "유자청": 4}


def jam(cast: Cast) -> None:
    """Another producer has jam: taxed, five jars."""
    now = cast.node.clock.now()
    with cast.node.db.write() as session:
        session.add(
            Product(
                seller_id=cast.space("other_farm").id, name="유자청", category="가공식품",
                tax_class="taxed", unit_label="병", price=12_000, origin="전북 진안", stock=5,
                created_at=now, updated_at=now,
            )
        )  # fmt: skip


def offers_potatoes(erin: Neighbour) -> None:
    erin.goes_to("/me")
    erin.presses("완주로컬푸드협동조합")
    erin.presses("상품 올리기")
    erin.types("이름", "감자")
    erin.types("분류", "채소")
    erin.types("단위", "한 봉")
    erin.types("가격", "990원")
    erin.ticks("면세")
    erin.types("원산지", "전북 완주")
    erin.types("재고", "10")
    erin.presses("저장")
    erin.sees("감자를 장보기에 올렸어요.", "990원", "판매 중")


def makes_a_hub(bob: Neighbour, cast: Cast) -> None:
    cast.person("dana")
    bob.goes_to("/me")
    bob.presses("거점 만들기")
    bob.types("이름", "번동 사랑방")
    bob.types("주소", "서울 강북구 번동 1")
    bob.types("활동가의 전자우편", "dana@example.com")
    bob.presses("거점 만들기")
    bob.sees("번동 사랑방을 만들었어요.", "아직 회차가 없어요")


def opens_a_round(dana: Neighbour) -> None:
    dana.goes_to("/me")
    dana.presses("번동 사랑방")
    dana.presses("새 회차")
    dana.presses("상품 고르러 가기")  # the title and the times are proposed
    dana.ticks("완주로컬푸드협동조합")
    dana.ticks("진안마을 주식회사")
    dana.presses("저장")
    dana.sees("8단계 중 1단계", "생산자 2곳의 상품 2가지", "12월 1일(화) 오후 9:00 마감")
    dana.confirms("회차 열기")
    dana.sees("회차를 열었어요. 이제 주민이 주문할 수 있어요.", "8단계 중 2단계")


def orders_both_and_thinks_again(alice: Neighbour) -> str:
    """Order one bag and one jar, by a double click; then want three bags. Returns the code."""
    alice.goes_to("/")
    alice.presses("무엇이 있나 보기")
    alice.adds("감자", times=1)
    alice.adds("유자청", times=1)
    alice.sees("2가지 · 12,990원")
    alice.presses("장바구니에 담기")
    alice.sees("2가지를 장바구니에 담았어요.", "12,990원")
    alice.presses("주문하러 가기")
    alice.sees("찾아갈 때 내기", "12월 3일(목) 오후 4:00", "11,042원", "909원", "1,039원")
    alice.presses("주문하기", times=2)
    alice.sees("고맙습니다! 주문했어요.", "수령 번호", "12,990원")
    code = alice.reads(".collection-code")
    order = alice.path
    alice.presses_back()
    alice.goes_to("/orders")
    assert alice.page.locator("main .card").count() == 1, "a double click ordered twice"
    alice.goes_to(order)
    alice.adds("감자 수량", times=2)
    alice.presses("바뀐 내용 저장")
    alice.sees("주문을 바꿨어요.", "감자 1 → 3", "14,970원", code)
    return code


def orders_and_takes_the_jam_out(gina: Neighbour) -> None:
    """Order without JavaScript, then take one line out of the order."""
    gina.goes_to("/rounds")
    gina.presses("무엇이 있나 보기")
    gina.types("감자", "2")
    gina.types("유자청", "2")
    gina.presses("장바구니에 담기")
    gina.presses("주문하러 가기")
    gina.sees("25,980원")
    gina.presses("주문하기")
    gina.types("유자청 수량", "0")
    gina.presses("바뀐 내용 저장")
    gina.sees("유자청 2 → 0", "1,980원")


def closes_and_sends(dana: Neighbour) -> None:
    dana.goes_to(dana.path)
    dana.does_not_see("그 약속이 깨져요")
    dana.confirms("회차 마감하기")
    dana.sees("회차를 마감했어요.", "16,950원")
    dana.confirms("주문서 보내기")
    dana.sees("생산자에게 주문서를 보냈어요.", "8단계 중 4단계")


def reads_the_order_sheet(erin: Neighbour) -> None:
    """It is nine in the evening: the bell tells at once, the mail waits for the morning."""
    erin.goes_to("/me/notices")
    erin.presses_first("주문서가 왔어요")
    erin.sees("완주로컬푸드협동조합", "감자", "4,950원", "번동 사랑방")
    erin.does_not_see("유자청")


def receives_and_packs(dana: Neighbour) -> None:
    dana.presses("물건이 다 왔어요")
    dana.presses("소분을 마쳤어요")
    dana.sees("소분이 끝났다고 적었어요.", "8단계 중 6단계")
    desk = dana.path
    dana.presses("소분표 (봉투별)")
    dana.sees("앨리스", "지나", "감자", "유자청")
    dana.goes_to(desk)


def hands_out(dana: Neighbour, code: str) -> None:
    dana.confirms("나눔 시작하기")
    dana.sees("찾으러 오시라고 모두에게 알렸어요.", "2건")
    dana.presses("나눔하기")
    dana.types("이름, 수령 번호, 전화 끝 네 자리", code.lower())
    dana.page.keyboard.press("Enter")
    dana.page.wait_for_url("**/handover/*")
    dana.sees("앨리스", code, "14,970원")
    dana.ticks("감자")
    dana.presses("받고 건넸어요")
    dana.sees("건넸어요. 고맙습니다!", "2건 가운데 1건")
    gives_money_back(dana)
    dana.presses("나눔하기")
    dana.page.get_by_role("link", name="지나").click()
    dana.sees("1,980원")
    dana.presses("받고 건넸어요")
    dana.sees("2건 가운데 2건")


def gives_money_back(dana: Neighbour) -> None:
    dana.page.get_by_role("link", name="끝남").click()
    dana.page.get_by_role("link", name="앨리스").click()
    dana.unfolds("유자청 값 돌려주기")
    dana.types("얼마나", "2000")
    dana.types("까닭", "병에 금이 갔어요")
    dana.presses("돌려주기", place="details[open]", times=2)
    dana.sees("돌려준 돈을 적었어요.", "2,000원 돌려줌", "12,970원")


def settles(dana: Neighbour) -> None:
    dana.presses("회차 꾸리기")
    dana.presses("회차 정산하기")
    dana.sees("14,950원", "12,707원", "1,047원", "1,196원")
    dana.confirms("회차 정산하기", answer="네, 정산할게요")
    dana.sees("정산을 마쳤어요.", "14,950원", "1,047원", "1,196원", "4,207원", "8,500원")


def sees_the_fund(anyone: Neighbour) -> None:
    anyone.goes_to("/")
    anyone.presses("마을기금", place="header")
    anyone.sees("지금 모인 돈", "1,196원")
    anyone.presses_first("들어오고 나간 내역")
    anyone.sees("완주로컬푸드협동조합", "396원", "진안마을 주식회사", "800원")


def reads_the_statement(erin: Neighbour) -> None:
    erin.goes_to("/statements")
    erin.presses("12월 3일 회차")
    erin.sees("4,950원", "347원", "396원", "4,207원", "감자")
    erin.does_not_see("유자청", "앨리스", "지나")


def sees_what_was_given_back(alice: Neighbour) -> None:
    alice.goes_to(alice.path)
    alice.sees("찾아감", "병에 금이 갔어요", "돌려받은 돈", "12,970원")
