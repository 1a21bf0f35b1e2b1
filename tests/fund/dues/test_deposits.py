"""The bank's list: every row once, booked where exactly one thing fits, the rest for a person."""

from __future__ import annotations

import pytest

from wizzle.core.deposits import read_file
from wizzle.core.errors import Invalid, Refused
from wizzle.plugins.fund.dues import actions, queries

HEAD = "거래일시,입금액,출금액,기재내용,적요\n"


@pytest.fixture
def node(sqlite_node):
    return sqlite_node


def take(club, *rows: str) -> int:
    brought = read_file("bank.csv", (HEAD + "\n".join(rows)).encode())
    with club.node.db.write() as session:
        return actions.take_file(club.node, session, brought, actor_id=club.bob)


def states(club) -> dict[str, int]:
    with club.node.db.read() as session:
        return queries.numbers(session)


def codes(club, member_id: int) -> tuple[str, str]:
    with club.node.db.read() as session:
        [bought] = queries.purchases(session, member_id)
        return queries.member(session, member_id).code, bought.code


def test_each_row_is_booked_once_or_waits(club):
    alice = club.joins("alice")
    dues, shares = codes(club, alice)
    rows = [
        f"2026-11-20 10:00,10000,,{dues},", f"2026-11-20 10:01,10000,,{shares},출자",
        "2026-11-20 10:02,9000,,앨리스,", "2026-11-20 10:03,,5000,카페,", "어제,3,,누구,",
    ]  # fmt: skip
    made = take(club, *rows)
    assert states(club) == {"matched": 2, "unmatched": 1}
    assert (club.open(alice), club.credit(alice)) == (0, 0)
    with club.node.db.read() as session:
        assert queries.capital(session, alice) == 10_000
        rest = queries.bank_file(session, made).rest
    assert [(row[0], row[1]) for row in rest] == [(5, "not_a_deposit"), (6, "refused")]
    with pytest.raises(Refused):
        take(club, *rows)
    take(club, *rows, f"2026-11-21 09:00,700,,{dues.lower()} 회비,")
    assert states(club) == {"matched": 3, "unmatched": 1}
    assert club.credit(alice) == 700
    club.check()


def test_what_was_entered_by_hand_is_not_booked_again(club):
    alice = club.joins("alice")
    club.pays(alice, 10_000)
    take(club, f"2026-11-23 08:00,10000,,{codes(club, alice)[0]},")
    assert states(club) == {"ambiguous": 1}
    assert club.credit(alice) == 0


def test_a_person_decides_and_takes_it_back(club):
    alice = club.joins("alice")
    dues, shares = codes(club, alice)
    take(club, "2026-11-20 10:00,10000,,누군가,")
    with club.node.db.write() as session:
        [row] = queries.deposits(session, ("unmatched",))
        for text in ("nobody@example.com", "DZZZZZZ"):
            with pytest.raises(Invalid):
                queries.claim_of(session, text)
        assert queries.claim_of(session, dues.lower()).what == "dues"
        assert queries.claim_of(session, "ALICE@example.com").member_id == alice
        claim = queries.claim_of(session, shares)
    for _ in range(2):
        with club.node.db.write() as session:
            actions.give(
                club.node, session, row.id, member_id=alice, purchase_id=claim.purchase_id,
                actor_id=club.bob,
            )  # fmt: skip
            with pytest.raises(Refused):
                actions.leave_aside(club.node, session, row.id, actor_id=club.bob)
            assert queries.capital(session, alice) == 10_000
        with club.node.db.write() as session:
            for _twice in range(2):
                actions.take_back_deposit(club.node, session, row.id, actor_id=club.bob)
            assert queries.capital(session, alice) == 0
    with club.node.db.write() as session:
        actions.leave_aside(club.node, session, row.id, actor_id=club.bob)
    assert states(club) == {"left": 1}
    club.check()
