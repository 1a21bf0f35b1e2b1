"""Capital stays the members': paid in whole, certified, given back once and never more."""

from __future__ import annotations

import pytest

from wizzle.core import ledger
from wizzle.core.errors import Invalid, NotFound, Refused
from wizzle.core.facts import PersonLeft
from wizzle.plugins.fund.dues import actions, queries
from wizzle.plugins.fund.dues.models import Due, Member, ShareCertificate
from wizzle.plugins.fund.earmarks import queries as earmarks

from .conftest import FRIEND


@pytest.fixture
def node(sqlite_node):
    return sqlite_node


@pytest.fixture
def alice(club) -> int:
    """A member with two shares paid in, 10,000 won."""
    found = club.joins("alice")
    club.buys(found)
    return found


def back(club, member_id: int, paid: int, reason: str = "") -> None:
    with club.node.db.write() as session:
        actions.pay_back(club.node, session, member_id, paid=paid, reason=reason, actor_id=club.bob)


def leave(club, member_id: int) -> None:
    with club.node.db.write() as session:
        person = queries.member(session, member_id).person_id
        actions.leave(club.node, session, member_id, person_id=person)


def test_shares_are_paid_in_whole_and_never_the_fund_s(club, alice):
    person = club.cast.person("alice").id
    with club.node.db.write() as session:
        assert queries.capital(session, alice) == 10_000
        assert ledger.balance(session, f"capital:{person}") == 10_000
        assert (earmarks.free(session), ledger.balance(session, "bank")) == (0, 10_000)
        more = actions.want(club.node, session, alice, 1, key="k", person_id=person)
        with pytest.raises(Invalid):
            actions.shares_came(club.node, session, more.id, club.came(4_999))
        made = actions.shares_came(club.node, session, more.id, club.came(5_000))
        with pytest.raises(Refused):
            actions.shares_came(club.node, session, more.id, club.came(5_000))
        actions.take_back(club.node, session, made.id, actor_id=club.bob)
        assert queries.purchase(session, more.id).state == "wanted"
        assert queries.capital(session, alice) == 10_000
    club.check()


def test_only_a_kind_with_capital_has_shares_and_the_least_number_holds(club):
    gina, frank = club.joins("gina", FRIEND), club.joins("frank")
    people = {name: club.cast.person(name).id for name in ("gina", "frank")}
    with club.node.db.write() as session:
        with pytest.raises(Refused):
            actions.want(club.node, session, gina, 1, key="k", person_id=people["gina"])
        with pytest.raises(Invalid):
            actions.want(club.node, session, frank, 1, key="k", person_id=people["frank"])
        with pytest.raises(NotFound):
            actions.want(club.node, session, frank, 2, key="k", person_id=people["gina"])
        with pytest.raises(Refused):
            actions.certify(club.node, session, frank, key="k", person_id=people["frank"], name="")


def test_capital_is_given_back_after_its_day_once(club, clock, alice):
    leave(club, alice)
    with pytest.raises(Refused, match="from"):
        back(club, alice, 10_000)
    clock.advance(days=200)
    with pytest.raises(Invalid):
        back(club, alice, 10_001)
    with pytest.raises(Invalid):
        back(club, alice, 9_000)
    back(club, alice, 10_000)
    with pytest.raises(Refused):
        back(club, alice, 10_000)
    with club.node.db.read() as session:
        assert ledger.balance(session, "bank") == queries.capital(session, alice) == 0
    club.check()


def test_what_losses_ate_stays_in_the_fund(club, clock, alice):
    leave(club, alice)
    clock.advance(days=200)
    back(club, alice, 0, "결손이 컸어요")
    with club.node.db.read() as session:
        assert (earmarks.free(session), queries.capital(session, alice)) == (10_000, 0)
    club.check()


def test_whoever_leaves_the_site_is_owed_their_capital_on(club, clock, alice):
    person = club.cast.person("alice")
    gina = club.applies("gina")
    with club.node.db.write() as session:
        actions.certify(club.node, session, alice, key="c", person_id=person.id, name=person.name)
        due = queries.dues(session, alice)[0]
        actions.plead(club.node, session, due.id, words="아파요", person_id=person.id)
        for who in (person, club.cast.person("gina")):
            actions.forget_person(club.node, session, PersonLeft(who.id, who.name, who.email, "ko"))
    with club.node.db.read() as session:
        found = session.get_one(Member, alice)
        assert (found.state, found.kept_name, found.kept_contact) == (
            "left", person.name, person.email,
        )  # fmt: skip
        assert session.get_one(Member, gina).state == "withdrawn"
        assert session.get_one(Member, gina).kept_name == ""
        assert session.query(ShareCertificate).count() == 0
        assert session.query(Due).filter(Due.plea != "").count() == 0
        [row] = queries.register(session)
        assert (row.kept_name, row.won) == (person.name, 10_000)
    clock.advance(days=5_000)
    purge = {each.name: each for each in actions.KEEPINGS}
    now = club.node.clock.now()
    with club.node.db.write() as session:
        for each in purge.values():
            each.purge(session, each.before(now), 100)
        assert session.get_one(Member, alice).person_id == person.id
        assert session.get(Member, gina) is None
    back(club, alice, 10_000)
    with club.node.db.write() as session:
        assert session.get_one(Member, alice).kept_name == ""
        each = purge["memberships of the fund"]
        assert each.purge(session, each.before(now), 100) == 0
    clock.advance(days=2_000)
    with club.node.db.write() as session:
        each = purge["memberships of the fund"]
        assert each.purge(session, each.before(club.node.clock.now()), 100) == 1
        assert session.get_one(Member, alice).person_id is None
    club.check()
