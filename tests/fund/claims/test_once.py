"""Whatever is pressed at once, and in whatever order: each claim is paid once, by two others."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from support.purse import Purse

from wizzle.core import ledger
from wizzle.core.errors import WizzleError
from wizzle.core.models import LedgerPosting
from wizzle.plugins.fund.carrying import actions as carrying
from wizzle.plugins.fund.carrying import queries as projects
from wizzle.plugins.fund.carrying.models import Commitment
from wizzle.plugins.fund.claims import actions, queries
from wizzle.plugins.fund.claims.models import Claim, ClaimRun

PEOPLE = ("alice", "hana", "tess", "toby", "audrey", "bob")
KEEPERS = {"tess", "toby", "bob"}


def at_once(purse: Purse, *acts: Callable[..., object]) -> list[WizzleError]:
    """Do these in threads that begin together, each in its own transaction."""
    ready, refused = Barrier(len(acts)), list[WizzleError]()

    def run(act: Callable[..., object]) -> None:
        ready.wait(10)
        try:
            with purse.node.db.write() as session:
                act(session)
        except WizzleError as error:
            refused.append(error)

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    return refused


def test_claims_that_are_approved_and_paid_at_once_are_paid_once(purse: Purse):
    project = purse.project(1_000, accepted=1)
    claims = [purse.claim(project, 600, until="checked") for _ in range(2)]
    node, tess, bob = purse.node, purse.id("tess"), purse.id("bob")
    refused = at_once(purse, *(
        lambda session, claim=claim, who=who: actions.approve(node, session, claim, actor_id=who)
        for claim in claims for who in (tess, bob)
    ))  # fmt: skip
    assert len(refused) == 3  # there is money for one of them

    runs = [
        lambda session, key=key: actions.make_run(
            node, session, key=f"{project}:{key}", shown=600, actor_id=tess
        )
        for key in ("a", "a", "b")
    ]
    at_once(purse, *runs)
    with node.db.read() as session:
        [run_id] = session.scalars(
            select(ClaimRun.id).where(ClaimRun.key.startswith(f"{project}:"))
        )
        [paid] = session.scalars(select(Claim.id).where(Claim.run_id == run_id))
    pay = [lambda session: actions.pay(node, session, run_id, actor_id=tess)] * 3
    out = [lambda session: actions.take_out(node, session, paid, "x", actor_id=bob)]
    at_once(purse, *pay, *out)
    with node.db.read() as session:
        sums = projects.sums(session, [project])[project]
        state = queries.the_claim(session, paid).state
        assert (state, sums.spent, sums.left) in [("paid", 600, 400), ("approved", 0, 1_000)]
        posted = session.scalar(select(func.count()).select_from(LedgerPosting).where(
            LedgerPosting.subject == f"claim:{paid}"))  # fmt: skip
        assert posted == (state == "paid")
        assert ledger.verify(session).ok


def test_a_project_that_ends_while_a_claim_is_approved_keeps_its_money_or_pays_none(purse: Purse):
    project = purse.project(1_000, accepted=1)
    claim, node, tess = purse.claim(project, 600, until="checked"), purse.node, purse.id("tess")
    with node.db.write() as session:
        carrying.excuse_report(node, session, project, reason="x", key="k", actor_id=tess)
    at_once(
        purse,
        lambda session: actions.approve(node, session, claim, actor_id=tess),
        lambda session: carrying.finish(node, session, project, actor_id=tess),
    )
    with node.db.read() as session:
        sums, ended = projects.sums(session, [project])[project], projects.undertaking(
            session, project).ended_at  # fmt: skip
        approved = queries.the_claim(session, claim).state == "approved"
        assert approved == (ended is None)
        assert sums.left == (1_000 if approved else 0)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.sampled_from(["check", "approve", "run", "pay", "take_out", "refuse", "ask", "reverse"]),
        st.integers(0, 1),
    ),
    min_size=4, max_size=14,
)  # fmt: skip


@pytest.mark.parametrize("node", ["sqlite"], indirect=True)
@given(STEPS, st.integers(1, 900), st.integers(0, 1))
@settings(max_examples=25)
def test_no_order_of_presses_pays_what_two_others_did_not_approve(
    purse: Purse, steps, amount, accepted
):
    project = purse.project(800, 400, accepted=accepted)
    whose = ("alice", "tess")
    claims = [purse.claim(project, amount, who=name) for name in whose]
    node, seen = purse.node, [{}, {}]
    for who, what, place in steps:
        claim, actor = claims[place], purse.id(who)
        try:
            with node.db.write() as session:
                _press(purse, session, what, claim, actor)
        except WizzleError:
            continue
        seen[place][what] = who
        if what in ("check", "approve"):
            assert who != whose[place]
            assert who in KEEPERS | ({"hana"} if what == "check" else set())
        _check_sums(purse, project, claims, seen)


def _press(purse: Purse, session, what: str, claim: int, actor: int) -> None:
    node = purse.node
    if what == "run":
        number, total = queries.approved(session)
        actions.make_run(node, session, key=f"{claim}:{number}:{total}:{actor}", shown=total,
                         actor_id=actor)  # fmt: skip
    elif what == "pay":
        actions.pay(node, session, queries.the_claim(session, claim).run_id or 0, actor_id=actor)
    elif what == "check":
        actions.check(node, session, claim, "나무", actor_id=actor)
    elif what == "approve":
        actions.approve(node, session, claim, actor_id=actor)
    else:
        getattr(actions, what)(node, session, claim, "까닭", actor_id=actor)


def _check_sums(purse: Purse, project: int, claims: list[int], seen: list[dict[str, str]]) -> None:
    with purse.node.db.read() as session:
        rows = [queries.the_claim(session, each) for each in claims]
        sums = projects.sums(session, [project])[project]
        assert sums.spent == sum(each.amount for each in rows if each.state == "paid")
        promised = sum(each.amount for each in rows if each.state in ("approved", "in_run"))
        assert sums.committed == promised
        assert sums.spent + promised <= sums.released <= sums.planned == 1_200
        assert sums.left == sums.planned - sums.spent
        kept = session.scalars(select(Commitment.subject)).all()
        assert len(kept) == sum(each.state in ("approved", "in_run") for each in rows)
        for each, pressed in zip(rows, seen, strict=True):
            if each.state in ("approved", "in_run", "paid"):
                assert each.checked_by != each.approved_by
                assert each.claimant_id not in (each.checked_by, each.approved_by)
                assert pressed["check"] != pressed["approve"]
