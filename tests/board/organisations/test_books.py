"""The books: double entry, never more than there is, corrected by reversal, open by choice."""

from __future__ import annotations

import threading
from io import BytesIO

import pytest
from PIL import Image
from support.visitors import queries as asked

from wizzle.core import ledger
from wizzle.core.errors import Invalid, NotFound, Refused
from wizzle.plugins.board.organisations import actions, queries
from wizzle.plugins.board.organisations.actions import Booking

URL = "/board/organisations/garden/books"


@pytest.fixture
def book(node, cast, garden, clock):
    today = clock.now().date()
    numbers = iter(range(1000))

    def booked(kind, amount, holder="cash", purpose="모종", key="", who="dana"):
        said = Booking(kind, holder, amount, purpose, today)
        with node.db.write() as session:
            return actions.book(
                node, session, garden, said, key=key or str(next(numbers)), receipt_id=None,
                today=today, actor_id=cast.person(who).id,
            ).id  # fmt: skip

    return booked


def holds(node, garden):
    with node.db.read() as session:
        found = queries.books_of(node, session, garden)
        assert ledger.verify(session).ok
        return found.owned - found.cash, found.cash


def open_books(node, cast, garden, *, books_open=True):
    with node.db.write() as session:
        version = queries.about_of(session, garden).version
        actions.describe(
            node, session, garden, form="informal", number="", books_open=books_open,
            version=version, actor_id=cast.person("dana").id,
        )  # fmt: skip


def test_money_comes_in_goes_out_and_the_ledger_holds(node, garden, book):
    book("income", 50_000)
    book("income", 20_000, holder="bank")
    book("expense", 12_000)
    assert holds(node, garden) == (20_000, 38_000)


def test_nobody_spends_what_others_have_on_the_common_account(node, cast, garden, book):
    table = cast.space("table").id
    with node.db.write() as session:
        draft = ledger.Draft(
            "other", f"space:{table}", "x",
            (("bank", 500_000), (f"organisation:{table}", -500_000)),
        )  # fmt: skip
        ledger.post(session, [draft], node.clock.now())
    book("income", 1_000)
    for holder in ("bank", "cash"):
        with pytest.raises(Invalid):
            book("expense", 1_001, holder=holder)
    with pytest.raises(Invalid):  # the money is in the cash box, and not on the account
        book("expense", 1_000, holder="bank")


def test_a_form_that_is_sent_twice_is_booked_once(node, garden, book):
    assert book("income", 7_000, key="k") == book("income", 7_000, key="k")
    assert holds(node, garden) == (0, 7_000)


