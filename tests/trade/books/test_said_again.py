"""What the other node has not heard of is said again; stewards hear of books that differ."""

from __future__ import annotations

import json

from click.testing import CliRunner
from sqlalchemy import select
from support.post import Sent
from support.trading import WANJU, Pair

from wizzle.core.facts import LetterEnded
from wizzle.core.node import Node
from wizzle.core.notices.models import Told
from wizzle.plugins.trade.books import actions, commands
from wizzle.plugins.trade.kinds import BOOKS

from .test_books import confirm, pay, proven, state, statements, traded
from .test_pages import browser


def give_up(node: Node, sent: Sent) -> None:
    """Let a letter have waited for three days in vain."""
    fact = LetterEnded(
        id=sent.document["id"], lane=sent.letter.lane, host=sent.host, arrived=False,
        reason="late", at=node.clock.now(),
    )  # fmt: skip
    with node.db.write() as session:
        node.hooks.letter_ended(node=node, session=session, fact=fact)


def lost(pair: Pair, node: Node) -> Sent:
    """Lose the one letter that waits, and let the node give it up."""
    (sent,) = pair.post.waiting
    pair.post.waiting.clear()
    give_up(node, sent)
    return sent


def test_a_payment_that_the_other_node_never_heard_of_is_said_again_by_a_button(pair: Pair):
    traded(pair).settle_down()
    pay(pair, 3366)
    letter = lost(pair, pair.gangbuk)
    bob = browser(pair, "bob")
    page = bob.get(f"/trade/books/{WANJU}").text
    assert "아직 듣지 못했어요" in page
    payment = pair.bookings(pair.gangbuk)[-1]
    path = f"/trade/books/{WANJU}/events/{payment.id}/again"
    assert path in page
    assert browser(pair, "dana").post(path).status_code == 403
    assert "다시 보내요" in bob.post(path, follow_redirects=True).text
    (again,) = pair.post.waiting
    assert again.document["id"] != letter.document["id"]
    assert again.document["object"] == letter.document["object"]
    assert "아직 듣지 못했어요" not in bob.get(f"/trade/books/{WANJU}").text
    pair.settle_down()
    confirm(pair)
    pair.settle_down()
    assert pair.mirrors() == (0, 0)
    proven(pair)


def test_said_again_though_both_were_heard_it_is_booked_once(pair: Pair):
    traded(pair).settle_down()
    pay(pair, 3000)
    pair.settle_down()
    payment = pair.bookings(pair.gangbuk)[-1]
    for _ in range(2):
        pair.do(pair.gangbuk, actions.say_again, payment.id, actor_id=None)
        pair.settle_down()
    confirm(pair)
    pair.settle_down()
    assert pair.mirrors() == (366, -366)
    assert len(pair.bookings(pair.wanju)) == 2
    proven(pair)


def test_an_answer_that_got_lost_is_repeated_to_who_asks_again_and_by_who_gave_it(pair: Pair):
    traded(pair).settle_down()
    for amount, which in ((1000, "payer"), (2000, "payee")):
        pay(pair, amount, key=which)
        pair.settle_down()
        confirm(pair)
        lost(pair, pair.wanju)
        assert [each.problem != "" for each in pair.bookings(pair.wanju)][-1]
        node = pair.gangbuk if which == "payer" else pair.wanju
        payment = pair.bookings(node)[-1]
        pair.do(node, actions.say_again, payment.id, actor_id=None)
        pair.settle_down()
    assert pair.mirrors() == (366, -366)
    proven(pair)


def test_the_command_lists_events_and_says_one_again(pair: Pair, monkeypatch):
    traded(pair).settle_down()
    pay(pair, 3366)
    lost(pair, pair.gangbuk)
    monkeypatch.setattr(commands, "the_node", lambda: pair.gangbuk)

    def run(*words: str):
        return CliRunner().invoke(commands.trade_group, list(words))

    rows = json.loads(run("payments", WANJU, "--json").output)
    assert (rows[0]["kind"], rows[0]["state"]) == ("payment", "waiting")
    assert "not heard" in rows[0]["problem"]
    assert "강북위즐 11월" in run("payments", WANJU).output
    assert run("say-again", str(rows[0]["id"])).exit_code == 0
    assert len(pair.post.waiting) == 1
    assert run("say-again", "999").exit_code == 1


def test_what_was_not_agreed_to_is_not_said_again(pair: Pair):
    traded(pair).settle_down()
    pay(pair, 3000)
    pair.settle_down()
    confirm(pair, arrived=False)
    pair.settle_down()
    payment = pair.bookings(pair.gangbuk)[-1]
    answer = browser(pair, "bob").post(f"/trade/books/{WANJU}/events/{payment.id}/again")
    assert answer.status_code == 302
    assert pair.post.waiting == []


def test_books_that_differ_are_told_to_the_stewards_of_both_sides(pair: Pair):
    pair.sold.cast.person("bob"), pair.there.person("bob")
    traded(pair)
    event = next(s for s in pair.post.waiting if "purpose" in str(s.document))
    pair.post.waiting.remove(event)
    pair.settle_down()
    pair.sold.clock.advance(days=10)
    state(pair, pair.gangbuk)
    pair.settle_down()
    assert statements(pair.gangbuk)[-1].state == "rejected"
    for node, host in ((pair.gangbuk, WANJU), (pair.wanju, "gangbuk.example")):
        (mail,) = [mail for mail in pair.mails(node, "bob") if "2026-11" in mail]
        assert host in mail
        with node.db.read() as session:
            (url,) = session.scalars(select(Told.url).where(Told.kind == BOOKS.name))
        assert url.startswith("/trade/statements/")


def test_a_month_that_is_never_agreed_on_is_told_once_more_at_the_end(pair: Pair):
    pair.sold.cast.person("bob")
    traded(pair).settle_down()
    pair.sold.clock.advance(days=10)
    state(pair, pair.gangbuk)
    for _ in range(14):  # whatever is sent gets lost
        (statement,) = [s for s in pair.post.waiting if "Statement" in str(s.document)] or [None]
        pair.post.waiting.clear()
        if statement is not None:
            give_up(pair.gangbuk, statement)
        pair.work()
        pair.sold.clock.advance(days=1)
    told = [mail for mail in pair.mails(pair.gangbuk, "bob") if "2026-11" in mail]
    assert len(told) == 1


def test_a_problem_is_told_with_its_values(pair: Pair):
    from wizzle.core.values import Message, kept_message

    traded(pair).settle_down()
    problem = Message("This node does not talk to %(host)s.", {"host": WANJU})
    with pair.gangbuk.db.write() as session:
        session.merge(pair.here).problem = kept_message(problem)
    page = browser(pair, "dana").get(f"/trade/orders/{pair.here.id}").text
    assert f"{WANJU}과(와) 이야기하지" in page or WANJU in page
    assert "%(" not in page
