"""The mail before a cut-off: to those concerned, and once."""

from __future__ import annotations

from datetime import timedelta

from support.parts import mails, terms, work
from support.rounds import Round
from support.telling import bring, words

from wizzle.plugins.market import add_to_basket


def put(round_: Round, name: str, product: int) -> None:
    with round_.node.db.write() as session:
        add_to_basket(
            round_.node, session, round_.cast.viewer(name), occasion=round_.occasion,
            product_id=product, quantity=1,
        )  # fmt: skip


def test_a_day_before_those_concerned_are_written_to(round_: Round) -> None:
    potato, onion = round_.products
    round_.to("open")
    put(round_, "alice", potato)
    round_.order("gina", {onion: 1})
    round_.cast.person("charlie")
    round_.clock.set(round_.row().cut_off - timedelta(hours=24))
    work(round_)
    work(round_)
    assert len([mail for mail in mails(round_, "alice") if "장바구니에 담아 둔" in mail]) == 1
    assert len([mail for mail in mails(round_, "gina") if "바꿀 수 있어요\n" in mail]) == 1
    assert mails(round_, "charlie") == []


def test_only_goods_of_the_producer_that_closes_concern_anybody(round_: Round) -> None:
    (corn,) = round_.goods("옥수수", farm="other_farm")
    round_.offer("farm", "other_farm")
    own = round_.row().cut_off - timedelta(hours=20)
    terms(round_, "other_farm", cut_off=own)
    round_.to("open")
    put(round_, "alice", round_.products[0])
    put(round_, "gina", corn)
    round_.clock.set(own - timedelta(hours=24))
    work(round_)
    assert any("장바구니에 담아 둔" in mail for mail in mails(round_, "gina"))
    assert not any("장바구니에 담아 둔" in mail for mail in mails(round_, "alice"))


def test_a_short_round_reminds_three_hours_before(round_: Round) -> None:
    short = Round(round_.node, round_.cast, round_.clock, products=round_.products)
    now = round_.clock.now()
    short.draft(cut_off=now + timedelta(hours=8)).offer().to("open")
    put(short, "alice", short.products[0])
    short.clock.advance(hours=5)
    work(short)
    assert any("장바구니에 담아 둔" in mail for mail in mails(short, "alice"))


def test_a_moved_cut_off_reminds_of_its_new_time_alone(round_: Round) -> None:
    (corn,) = round_.goods("옥수수", farm="other_farm")
    round_.offer("farm", "other_farm")
    end = round_.row().cut_off
    terms(round_, "other_farm", cut_off=end - timedelta(hours=20))
    round_.to("open")
    put(round_, "gina", corn)
    terms(round_, "other_farm", cut_off=end - timedelta(hours=10))
    round_.clock.set(end - timedelta(hours=44))
    work(round_)
    assert mails(round_, "gina") == []
    round_.clock.set(end - timedelta(hours=34))
    work(round_)
    assert len(words(round_.node, "gina")) == 1
    assert mails(round_, "gina") == []  # it is night, and nobody is woken for a cut-off
    round_.clock.advance(hours=11)
    bring(round_.node)
    assert len(mails(round_, "gina")) == 1