def test_two_who_spend_the_same_money_at_once_do_not_both(node, garden, book):
    book("income", 10_000)
    refused = []

    def spend():
        try:
            book("expense", 6_000)
        except Invalid:
            refused.append(1)

    threads = [threading.Thread(target=spend) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 3
    assert holds(node, garden) == (0, 4_000)


def test_what_is_wrong_is_reversed_once_and_both_entries_stay(node, cast, garden, book):
    spent = book("income", 9_000) and book("expense", 4_000)
    erin = cast.person("erin").id
    for _ in range(2):
        with node.db.write() as session:
            actions.take_back(node, session, garden, spent, reason="잘못 적음", actor_id=erin)
    assert holds(node, garden) == (0, 9_000)
    with node.db.read() as session:
        lines = queries.running(node, session, garden)
        month = queries.books_of(node, session, garden).months[-1]
    assert [(each.line.amount, each.line.reverses) for each in lines] == [
        (4_000, True), (-4_000, False), (9_000, False),
    ]  # fmt: skip
    assert (month.income, month.expense) == (9_000, 0)


def test_income_that_is_spent_cannot_be_reversed_before_the_expense(node, cast, garden, book):
    came = book("income", 9_000)
    went = book("expense", 4_000)
    dana = cast.person("dana").id
    with node.db.write() as session, pytest.raises(Refused, match="spent"):
        actions.take_back(node, session, garden, came, reason="x", actor_id=dana)
    for entry in (went, came):
        with node.db.write() as session:
            actions.take_back(node, session, garden, entry, reason="x", actor_id=dana)
    assert holds(node, garden) == (0, 0)


def test_an_entry_of_another_organisation_is_not_found(node, cast, garden, book):
    entry, table = book("income", 9_000), cast.space("table").id
    with node.db.write() as session, pytest.raises(NotFound):
        actions.take_back(node, session, table, entry, reason="x", actor_id=cast.person("frank").id)


def test_books_are_shown_to_everyone_only_by_the_organisation_s_choice(
    node, cast, garden, client, as_, book
):
    book("income", 5_000, purpose="<script>바자회</script>")
    assert client.get(URL).status_code == 404 == as_("alice").get(URL + ".csv").status_code
    assert as_("dana").get(URL).status_code == 200
    open_books(node, cast, garden)
    page = client.get(URL).text
    assert "5,000" in page
    assert "&lt;script&gt;바자회" in page
    assert "<script>바" not in page
    assert "다나" not in page
    assert "바자회" in client.get(URL + ".csv").get_data(as_text=True)
    open_books(node, cast, garden, books_open=False)
    assert client.get(URL).status_code == 404


def test_only_those_who_run_it_write_into_the_books(node, garden, as_, client):
    typed = {
        "kind": "income", "holder": "cash", "amount": "3000", "purpose": "회비",
        "day": "2026-11-20", "idempotency_key": "a",
    }  # fmt: skip
    assert client.post(URL + "/new", data=typed).status_code == 302
    for name in ("alice", "frank"):
        assert as_(name).post(URL + "/new", data=typed).status_code == 403
    assert holds(node, garden) == (0, 0)
    assert as_("dana").post(URL + "/new", data=typed).status_code == 302
    assert holds(node, garden) == (0, 3_000)


@pytest.mark.parametrize("node", ["sqlite"], indirect=True)
def test_a_form_that_cannot_be_used_says_why_and_keeps_what_was_typed(node, garden, as_):
    typed = {
        "kind": "expense", "holder": "cash", "amount": "3000", "purpose": "밥 900101-1234567",
        "day": "2027-01-01", "idempotency_key": "a",
    }  # fmt: skip
    dana = as_("dana")
    answer = dana.post(URL + "/new", data=typed)
    assert answer.status_code == 422
    assert "주민등록번호" in answer.text
    assert "900101-1234567" in answer.text
    answer = dana.post(URL + "/new", data={**typed, "purpose": "밥"})
    assert answer.status_code == 422
    assert "아직 오지 않은 날" in answer.text
    answer = dana.post(URL + "/new", data={**typed, "purpose": "밥", "day": "2026-11-20"})
    assert answer.status_code == 422
    assert "0원" in answer.text


@pytest.mark.parametrize("node", ["sqlite"], indirect=True)
def test_a_receipt_needs_words_and_is_shown_with_them(node, cast, garden, as_):
    picture = BytesIO()
    Image.new("RGB", (40, 30), "red").save(picture, "PNG")
    typed = {
        "kind": "income", "holder": "cash", "amount": "3000", "purpose": "회비",
        "day": "2026-11-20", "idempotency_key": "a",
    }  # fmt: skip

    def sent(**more):
        receipt = (BytesIO(picture.getvalue()), "receipt.png")
        return as_("dana").post(URL + "/new", data={**typed, **more, "receipt": receipt})

    assert sent().status_code == 422
    assert sent(caption="모종 가게 영수증").status_code == 302
    assert 'alt="모종 가게 영수증"' in as_("dana").get(URL).text


def test_the_list_costs_the_same_however_long_it_is(node, cast, garden, book, client):
    open_books(node, cast, garden)
    book("income", 100)
    client.get(URL)
    with asked(node) as few:
        client.get(URL)
    for _ in range(6):
        book("income", 100)
    with asked(node) as many:
        client.get(URL)
    assert len(many) == len(few) < 20


def test_what_others_posted_is_told_without_the_code_of_a_gift(node, cast, garden, client):
    open_books(node, cast, garden)
    account = f"organisation:{garden}"
    drafts = [
        ledger.Draft("g", "campaign:1", "팥죽 나눔 · GIFT-7Q", (("bank", 900), (account, -900))),
        ledger.Draft("s", "campaign:1", "팥죽 나눔 · 팥 열 되", ((account, 400), ("bank", -400))),
    ]
    with node.db.write() as session:
        ledger.post(session, drafts, node.clock.now())
    for path in (URL, URL + ".csv"):
        page = client.get(path).get_data(as_text=True)
        assert "GIFT-7Q" not in page
        assert "팥 열 되" in page
