"""The example shows calls and proposals in each of their states, and every page of theirs works."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from wizzle.core.models import LedgerPosting, Person
from wizzle.plugins.fund.earmarks import queries as money
from wizzle.plugins.fund.programmes import actions, queries
from wizzle.plugins.fund.programmes.models import Programme, Proposal

NAMES = (
    "steward", "resident", "activist", "sol", "ruda", "bori", "narae", "dawoon", "seulgi",
    "eunbyeol", "hangyeol", "garam",
)  # fmt: skip


@pytest.fixture
def node(sqlite_node):
    return sqlite_node


def load(node):
    with node.db.write() as session:
        if session.scalar(select(Person.id).limit(1)) is None:
            now = node.clock.now()
            session.add_all(
                Person(
                    email=f"{name}@gangbuk.example", name=name, phone="", password_hash="-",
                    language="ko", email_checked_at=now, created_at=now,
                )
                for name in NAMES
            )  # fmt: skip
            session.flush()
        actions.load_example(node, session)


def test_the_example_is_loaded_once_and_its_pages_show_each_state(node, client):
    load(node)
    with node.db.read() as session:
        before = session.scalar(select(func.count(LedgerPosting.id)))
        proposals = {
            row.id: row.state for row in session.execute(select(Proposal.id, Proposal.state))
        }
        phases = {each.phase: each for each in session.scalars(select(Programme))}
        assert money.total(session) >= 11_500_000
        over = phases["closed"]
        done = queries.outcomes(session, over.id, node.clock.now().date())
        assert [(each.cost, each.spent, each.returned, each.ended) for each in done] == [
            (560_000, 548_000, 12_000, True), (780_000, 780_000, 0, True),
        ]  # fmt: skip
        ids = {phase: each.id for phase, each in phases.items()}
    assert set(proposals.values()) == {
        "proposed", "feasible", "refused", "merged", "chosen", "not_chosen",
    }  # fmt: skip
    assert set(ids) == {"ideas", "deliberation", "closed"}
    load(node)
    with node.db.read() as session:
        assert session.scalar(select(func.count(LedgerPosting.id))) == before
    for number, state in proposals.items():
        for path in (f"/fund/proposals/{number}", f"/fund/proposals/{number}/versions"):
            assert client.get(path).status_code == 200, (path, state)
    for phase, number in ids.items():
        for path in (f"/fund/programmes/{number}", f"/fund/programmes/{number}/compare"):
            assert client.get(path).status_code == 200, (path, phase)
    assert "아이디어" in client.get("/").text
    assert client.get("/fund/programmes?state=over").text.count("2025 작은 제안") > 0
