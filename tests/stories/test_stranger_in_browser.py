"""A stranger joins in a real browser: mistakes, the letter, the link in it, and the first order."""

from __future__ import annotations

from support.cast import Cast
from support.neighbour import Neighbour
from support.rounds import Round
from support.served import Served

from .conftest import PASSWORD, Enter

BOXES = ("이용약관에 동의해요", "개인정보 수집·이용에 동의해요", "만 14세 이상이에요")


def test_a_stranger_looks_around_joins_by_the_letter_and_orders(
    town: Served, cast: Cast, stranger: Enter
) -> None:
    this_round = Round(town.node, cast, town.node.clock)
    this_round.goods("감자", price=990)
    this_round.draft().offer().to("open")
    naru = stranger()
    wants_to_order(naru)
    joins(naru)
    reads_the_letter(naru, town)
    comes_back_and_orders(naru, this_round)


def wants_to_order(naru: Neighbour) -> None:
    """Everything can be seen without an account; only ordering asks for one."""
    naru.goes_to("/")
    naru.sees("이번 회차", "가입하기")
    naru.presses("무엇이 있나 보기")
    naru.sees("감자", "990원")
    naru.presses("로그인하고 주문하기")
    naru.presses("이웃으로 가입하기")


def joins(naru: Neighbour) -> None:
    naru.types("이름", "나루")
    naru.types("전자우편 주소", "naru@example.com")
    naru.types("비밀번호", PASSWORD)
    for box in BOXES:
        naru.ticks(box)
    naru.presses("가입하기")
    naru.sees("반가워요! 확인 편지를 보냈으니 편지함을 봐 주세요.")
    assert naru.path.startswith("/rounds/"), "the stranger comes back to where ordering began"


def reads_the_letter(naru: Neighbour, town: Served) -> None:
    naru.goes_to("/me")
    naru.sees("나루님, 안녕하세요", "naru@example.com", "편지 다시 받기")
    naru.goes_to(town.link("naru@example.com", "전자우편 주소를 확인해 주세요"))
    naru.presses("네, 제 주소예요")
    naru.sees("고마워요. 전자우편 주소를 확인했어요.")
    naru.does_not_see("편지 다시 받기")


def comes_back_and_orders(naru: Neighbour, this_round: Round) -> None:
    naru.presses("이번 회차", place="header")
    naru.presses("무엇이 있나 보기")
    naru.adds("감자", times=2)
    naru.presses("장바구니에 담기")
    naru.presses("주문하러 가기")
    naru.presses("주문하기")
    naru.sees("1,980원", "수령 번호", "수유 마을부엌")
    naru.presses("내 주문")
    naru.sees("찾아갈 주문", "1,980원")
    (order,) = this_round.orders()
    assert (order.person_name, order.state) == ("나루", "placed")


def test_the_other_language_stays_chosen_through_logging_in(phone_of: Enter) -> None:
    alice = phone_of("alice")
    alice.presses("English", place="footer")
    alice.sees("Hello, 앨리스", "This round", "Basket", "My orders")
    alice.presses("Basket", place="header")
    alice.sees("Your basket is empty.")
    alice.page.locator("summary.account-button").click()
    alice.presses("Log out", place="header")
    alice.goes_to("/market")
    alice.sees("Goods from producers and shops we know.")
