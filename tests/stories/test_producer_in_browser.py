"""A producer at work in a real browser: the farm's page, a product with its picture, a price."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from support.cast import Cast
from support.neighbour import Neighbour
from support.rounds import Round
from support.served import Served

from .conftest import Enter


def photograph() -> bytes:
    """Return a picture as large as a phone makes it."""
    made = BytesIO()
    Image.new("RGB", (1600, 1200), (190, 120, 40)).save(made, "JPEG")
    return made.getvalue()


def test_a_producer_offers_changes_and_takes_off(
    town: Served, cast: Cast, phone_of: Enter, stranger: Enter
) -> None:
    this_round = Round(town.node, cast, town.node.clock)
    (potato,) = this_round.goods("감자", price=990, stock=10)
    this_round.draft().offer().to("open").order("alice", {potato: 3})
    erin = phone_of("erin")
    tells_of_the_farm(erin)
    offers_jam_with_a_picture(erin)
    raises_the_price(erin)
    sells_out_and_takes_off(erin)

    anyone = stranger()
    anyone.goes_to(f"/market/{potato}")
    anyone.sees("감자", "지금은 팔지 않아요")
    anyone.goes_to("/market")
    anyone.sees("딸기잼", "8,500원")
    anyone.does_not_see("감자")
    alice = phone_of("alice")
    alice.goes_to("/orders")
    alice.sees("2,970원")  # three bags at the price at which they were ordered


def tells_of_the_farm(erin: Neighbour) -> None:
    erin.goes_to("/spaces/farm")
    erin.presses("고치기")
    erin.types("소개", "완주의 작은 농가들이 함께해요.")
    erin.presses("저장")
    erin.sees("완주의 작은 농가들이 함께해요.")


def offers_jam_with_a_picture(erin: Neighbour) -> None:
    erin.presses("우리 상품 돌보기")
    erin.presses("상품 올리기")
    erin.types("이름", "딸기잼")
    erin.types("분류", "가공식품")
    erin.types("단위", "병 300g")
    erin.types("가격", "8500원")
    erin.ticks("과세")
    erin.types("원산지", "국산(딸기 전북 완주)")
    file = {"name": "jam.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    erin.page.locator("input[type=file]").set_input_files([file])  # type: ignore[list-item]
    erin.types("사진 설명", "나무 탁자 위의 딸기잼 한 병")
    erin.presses("저장")
    erin.sees("딸기잼을 장보기에 올렸어요.", "8,500원")
    erin.presses("딸기잼")
    erin.presses("장보기에서 보기")
    picture = erin.page.get_by_alt_text("나무 탁자 위의 딸기잼 한 병")
    assert picture.evaluate("image => image.naturalWidth") > 0
    erin.sees("8,500원", "과세", "병 300g")


def raises_the_price(erin: Neighbour) -> None:
    erin.goes_to("/spaces/farm/goods")
    erin.presses("감자")
    erin.types("가격", "1,100원")
    erin.presses("저장")
    erin.sees("감자를 고쳤어요.", "1,100원")
    erin.presses("감자")
    erin.sees("바뀐 내용", "990 → 1,100")


def sells_out_and_takes_off(erin: Neighbour) -> None:
    erin.goes_to("/spaces/farm/goods")
    row = erin.page.locator("tr", has_text="감자")
    row.get_by_label("감자 재고").fill("0")
    erin.presses("저장", place="tr:has-text('감자')")
    erin.sees("감자 재고를 0으로 맞췄어요.", "품절")
    erin.presses("내리기", place="tr:has-text('감자')")
    erin.sees("감자를 목록에서 내렸어요.", "내린 상품")
