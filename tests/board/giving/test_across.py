"""One organiser is counted once: what its appeals on the board and its drives of the fund bring
meets the limit of the Donations Act together."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from support.campaigns import ON_ONE, Board
from support.drives import Raising

from wizzle.core.donations import UNREGISTERED, counts_from
from wizzle.core.errors import Refused
from wizzle.core.node import Node
from wizzle.plugins.board.giving import actions as giving


@pytest.fixture
def raising(board: Board) -> Raising:
    """Drives on the same node."""
    return Raising(board.node, board.cast)


def counted(node: Node, space_id: int | None) -> int:
    with node.db.read() as session:
        day = counts_from(node.clock.now().date())
        asked = {"node": node, "session": session, "space_id": space_id, "since": day}
        return sum(node.hooks.solicited(**asked))


def test_both_ways_at_once_stay_below_the_limit(board: Board, raising: Raising):
    """Six give to the organisation's appeal and six pledge to its drive, a million each."""
    assert board.hana
    appeal = board.appeal()
    drive = raising.opened(
        who="hana", space_id=board.group.id, minimum=5_000_000, optimum=9_500_000
    )
    people = [board.cast.person(name).id for name in ("alice", "gina", "charlie", "erin")]
    assert raising.bob
    start, refused = Barrier(12), []

    def give(number: int) -> None:
        person = people[number % 4]
        start.wait()
        try:
            with board.node.db.write() as session:
                if number % 2:
                    wish = giving.Wish(1_000_000, "quiet", False, f"k{number}", "이름",
                                       person_id=person)  # fmt: skip
                    giving.promise(board.node, session, appeal, wish)
                    return
            raising.pledge(drive, 1_000_000, ("alice", "gina", "charlie", "erin")[number % 4],
                           key=f"d{number}")  # fmt: skip
        except Refused as error:
            refused.append(str(error))

    threads = [Thread(target=give, args=(number,)) for number in range(12)]
    [each.start() for each in threads]
    [each.join() for each in threads]
    assert counted(board.node, board.group.id) == 9_000_000 < UNREGISTERED
    assert len(refused) == 3


@ON_ONE
def test_the_fund_is_an_organiser_of_its_own(board: Board, raising: Raising):
    board.promise(board.appeal(), 9_000_000)
    raising.pledge(raising.opened(minimum=5_000_000, optimum=9_500_000), 9_000_000, "gina")
    assert counted(board.node, None) == counted(board.node, board.group.id) == 9_000_000
