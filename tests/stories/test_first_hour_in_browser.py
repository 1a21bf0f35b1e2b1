"""The first hour of a new node, by its steward on a phone: from nothing to a round that is open."""

from __future__ import annotations

from support.cast import Cast
from support.neighbour import Neighbour
from support.served import Served

from .conftest import Enter

GOODS = """생산자,상품명,분류,규격,가격,과세,원산지,재고
번동 텃밭,상추,채소,한 봉 200g,2500,면세,서울 강북,20
번동 텃밭,쪽파,채소,한 단,3000,면세,서울 강북,12
"""


def test_a_steward_has_a_round_open_within_an_hour(
    town: Served, cast: Cast, phone_of: Enter, stranger: Enter
) -> None:
    bob = phone_of("bob")
    reads_what_is_to_be_done(bob)
    tries_the_mail(bob, town, cast.person("bob").email)
    makes_the_first_page(bob)
    reads_in_goods(bob)
    makes_the_first_hub(bob, cast.person("bob").email)
    opens_the_first_round(bob)
    sees_that_it_is_done(bob)
    naru = stranger()
    naru.goes_to("/")
    naru.sees("번동 사랑방", "남음")
    naru.presses("무엇이 있나 보기")
    naru.sees("상추", "2,500원", "쪽파")


def reads_what_is_to_be_done(bob: Neighbour) -> None:
    bob.goes_to("/admin")
    bob.sees("처음 할 일", "첫 생산자나 가게", "첫 거점", "첫 회차", "두 번째 운영자")


def tries_the_mail(bob: Neighbour, town: Served, email: str) -> None:
    bob.presses("나에게 시험 편지 보내기")
    assert town.letters(email)
    bob.goes_to("/admin")
    bob.sees("시험 편지가 나갔어요")


def makes_the_first_page(bob: Neighbour) -> None:
    bob.presses("첫 생산자나 가게")
    bob.ticks("생산자")
    bob.types("이름", "번동 텃밭")
    bob.types("주소", "서울 강북구 번동")
    bob.types("전화", "02-000-1234")
    bob.types("대표자", "박텃밭")
    bob.types("사업자등록번호", "123-45-67891")
    bob.presses("페이지 만들기")
    bob.sees("번동 텃밭")


def reads_in_goods(bob: Neighbour) -> None:
    bob.goes_to("/admin")
    bob.presses("첫 상품")
    bob.ticks("상품")
    file = {"name": "goods.csv", "mimeType": "text/csv", "buffer": GOODS.encode()}
    bob.page.locator("input[type=file]").set_input_files([file])  # type: ignore[list-item]
    bob.presses("먼저 살펴보기")
    bob.sees("상추", "쪽파")
    bob.presses("이대로 올리기")
    bob.sees("올렸어요")


def makes_the_first_hub(bob: Neighbour, email: str) -> None:
    bob.goes_to("/admin")
    bob.presses("첫 거점")
    bob.types("이름", "번동 사랑방")
    bob.types("주소", "서울 강북구 번동 1층")
    bob.chooses("보통 나누는 요일", "목요일")
    bob.types("활동가의 전자우편", email)
    bob.presses("거점 만들기")
    bob.sees("번동 사랑방")


def opens_the_first_round(bob: Neighbour) -> None:
    bob.goes_to("/admin")
    bob.presses("첫 회차")
    bob.presses("새 회차")
    bob.presses("상품 고르러 가기")
    bob.ticks("번동 텃밭")
    bob.presses("저장")
    bob.confirms("회차 열기")
    bob.sees("회차를 열었어요. 이제 주민이 주문할 수 있어요.")


def sees_that_it_is_done(bob: Neighbour) -> None:
    bob.goes_to("/admin")
    bob.sees("두 번째 운영자")
    for step in ("첫 생산자나 가게", "첫 거점", "첫 회차"):
        assert bob.page.locator(f"main a:text-is('{step}')").count() == 0
