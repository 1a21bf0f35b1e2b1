"""The example content: a social co-operative that lends, a loan that is being paid back, and an
application that waits for a guarantor."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import members
from .....core.models import Person
from .....core.node import Node
from ..models import Lender, Loan
from ..queries import owed
from ..rules import CO_OPERATIVE, EQUAL, Lending
from .applying import Wish, add_guarantor, agree, draft, hand_in
from .deciding import Terms, approve, pay_out
from .guaranteeing import guarantee, saw_paper
from .held import today
from .lenders import add_lender, verify_lender
from .repaying import Money, pay

KEY = "example:loans"
_LENDER = Lending(
    "강북 살림 사회적협동조합", CO_OPERATIVE, "기획재정부 인가 제2021-087호",
    "02-900-0000 (살림창구)",
    3_000_000, 36, 300, 600,
    "갑자기 든 병원비나 집수리, 가게를 다시 여는 데 드는 조합원의 급한 돈", 30, 20_000_000,
)  # fmt: skip


def load_example(node: Node, session: Session) -> None:
    """Make the example's lender and loans; what stands already stays as it is."""
    people = {name: members.find_person(session, f"{name}@gangbuk.example")
              for name in ("resident", "activist", "producer", "steward")}  # fmt: skip
    found = [person for person in people.values() if person is not None]
    made = session.scalars(select(Lender.id).where(Lender.key == KEY)).one_or_none()
    if len(found) < len(people) or made is not None:
        return
    resident, activist, producer, steward = found
    lender = add_lender(node, session, _LENDER, key=KEY, actor_id=activist.id)
    verify_lender(node, session, lender.id, actor_id=steward.id)
    _being_repaid(node, session, lender, resident, producer, steward)
    _waiting(node, session, lender, producer)


def _being_repaid(
    node: Node, session: Session, lender: Lender, borrower: Person, guarantor: Person,
    keeper: Person,
) -> None:  # fmt: skip
    loan = draft(
        node, session,
        Wish(lender.id, 1_200_000, 12, 0, EQUAL, "보일러가 고장 나서 바꿨어요",
             "매달 월급날 12만 원 안에서 갚을게요.", KEY),
        person_id=borrower.id,
    )  # fmt: skip
    place = add_guarantor(node, session, loan.id, 600_000, person_id=borrower.id)
    guarantee(node, session, place.code, person_id=guarantor.id, yes=True)
    hand_in(node, session, loan.id, person_id=borrower.id)
    terms = Terms(1_200_000, 12, 0, EQUAL, 300, 600, answer="힘들면 먼저 전화 주세요.")
    approve(node, session, loan.id, terms, actor_id=keeper.id)
    agree(node, session, loan.id, person_id=borrower.id)
    saw_paper(node, session, loan.id, place.id, actor_id=keeper.id)
    pay_out(node, session, loan.id, today(node), actor_id=keeper.id)
    _pay_first(node, session, loan, keeper)


def _pay_first(node: Node, session: Session, loan: Loan, keeper: Person) -> None:
    stand = owed(session, loan, today(node))
    if stand is not None and stand.standing.next is not None:
        money = Money(stand.standing.next.amount, today(node), KEY, "첫 달 것을 미리 보냄")
        pay(node, session, loan.id, money, actor_id=keeper.id)


def _waiting(node: Node, session: Session, lender: Lender, borrower: Person) -> None:
    loan = draft(
        node, session,
        Wish(lender.id, 2_000_000, 24, 3, EQUAL, "비닐하우스 문을 고치려고요",
             "봄 채소를 내면 한 달에 10만 원씩 갚을 수 있어요.", KEY),
        person_id=borrower.id,
    )  # fmt: skip
    add_guarantor(node, session, loan.id, 500_000, person_id=borrower.id)
    hand_in(node, session, loan.id, person_id=borrower.id)
