"""Neighbours confirm each other: once, not themselves, not too many, and not for ever."""

from __future__ import annotations

import contextlib
import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from wizzle.core.errors import NotFound, Refused, TooMany
from wizzle.core.models import Consent, Job
from wizzle.core.work import run_jobs
from wizzle.plugins.locality.directory.actions import list_person
from wizzle.plugins.locality.directory.actions.listing import Said
from wizzle.plugins.locality.neighbours import actions
from wizzle.plugins.locality.neighbours.models import Neighbour, PaperCode, Vouching


def vouched(node, person_id):
    with node.db.read() as session:
        return node.hooks.vouched(node=node, session=session, person_id=person_id)


def asks(node, person_id):
    with node.db.write() as session:
        return actions.ask(node, session, person_id)


def confirms(node, code, by_id):
    with node.db.write() as session:
        return actions.confirm(node, session, code, by_id)


def papers(node, cast, number):
    with node.db.write() as session:
        return actions.print_codes(node, session, number, actor_id=cast.person("bob").id)


def test_nobody_is_a_newcomer_until_parts_of_town_are_named(node, cast):
    assert vouched(node, cast.person("alice").id) is None


def test_a_steward_begins_and_the_confirmed_go_on(node, cast, live):
    alice, gina = live("alice"), live("gina")
    bob = cast.person("bob").id
    assert vouched(node, alice) is False
    assert vouched(node, bob) is True
    assert confirms(node, asks(node, alice), bob) == "앨리스"
    assert vouched(node, alice) is True
    code = asks(node, gina)
    assert confirms(node, code.lower(), alice) == "지나"
    assert vouched(node, gina) is True


def test_who_is_not_confirmed_confirms_nobody_and_nobody_confirms_themselves(node, cast, live):
    alice, dana = live("alice"), live("dana")
    code = asks(node, alice)
    with pytest.raises(Refused, match="Only who is confirmed"):
        confirms(node, code, cast.person("charlie").id)
    with pytest.raises(Refused, match="themselves"):
        confirms(node, asks(node, dana), dana)
    assert vouched(node, alice) is False


def test_a_code_works_once_and_for_an_hour(node, cast, live, clock):
    alice, gina = live("alice"), live("gina")
    bob = cast.person("bob").id
    old = asks(node, alice)
    code = asks(node, alice)
    with pytest.raises(NotFound):  # a new one takes the place of the old one
        confirms(node, old, bob)
    confirms(node, code, bob)
    with pytest.raises(NotFound):
        confirms(node, code, bob)
    late = asks(node, gina)
    clock.advance(minutes=61)
    with pytest.raises(NotFound):
        confirms(node, late, bob)


def test_the_code_itself_is_kept_nowhere(node, live):
    code = asks(node, live("alice"))
    with node.db.read() as session:
        own = session.scalars(select(Neighbour)).one()
        assert own.asking is not None
        assert code not in own.asking


def test_one_neighbour_confirms_five_in_thirty_days(node, cast, live, clock):
    alice = live("alice")
    confirms(node, asks(node, alice), cast.person("bob").id)
    with node.db.write() as session:
        for _ in range(5):
            session.add(Vouching(person_id=alice, by_id=alice, way="neighbour", at=clock.now()))
    code = asks(node, live("gina"))
    with pytest.raises(TooMany):
        confirms(node, code, alice)
    clock.advance(days=31)
    assert confirms(node, asks(node, cast.person("gina").id), alice) == "지나"


def test_it_ends_after_a_year_with_a_reminder_before(node, cast, live, clock):
    alice = live("alice")
    confirms(node, asks(node, alice), cast.person("bob").id)
    with pytest.raises(Refused, match="You can renew it"):
        asks(node, alice)
    clock.advance(days=340)
    run_jobs(node)
    with node.db.read() as session:
        told = node.host.collect("my_sections", node=node, session=session,
                                 viewer=cast.viewer("alice"))  # fmt: skip
        assert any("renewable" in each.context and each.context["renewable"] for each in told)
    clock.advance(days=26)
    assert vouched(node, alice) is False


def test_moving_takes_the_confirmation_away(node, cast, live):
    alice = live("alice")
    confirms(node, asks(node, alice), cast.person("bob").id)
    live("alice")  # the same part of town once more: nothing changes
    assert vouched(node, alice) is True
    live("alice", "번2동")
    assert vouched(node, alice) is False


