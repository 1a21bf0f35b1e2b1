"""Who is paid hears how much comes where, in their own language."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient
from support.parts import mails
from support.paying import ACTIVIST, FARM, account, name_payees, pay
from support.settling import Sold
from support.telling import bring, words

from wizzle.core.banks import BANKS
from wizzle.core.models import Person
from wizzle.plugins.assembly.payouts import actions

As = Callable[[str], FlaskClient]


def test_who_is_paid_is_told_once_how_much_comes_where(settled: Sold):
    for name in ("erin", "dana"):
        settled.cast.person(name)
    name_payees(settled)
    made = pay(settled)
    pay(settled, shown=made.total)
    (erins,) = [each for each in words(settled.node, "erin") if "농협은행" in each]
    assert f"{FARM:,}원" in erins
    assert "····7891" in erins
    assert "302-1234" not in erins
    (danas,) = [each for each in words(settled.node, "dana") if "농협은행" in each]
    assert f"{ACTIVIST:,}원" in danas
    farm = account(settled, "producer", "farm")
    for _ in range(2):
        with settled.node.db.write() as session:
            actions.give_back(
                settled.node, session, made.id, farm, reason="예금주 다름", actor_id=None
            )
    assert len([each for each in words(settled.node, "erin") if "예금주 다름" in each]) == 1
    assert [each for each in words(settled.node, "dana") if "예금주 다름" in each] == []
    # Money is told in the mail of the next morning, all of it in one.
    assert not any("농협은행" in mail for mail in mails(settled, "erin"))
    settled.clock.advance(days=1)
    bring(settled.node)
    (mail,) = [mail for mail in mails(settled, "erin") if "농협은행" in mail]
    assert "예금주 다름" in mail


def test_banks_have_english_names_on_english_pages(settled: Sold, as_: As):
    bob = as_("bob")
    with settled.node.db.write() as session:
        session.get_one(Person, settled.cast.person("bob").id).language = "en"
    name_payees(settled)
    made = pay(settled)
    farm = settled.cast.space("farm").id
    for path in ("/payouts/payees", f"/payouts/{made.id}", f"/payouts/payees/producer/{farm}"):
        page = bob.get(path).text
        assert "NongHyup Bank" in page
        assert not [each for each in BANKS if f">{each}" in page or f"{each} ····" in page]
    assert "농협은행" in bob.get(f"/payouts/{made.id}.csv").get_data().decode("utf-8-sig")
