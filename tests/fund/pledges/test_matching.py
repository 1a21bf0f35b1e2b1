"""Match funds: four caps, in order, never more than there is, and what is left goes back."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.drives import Raising

from wizzle.core.errors import Refused
from wizzle.plugins.fund.earmarks import queries as held
from wizzle.plugins.fund.pledges.rules import Caps, Claim, Used, matched

ON_ONE = pytest.mark.parametrize("node", ["sqlite"], indirect=True)
WON = st.integers(1, 300)
CAPS = st.builds(Caps, st.integers(1, 30_000), WON, WON, WON)
CLAIMS = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 4), st.integers(1, 400)), max_size=12
).map(lambda rows: [Claim(number, *row) for number, row in enumerate(rows, 1)])
ROOM = st.fixed_dictionaries({number: st.integers(-50, 600) for number in (1, 2, 3)})


@settings(max_examples=150)
@given(CAPS, st.integers(0, 1_000), CLAIMS, ROOM, st.randoms())
def test_no_cap_is_passed_and_the_order_is_that_of_the_pledges(caps, pot, claims, room, random):
    added = matched(caps, pot, claims, used=Used(), room=room)
    by_id = {each.pledge_id: each for each in claims}
    drives, people = Counter(), Counter()
    for number, won in added.items():
        claim = by_id[number]
        assert 0 < won <= min(caps.per_pledge, claim.amount * caps.factor_bp // 10_000)
        drives[claim.drive_id] += won
        people[claim.who] += won
    assert sum(added.values()) <= pot
    assert all(won <= min(caps.per_drive, room[drive]) for drive, won in drives.items())
    assert all(won <= caps.per_person for won in people.values())
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert matched(caps, pot, shuffled, used=Used(), room=room) == added
    first = claims[:-1]
    kept = {number: won for number, won in added.items() if number <= len(first)}
    assert matched(caps, pot, first, used=Used(), room=room) == kept, (
        "who comes later takes nothing"
    )


def test_a_match_doubles_frees_itself_and_gives_the_rest_back(raising: Raising):
    area = raising.area(80_000)
    drive_id = raising.opened()
    match_id = raising.match([drive_id], 50_000, area, per_pledge=30_000)
    assert raising.balance(f"earmark:{area}") == 30_000, "it is really there"
    first = raising.arrive(raising.pledge(drive_id, 40_000))
    assert raising.left(match_id) == 20_000
    second = raising.arrive(raising.pledge(drive_id, 45_000, "gina"))
    assert raising.left(match_id) == 0
    raising.take_back(first)
    assert raising.left(match_id) == 20_000, "what is taken back frees its match"
    raising.arrive(raising.pledge(drive_id, 35_000, "charlie"))
    raising.count(drive_id)
    assert raising.drive(drive_id).state == "succeeded"
    assert raising.pledge_of(second).matched == 30_000
    with raising.node.db.read() as session:
        earmark = held.of_subject(session, f"drive:{drive_id}")
        assert earmark is not None
        assert held.left(session, [earmark.id]) == {earmark.id: 130_000}
    assert raising.balance(f"earmark:{area}") == 30_000


@ON_ONE
def test_a_failed_drive_leaves_the_match_fund_whole(raising: Raising):
    area = raising.area(60_000)
    one, other = raising.opened(), raising.opened()
    raising.match([one, other], 60_000, area)
    raising.arrive(raising.pledge(one, 20_000))
    raising.count(one)
    assert raising.balance(f"earmark:{area}") == 0, "the other drive still goes on"
    raising.count(other)
    assert raising.balance(f"earmark:{area}") == 60_000


@ON_ONE
def test_what_is_not_there_cannot_be_promised_and_a_drive_has_one_match(raising: Raising):
    area = raising.area(10_000)
    drive_id = raising.opened()
    with pytest.raises(Refused):
        raising.match([drive_id], 20_000, area)
    raising.match([drive_id], 5_000, area)
    with pytest.raises(Refused, match="Another match fund"):
        raising.match([drive_id], 5_000, area)