def test_paper_works_once_for_whoever_types_it_first(node, cast, live):
    (code,) = papers(node, cast, 1)
    people = [live("alice"), live("gina"), live("charlie")]
    done, refused = [], []

    def use(person_id):
        try:
            with node.db.write() as session:
                actions.use_paper(node, session, code, person_id)
            done.append(person_id)
        except NotFound:
            refused.append(person_id)

    threads = [threading.Thread(target=use, args=(each,)) for each in people]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(done) == 1
    assert len(refused) == 2
    assert [vouched(node, each) for each in people].count(True) == 1


def test_paper_is_sealed_ends_and_can_be_voided(node, cast, live, clock):
    first, second = papers(node, cast, 2)
    alice = live("alice")
    with node.db.read() as session:
        assert not {first, second} & set(session.scalars(select(PaperCode.seal)))
    clock.advance(days=91)
    with node.db.write() as session, pytest.raises(NotFound):
        actions.use_paper(node, session, first, alice)
    (third,) = papers(node, cast, 1)
    with node.db.write() as session:
        actions.void_codes(node, session, actor_id=cast.person("bob").id)
    with node.db.write() as session, pytest.raises(NotFound):
        actions.use_paper(node, session, third, alice)


def at_once(*works):
    """Do these at the same time, and return what they raised."""
    raised = []

    def work(each):
        try:
            each()
        except Exception as error:
            raised.append(error)

    threads = [threading.Thread(target=work, args=(each,)) for each in works]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return raised


def test_two_windows_of_one_person_do_not_stand_in_each_others_way(node, cast, quarters):
    alice = cast.person("alice").id

    def choose():
        with node.db.write() as session:
            actions.choose(node, session, alice, quarters["수유1동"])

    def list_her():
        with node.db.write() as session:
            list_person(node, session, alice, "앨리스", Said("안녕하세요"))

    assert at_once(*[choose] * 4, *[list_her] * 4) == []


def test_two_who_confirm_each_other_do_not_wait_in_a_circle(node, cast, live):
    bob, dana = live("bob"), live("dana")
    codes = {bob: asks(node, bob), dana: asks(node, dana)}
    works = [lambda: confirms(node, codes[bob], dana), lambda: confirms(node, codes[dana], bob)]
    assert at_once(*works) == []


def test_two_at_once_do_not_pass_the_limit(node, cast, live, clock):
    alice = live("alice")
    confirms(node, asks(node, alice), cast.person("bob").id)
    with node.db.write() as session:
        for _ in range(4):
            session.add(Vouching(person_id=alice, by_id=alice, way="neighbour", at=clock.now()))
    codes = [asks(node, live(name)) for name in ("gina", "charlie", "erin")]
    done = []

    def confirm(code):
        with contextlib.suppress(TooMany):
            done.append(confirms(node, code, alice))

    threads = [threading.Thread(target=confirm, args=(each,)) for each in codes]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(done) == 1


def test_taking_back_and_leaving_destroy_what_was_kept(node, cast, live):
    alice, gina = live("alice"), live("gina")
    confirms(node, asks(node, alice), cast.person("bob").id)
    confirms(node, asks(node, gina), alice)
    with node.db.write() as session:
        actions.take_back(node, session, gina)
        consent = select(Consent).where(Consent.person_id == gina, Consent.subject == "neighbour")
        assert session.scalars(consent).one().withdrawn_at is not None
        actions.forget_person(session, alice)
    with node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Neighbour)) == 0
        assert session.scalar(select(func.count()).select_from(Vouching)) == 0


def test_who_vouches_is_forgotten_after_a_year(node, cast, live, clock):
    confirms(node, asks(node, live("alice")), cast.person("bob").id)
    clock.advance(days=366)
    keeping = actions.CONFIRMED
    with node.db.write() as session:
        assert keeping.purge(session, keeping.before(clock.now()), 100) == 1
        assert session.scalar(select(func.count()).select_from(Vouching)) == 0
        assert session.scalar(select(func.count()).select_from(Neighbour)) == 1


def test_the_reminder_waits_in_the_outbox(node, cast, live, clock):
    confirms(node, asks(node, live("alice")), cast.person("bob").id)
    with node.db.read() as session:
        job = session.scalars(select(Job).where(Job.kind == "locality.neighbour_ending")).one()
        assert job.due_at - clock.now() > timedelta(days=330)
