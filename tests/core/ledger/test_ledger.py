"""The ledger: sums to zero, never moves, posts once, and says where it was tampered with."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from wizzle.core.ledger import (
    Draft,
    LedgerError,
    balance,
    balances,
    balances_of,
    hold,
    lines,
    post,
    reverse,
    verify,
)
from wizzle.core.models import LedgerPosting
from wizzle.core.testing import make_node

PAID = Draft("paid:1", "cycle:1", "감자 한 봉", (("cash:9", 2_970), ("held", -2_970)))
SPLIT = Draft(
    "settled:1", "cycle:1", "감자 한 봉",
    (("held", 2_970), ("producer:3", -2_524), ("activist:9", -208), ("centre", -238)),
)  # fmt: skip


def posted(node, *drafts):
    with node.db.write() as session:
        return post(session, drafts, node.clock.now())


def proof(node):
    with node.db.read() as session:
        return verify(session)


def test_balances_are_positive_for_whoever_holds_or_is_owed(bare_node):
    posted(bare_node, PAID, SPLIT)
    with bare_node.db.read() as session:
        assert balance(session, "cash:9") == 2_970
        assert balance(session, "held") == 0
        assert balance(session, "producer:3") == 2_524
        assert balance(session, "nobody") == 0
        assert [line.amount for line in lines(session, "held")] == [-2_970, 2_970]
    assert proof(bare_node).ok
    assert (proof(bare_node).postings, proof(bare_node).entries) == (2, 6)


def test_balances_of_many_accounts_are_read_at_once(bare_node):
    posted(bare_node, PAID, SPLIT)
    with bare_node.db.read() as session:
        assert balances(session, "producer", "cash") == {"cash:9": 2_970, "producer:3": 2_524}
        assert balances(session) == {}
        assert balances_of(session, ["activist:9", "nobody:1"]) == {"activist:9": 208}


def test_whoever_holds_the_ledger_reads_what_stands(bare_node):
    """Ten who each take what they see take it once: nobody posts between look and posting."""
    posted(bare_node, PAID)
    taken = []

    def take(number):
        with bare_node.db.write() as session:
            hold(session)
            seen = balance(session, "cash:9")
            if seen:
                entries = (("cash:9", -seen), ("bank", seen))
                post(session, [Draft(f"take:{number}", "-", "-", entries)], bare_node.clock.now())
                taken.append(seen)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken == [2_970]
    assert proof(bare_node).ok


def test_same_key_posts_once(bare_node):
    assert posted(bare_node, PAID) == 1
    assert posted(bare_node, PAID) == 0
    assert posted(bare_node, PAID, SPLIT) == 1
    assert proof(bare_node).entries == 6


def test_same_key_with_another_amount_is_a_mistake(bare_node):
    posted(bare_node, PAID)
    with pytest.raises(LedgerError):
        posted(bare_node, Draft("paid:1", "cycle:1", "", (("cash:9", 1), ("held", -1))))
    assert proof(bare_node).entries == 2


@pytest.mark.parametrize(
    "entries",
    [(), (("a", 1),), (("a", 2), ("b", -1)), (("a", 0), ("b", 0)), (("a", 1.0), ("b", -1.0))],
)
def test_what_does_not_sum_to_zero_in_whole_won_cannot_be_drafted(entries):
    with pytest.raises(LedgerError):
        Draft("k", "s", "m", entries)


def test_reversal_undoes_once_and_is_seen(bare_node):
    posted(bare_node, PAID)
    with bare_node.db.write() as session:
        posting = session.query(LedgerPosting).one().id
    for _ in range(2):
        with bare_node.db.write() as session:
            reverse(session, posting, memo="상한 감자", at=bare_node.clock.now(), actor_id=None)
    with bare_node.db.read() as session:
        assert balance(session, "cash:9") == 0
        assert lines(session, "cash:9")[0].reverses
    assert proof(bare_node).ok
    assert proof(bare_node).postings == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_ledger_entry SET amount = 1 WHERE id = 1",
        "DELETE FROM core_ledger_entry WHERE id = 1",
        "UPDATE core_ledger_posting SET memo = 'x'",
        "DELETE FROM core_ledger_posting",
    ],
)
def test_the_database_refuses_to_change_what_was_posted(bare_node, statement):
    posted(bare_node, PAID)
    with pytest.raises(DBAPIError, match="append-only"), bare_node.db.write() as session:
        session.execute(text(statement))
    assert proof(bare_node).ok


TAMPERINGS = {
    "UPDATE core_ledger_entry SET amount = amount + 1 WHERE id = 3": "entry 3 of posting settled:1",
    "UPDATE core_ledger_posting SET memo = 'x' WHERE key = 'paid:1'": "entry 1 of posting paid:1",
    "DELETE FROM core_ledger_entry WHERE id = 2": "entry 2 is missing",
    "DELETE FROM core_ledger_entry WHERE id = 6": "its head says 6",
    "UPDATE core_ledger_account SET code = 'producer:4' WHERE code = 'producer:3'": "settled:1",
}


@pytest.mark.parametrize(("statement", "where"), TAMPERINGS.items())
def test_verify_says_where_someone_with_the_database_changed_it(new_node, statement, where):
    node = new_node(plugins=())
    posted(node, PAID)
    posted(node, SPLIT)
    with node.db.write() as session:
        for table in ("posting", "entry"):
            for verb in ("update", "delete"):
                session.execute(text(f"DROP TRIGGER core_ledger_{table}_no_{verb}"))
        session.execute(text(statement))
    found = proof(node)
    assert not found.ok
    assert any(where in sentence for sentence in found.breaks), found.breaks


def test_many_threads_make_one_chain(bare_node):
    def work(number):
        for each in range(5):
            posted(
                bare_node, Draft(f"k:{number}:{each}", "s", "m", (("cash:1", 10), ("held", -10)))
            )

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    found = proof(bare_node)
    assert found.ok, found.breaks
    assert found.entries == 80


@given(
    amounts=st.lists(
        st.lists(st.integers(-(10**12), 10**12).filter(bool), min_size=1, max_size=4), max_size=6
    )
)
def test_any_postings_sum_to_zero(tmp_path_factory, amounts):
    node = make_node(tmp_path_factory.mktemp("any"), plugins=())
    drafts = []
    for number, parts in enumerate(amounts):
        rest = -sum(parts)
        entries = [(f"a:{i}", part) for i, part in enumerate(parts)] + (
            [("rest", rest)] if rest else []
        )
        drafts.append(Draft(f"k{number}", "s", "m", tuple(entries)))
    drafts = [draft for draft in drafts if draft.entries]
    posted(node, *drafts)
    found = proof(node)
    node.close()
    assert found.ok
    assert found.total == 0
    assert found.postings == len(drafts)


def test_a_posting_made_while_the_ledger_is_read_is_no_break(bare_node):
    posted(bare_node, PAID)
    made = []

    def post_meanwhile(_connection, _cursor, statement, *_rest):
        if "core_ledger_head" in statement and not made:
            made.append(threading.Thread(target=posted, args=(bare_node, SPLIT)))
            made[0].start()
            made[0].join(30)

    event.listen(bare_node.db.engine, "before_cursor_execute", post_meanwhile)
    found = proof(bare_node)
    event.remove(bare_node.db.engine, "before_cursor_execute", post_meanwhile)
    assert made
    assert found.ok, found.breaks
    assert proof(bare_node).entries == 6


def test_a_ledger_without_its_head_does_not_hold(bare_node):
    posted(bare_node, PAID)
    with bare_node.db.write() as session:
        session.execute(text("DELETE FROM core_ledger_head"))
    assert proof(bare_node).breaks == ["the head of the ledger is missing"]
