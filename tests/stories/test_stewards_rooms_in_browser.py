"""The steward's rooms on a phone: every room is looked over, and a report goes its whole way.

charlie reports erin's potatoes, bob hides them, a stranger meets the notice, erin appeals, and
alice, who did not decide before, lets them be seen again.
"""

from __future__ import annotations

from support.cast import Cast
from support.served import Served
from support.settling import Sold

from wizzle.core import members

from .conftest import Enter

ROOMS = (
    "", "/people", "/spaces", "/plugins", "/settings", "/jobs", "/jobs?stands=waiting", "/log",
    "/numbers", "/home", "/home?audience=member", "/reports",
)  # fmt: skip


def test_a_report_goes_its_whole_way_and_every_room_can_be_used_on_a_phone(
    town: Served, cast: Cast, phone_of: Enter, stranger: Enter
) -> None:
    (potato,) = Sold(town.node, cast, town.node.clock).goods("감자", price=5_000)
    for name in ("erin", "alice", "charlie"):
        cast.person(name)
    with town.node.db.write() as session:
        at = town.node.clock.now()
        members.grant(session, cast.person("alice").id, "steward", at=at)

    charlie = phone_of("charlie")
    charlie.goes_to(f"/market/{potato}")
    charlie.presses("신고하기")
    charlie.page.select_option("[name=reason]", "wrong")
    charlie.types("자세한 내용", "원산지가 달라요")
    charlie.presses("보내기")
    charlie.sees("고마워요")

    bob = phone_of("bob")
    for room in ROOMS:
        bob.goes_to(f"/admin{room}")
    bob.goes_to("/admin")
    bob.presses("보고 결정하기")
    bob.presses("감자")
    bob.page.check("[name=kind][value=hide]")
    bob.types("설명", "원산지를 확인할 때까지 숨겨요.")
    bob.presses("결정하기")
    bob.sees("양쪽에 편지를 보내요")

    passer_by = stranger(javascript=False)
    passer_by.goes_to("/measures")
    passer_by.sees("최대 30일 숨김", "사실과 다르거나 헷갈리게 해요")

    erin = phone_of("erin")
    erin.goes_to("/measures/1")
    erin.sees("원산지를 확인할 때까지 숨겨요.")
    erin.types("왜 동의하지 않나요?", "전북 완주가 맞아요.")
    erin.presses("이의신청")
    erin.sees("처음 결정하지 않은 사람이")

    bob.goes_to("/admin/appeals/1")
    bob.sees("직접 결정할 수 없어요")
    alice = phone_of("alice")
    alice.goes_to("/admin/reports")
    alice.presses("감자")
    alice.page.check("[name=outcome][value=overturned]")
    alice.types("설명", "산지 증명을 봤어요.")
    alice.presses("결정하기")
    alice.goes_to("/measures/1")
    alice.sees("이의신청으로 끝났어요")
    passer_by.goes_to(f"/market/{potato}")
    passer_by.sees("감자")
