"""People, roles and spaces in the database, on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from wizzle.core import members
from wizzle.core.errors import Invalid, Refused
from wizzle.core.models import Consent, Grant, Person, Space


def sign_up(session, node, email="alice@example.com", **more):
    given_ = {"name": "앨리스", "password_hash": "-", "at": node.clock.now(), **more}
    return members.sign_up(session, email=email, **given_)


def test_an_address_is_one_account_however_it_is_written(bare_node):
    with bare_node.db.write() as session:
        sign_up(session, bare_node, " Alice@Example.COM ")
        with pytest.raises(Invalid) as refused:
            sign_up(session, bare_node, "alice@example.com")
        assert list(refused.value.fields) == ["email"]
        assert members.find_person(session, "ALICE@example.com").email == "alice@example.com"


def test_two_who_sign_up_at_the_same_moment_make_one_account(bare_node):
    """Both have looked before either has written."""
    together, made, refused = threading.Barrier(4), [], []

    def one():
        together.wait()
        try:
            with bare_node.db.write() as session:
                made.append(sign_up(session, bare_node).id)
        except Invalid as error:
            refused.append(error)

    threads = [threading.Thread(target=one) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (len(made), len(refused)) == (1, 3)
    with bare_node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_a_refused_address_leaves_the_rest_of_the_transaction_alone(bare_node):
    with bare_node.db.write() as session:
        sign_up(session, bare_node)
        with pytest.raises(Invalid):
            sign_up(session, bare_node)
        sign_up(session, bare_node, "other@example.com")
    with bare_node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 2


def test_the_first_steward(bare_node):
    with bare_node.db.write() as session:
        steward = members.make_steward(
            session, email="bob@example.com", name="보배", password_hash="-",
            at=bare_node.clock.now(),
        )  # fmt: skip
        assert steward.email_checked_at is not None
        assert session.scalars(select(Grant.role)).all() == ["steward"]


def test_a_role_is_held_once_and_taken_once(bare_node):
    with bare_node.db.write() as session:
        now = bare_node.clock.now()
        person = sign_up(session, bare_node)
        space = members.make_space(session, kind="shop", name="책방", at=now)
        assert members.grant(session, person.id, "owner", space.id, at=now)
        assert not members.grant(session, person.id, "owner", space.id, at=now)
        assert members.grant(session, person.id, "steward", at=now)
        assert not members.grant(session, person.id, "steward", at=now)
        assert members.revoke(session, person.id, "owner", space.id)
        assert not members.revoke(session, person.id, "owner", space.id)


def test_the_last_steward_cannot_go(bare_node):
    with bare_node.db.write() as session:
        now = bare_node.clock.now()
        one, two = (sign_up(session, bare_node, f"{i}@example.com") for i in (1, 2))
        members.grant(session, one.id, "steward", at=now)
        for act in (
            lambda: members.revoke(session, one.id, "steward"),
            lambda: members.block(session, one.id, at=now),
            lambda: members.leave(session, one.id, at=now),
        ):
            with pytest.raises(Refused, match="at least one steward"):
                act()
        members.grant(session, two.id, "steward", at=now)
        members.block(session, two.id, at=now)
        with pytest.raises(Refused):
            members.revoke(session, one.id, "steward")
        members.unblock(session, two.id)
        assert members.revoke(session, one.id, "steward")


def test_who_leaves_is_nobody_any_more(bare_node):
    with bare_node.db.write() as session:
        person = sign_up(session, bare_node, phone="010-1234-5678")
        members.leave(session, person.id, at=bare_node.clock.now())
        kept = session.scalars(select(Person)).one()
        told = " ".join(map(str, (kept.email, kept.name, kept.phone, kept.password_hash)))
    assert not any(word in told for word in ("alice", "앨리스", "010"))


def test_consent_is_given_and_taken_back_on_record(bare_node):
    with bare_node.db.write() as session:
        person = sign_up(session, bare_node, consents={"terms": "1", "news": "1"})
        now = bare_node.clock.now()
        assert members.withdraw_consent(session, person.id, "news", at=now)
        assert not members.withdraw_consent(session, person.id, "news", at=now)
        rows = session.execute(select(Consent.subject, Consent.withdrawn_at)).all()
    assert {subject: at is None for subject, at in rows} == {"terms": True, "news": False}


def test_spaces_of_the_same_name_get_addresses_of_their_own(bare_node):
    with bare_node.db.write() as session:
        slugs = [
            members.make_space(session, kind="producer", name=name, at=bare_node.clock.now()).slug
            for name in (
                "햇살 농장",
                "햇살농장",
                "햇살 농장",
                "햇살  농장!",
                "new",
                "(주)",
                "  🌱 ",
            )
        ]
    assert slugs[:4] == ["햇살-농장", "햇살농장", "햇살-농장-2", "햇살-농장-3"]
    assert slugs[4:] == ["new-2", "주", "producer"]


def test_a_number_at_the_end_of_a_name_is_not_taken_for_a_count(bare_node):
    with bare_node.db.write() as session:
        slugs = [
            members.make_space(session, kind="shop", name=name, at=bare_node.clock.now()).slug
            for name in ("가게-2", "가게", "가게", "가게 2")
        ]
    assert slugs == ["가게-2", "가게", "가게-3", "가게-2-2"]


def test_a_name_in_parts_is_kept_whole(bare_node):
    parts = unicodedata.normalize("NFD", "수유 책방")
    with bare_node.db.write() as session:
        space = members.make_space(session, kind="shop", name=parts, at=bare_node.clock.now())
        assert (space.name, space.slug) == ("수유 책방", "수유-책방")
        assert members.find_space(session, unicodedata.normalize("NFD", "수유-책방")) is space
        assert members.faces(session, [space.id])[space.id] == members.face(space)


def test_spaces_made_at_the_same_moment_have_different_addresses(bare_node):
    together = threading.Barrier(4)

    def one():
        together.wait()
        with bare_node.db.write() as session:
            members.make_space(session, kind="shop", name="가게", at=bare_node.clock.now())

    threads = [threading.Thread(target=one) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with bare_node.db.read() as session:
        assert set(session.scalars(select(Space.slug))) == {"가게", "가게-2", "가게-3", "가게-4"}


def test_no_such_kind_of_space(bare_node):
    with bare_node.db.write() as session, pytest.raises(ValueError, match="kind"):
        members.make_space(session, kind="castle", name="성", at=bare_node.clock.now())


@given(st.text(max_size=200))
def test_a_slug_can_stand_in_an_address_as_it_is(name):
    slug = members.slug_of(name)
    assert len(slug) <= 60
    assert not set(slug) & set("/?#%&\\ \n\t\"'<>.")
    assert slug == slug.strip("-")
    assert members.slug_of(slug) == slug
