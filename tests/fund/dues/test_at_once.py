"""Two at once, in threads of their own on both kinds of database: everything happens once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

from wizzle.core.deposits import read_file
from wizzle.core.errors import Refused
from wizzle.plugins.fund.dues import actions, queries
from wizzle.plugins.fund.earmarks import queries as earmarks


def at_once(*works: Callable[[], None]) -> list[Exception]:
    """Let all begin together; return what was refused. Anything else that is raised stays."""
    ready, refused, broken = Barrier(len(works)), list[Exception](), list[Exception]()

    def run(work: Callable[[], None]) -> None:
        ready.wait(20)
        try:
            work()
        except Refused as error:
            refused.append(error)
        except Exception as error:
            broken.append(error)

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert broken == []
    return refused


def test_everything_happens_once(club, clock):
    alice, gina = club.joins("alice"), club.joins("gina")
    node, bob = club.node, club.bob
    clock.advance(days=40)

    # the morning's work, run twice: one due for each period
    at_once(lambda: actions.daily(node, {}), lambda: actions.daily(node, {}))
    assert club.open(alice) == club.open(gina) == 30_000

    # two treasurers note the same money of one member, each from a page that showed none before
    def note(key: str, seen: int | None) -> None:
        with node.db.write() as session:
            came = club.came(10_000, key, seen=seen)
            actions.dues_came(node, session, alice, came)

    assert len(at_once(lambda: note("one", 0), lambda: note("two", 0))) == 1
    assert club.open(alice) == 20_000
    # and one of them presses twice
    assert at_once(lambda: note("same", None), lambda: note("same", None)) == []
    assert club.open(alice) == 10_000

    # one list of the bank from two of them, with rows of both members in either order
    with node.db.read() as session:
        codes = [queries.member(session, each).code for each in (alice, gina)]
    rows = [f"2026-12-20 10:0{number},10000,{code}" for number, code in enumerate(codes)]

    def take(lines: list[str]) -> None:
        brought = read_file("b.csv", ("거래일시,입금액,기재내용\n" + "\n".join(lines)).encode())
        with node.db.write() as session:
            actions.take_file(node, session, brought, actor_id=bob)

    at_once(lambda: take(rows), lambda: take(rows[::-1]), lambda: take(rows))
    assert (club.open(alice), club.open(gina)) == (0, 20_000)

    # shares marked as arrived by two, and capital given back by two
    with node.db.read() as session:
        [bought] = queries.purchases(session, gina)
        wanted, person = bought.id, queries.member(session, gina).person_id

    def pay_in() -> None:
        with node.db.write() as session:
            actions.shares_came(node, session, wanted, club.came(10_000))

    assert len(at_once(pay_in, pay_in)) == 1
    with node.db.write() as session:
        actions.leave(node, session, gina, person_id=person)
    clock.advance(days=700)

    def pay_back() -> None:
        with node.db.write() as session:
            actions.pay_back(node, session, gina, paid=10_000, reason="", actor_id=bob)

    assert len(at_once(pay_back, pay_back)) == 1
    with node.db.read() as session:
        assert queries.capital(session, gina) == 0
        assert earmarks.free(session) == 40_000
    club.check()
