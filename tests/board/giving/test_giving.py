"""Donations: the notice first, never beyond what the law allows, and every won in the books."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select
from support.campaigns import ON_ONE, PAGE, TODAY, Board, notice
from support.reading import pages_of

from wizzle.core import notices
from wizzle.core.donations import UNREGISTERED
from wizzle.core.errors import Refused, TooMany
from wizzle.core.models import Job
from wizzle.core.node import Node
from wizzle.core.testing import FixedClock
from wizzle.plugins.board.campaigns.models import Campaign
from wizzle.plugins.board.giving import actions, queries
from wizzle.plugins.board.giving.actions.accounting import Use
from wizzle.plugins.board.giving.models import Gift

GUEST = {
    "amount": "50000", "way": "quiet", "name": "손님", "email": "guest@example.com",
    "agree": "yes", "wants_receipt": "yes", "idempotency_key": "g",
}  # fmt: skip


def gift(node: Node, gift_id: int) -> Gift:
    with node.db.read() as session:
        found = session.get_one(Gift, gift_id)
        session.expunge(found)
        return found


@ON_ONE
def test_it_cannot_open_without_the_legal_notice_and_then_shows_all_of_it(board: Board):
    campaign_id = board.draft("donation")
    hana = board.browser("hana")
    said = "먼저 법이 정한 안내를 써 주세요."
    page = hana.post(f"/campaigns/{campaign_id}/appeal/open", follow_redirects=True)
    assert said in page.text
    assert hana.post(f"/campaigns/{campaign_id}/open").status_code == 403, "no way around it"
    shown = board.browser("alice").get(f"/campaigns/{board.appeal()}").text
    for label in ("모집자", "연락처", "대표자", "등록청", "등록번호", "세금 혜택", "모집 비용",
                  "결과를 확인하는 방법", "목표액", "모집 기간", "사용 기간"):  # fmt: skip
        assert label in shown or label == "등록번호"


@ON_ONE
def test_a_reward_is_refused_as_a_sale_and_what_was_typed_stays(board: Board):
    campaign_id = board.draft("donation")
    form = {
        "organiser": "나눔이웃", "contact": "02", "representative": "이", "purpose": "이불",
        "cost_bp": "20", "results": "여기", "goal": "10000000", "collect_from": "2026-11-23",
        "collect_until": "2026-12-23", "use_from": "2026-11-23", "use_until": "2027-03-01",
        "account": "농협", "reward": "머그컵",
    }  # fmt: skip
    answer = board.browser("hana").post(f"/campaigns/{campaign_id}/appeal", data=form)
    assert answer.status_code == 422
    for words in ("기부가 아니라 판매예요", "15%까지", "먼저 시·도에 등록", 'value="머그컵"'):
        assert words in answer.text


def test_what_people_gave_for_stays_while_contact_may_change(board: Board, node: Node):
    campaign_id = board.appeal()
    with pytest.raises(Refused), node.db.write() as session:
        actions.write_notice(
            node, session, campaign_id, notice(purpose="다른 일"), actor_id=board.hana
        )
    with node.db.write() as session:
        changed = notice(contact="02-999-9999")
        actions.write_notice(node, session, campaign_id, changed, actor_id=board.hana)


def test_all_unregistered_appeals_of_an_organiser_together_stop_before_the_threshold(
    board: Board, node: Node
):
    """Twelve people give to two appeals of one organiser at once, a million each."""
    appeals = [board.appeal(), board.appeal()]
    people = [board.cast.person(name).id for name in ("alice", "gina", "charlie", "erin")]
    start, refused = Barrier(12), []

    def give(number: int) -> None:
        person = people[number % 4]
        wish = actions.Wish(1_000_000, "quiet", False, f"k{number}", "이름", person_id=person)
        start.wait()
        try:
            with node.db.write() as session:
                actions.promise(node, session, appeals[number % 2], wish)
        except Refused as error:
            refused.append(str(error))

    threads = [Thread(target=give, args=(number,)) for number in range(12)]
    [each.start() for each in threads]
    [each.join() for each in threads]
    with node.db.read() as session:
        total = sum(session.scalars(select(Gift.amount)))
        assert total == queries.unregistered(session, board.group.id, TODAY)
    assert total == 9_000_000 < UNREGISTERED
    assert len(refused) == 3
    assert all("not registered" in each for each in refused)


def test_a_dropped_promise_makes_room_and_a_registered_appeal_has_no_such_limit(
    board: Board, node: Node
):
    campaign_id = board.appeal()
    gift_id = board.promise(campaign_id, 9_000_000)
    with pytest.raises(Refused):
        board.promise(campaign_id, 1_000_000, "gina")
    answer = board.browser("alice").post(f"/me/gifts/{gift_id}/drop")
    assert answer.status_code == 302
    board.promise(campaign_id, 9_999_999, "gina")
    registered = board.appeal(goal=50_000_000, office="서울특별시", registration="제2026-12호")
    board.promise(registered, 30_000_000)


def test_money_that_came_stands_in_the_books_once_and_gives_a_numbered_receipt(
    board: Board, node: Node
):
    campaign_id = board.appeal()
    gift_id = board.promise(campaign_id, 70_000)
    assert board.balance() == 0
    start = Barrier(4)

    def arrive() -> None:
        start.wait()
        with node.db.write() as session:
            actions.arrive(node, session, campaign_id, gift_id, actor_id=board.hana)

    threads = [Thread(target=arrive) for _ in range(4)]
    [each.start() for each in threads]
    [each.join() for each in threads]
    assert (board.balance(), board.balance("bank")) == (70_000, 70_000)
    board.arrived(campaign_id, 30_000, "gina")
    assert [gift(node, gift_id).receipt, gift(node, gift_id + 1).receipt] == [1, 2]
    alice = board.browser("alice")
    paper = alice.get(f"/me/gifts/{gift_id}/receipt.pdf")
    assert paper.mimetype == "application/pdf"
    assert "2026-000001" in "".join(pages_of(paper.data))
    gina = board.browser("gina")
    for path in (f"/me/gifts/{gift_id}", f"/me/gifts/{gift_id}/receipt.pdf"):
        assert gina.get(path).status_code == 404
    assert gina.get(f"/campaigns/{campaign_id}/gifts").status_code == 403


def test_the_same_form_is_one_gift_and_without_a_name_there_is_no_receipt(board: Board, node: Node):
    campaign_id = board.appeal()
    form = {"amount": "5000", "way": "nameless", "wants_receipt": "yes", "idempotency_key": "f"}
    alice = board.browser("alice")
    first = alice.post(f"/campaigns/{campaign_id}/give", data=form)
    assert alice.post(f"/campaigns/{campaign_id}/give", data=form).location == first.location
    gift_id = int(first.location.rpartition("/")[2])
    with node.db.write() as session:
        actions.arrive(node, session, campaign_id, gift_id, actor_id=board.hana)
    made = gift(node, gift_id)
    assert (made.name, made.receipt) == ("", None)
    assert alice.get(f"/me/gifts/{gift_id}/receipt.pdf").status_code == 404
    assert "앨리스" not in board.browser("hana").get(f"/campaigns/{campaign_id}/gifts").text
    assert (
        alice.post(f"/campaigns/{campaign_id}/give", data={**form, "amount": "-5"}).status_code
        == 422
    )


def test_a_guests_promise_counts_once_the_link_is_pressed(board: Board, node: Node):
    campaign_id = board.appeal()
    guest = board.site.test_client()
    assert guest.post(f"/campaigns/{campaign_id}/give", data=GUEST).status_code == 200
    link = board.link("guest@example.com")
    with node.db.read() as session:
        assert queries.sums(session, campaign_id, board.group.id).promised == 0
    assert "보낼 곳" not in guest.get(link).text
    guest.post(link)
    assert "보낼 곳" in guest.get(link).text
    hana = board.browser("hana")
    hana.post(f"/campaigns/{campaign_id}/gifts/1/arrived")
    assert board.balance() == 50_000
    assert guest.get(f"{link}/receipt.pdf").mimetype == "application/pdf"
    missing = {**GUEST, "name": "", "agree": ""}
    answer = guest.post(f"/campaigns/{campaign_id}/give", data=missing)
    assert answer.status_code == 422
    assert "이름을 적거나" in answer.text


@ON_ONE
def test_a_guests_promise_is_held_to_the_threshold_when_it_is_confirmed(board: Board):
    campaign_id = board.appeal()
    guest = board.site.test_client()
    guest.post(f"/campaigns/{campaign_id}/give", data={**GUEST, "amount": "2000000"})
    board.promise(campaign_id, 9_000_000)
    page = guest.post(board.link("guest@example.com"), follow_redirects=True)
    assert "1천만 원보다 적어야" in page.text
    assert "보낼 곳" not in page.text


def test_a_steward_may_confirm_and_money_goes_back_by_a_reversal_once(board: Board, node: Node):
    campaign_id = board.appeal()
    gift_id = board.promise(campaign_id, 40_000)
    bob, path = board.browser("bob"), f"/campaigns/{campaign_id}/gifts/{gift_id}"
    assert bob.post(f"{path}/arrived").status_code == 302
    for _ in range(2):
        bob.post(f"{path}/back")
    assert (board.balance(), gift(node, gift_id).state) == (0, "returned")
    other = board.appeal()
    assert bob.post(f"/campaigns/{other}/gifts/{gift_id}/arrived").status_code == 404
    assert board.browser("erin").post(f"{path}/arrived").status_code == 403


def test_what_is_spent_cannot_be_given_back_nor_spent_twice(board: Board, node: Node):
    campaign_id = board.appeal()
    gift_id = board.arrived(campaign_id, 100_000)

    def spend(amount: int, key: str, *, cost: bool = False) -> None:
        use = Use(TODAY, amount, "이불", "영수증", cost)
        with node.db.write() as session:
            actions.spend(node, session, campaign_id, use, key=key, actor_id=board.hana)

    with pytest.raises(Refused):
        spend(15_001, "cost", cost=True)
    spend(15_000, "cost", cost=True)
    for _ in range(2):
        spend(80_000, "once")
    with pytest.raises(Refused):
        spend(5_001, "more")
    with pytest.raises(Refused), node.db.write() as session:
        actions.give_back(node, session, campaign_id, gift_id, actor_id=board.hana)
    assert (board.balance(), board.balance("bank")) == (5_000, 5_000)


@ON_ONE
def test_an_account_that_is_late_is_said_wherever_the_campaign_stands(
    board: Board, node: Node, clock: FixedClock
):
    campaign_id = board.appeal()
    board.arrived(campaign_id, 100_000)
    board.close(campaign_id)
    stranger, words = board.site.test_client(), "결과 보고가 늦어지고 있어요"
    places = (f"/campaigns/{campaign_id}", "/campaigns?state=closed", f"/spaces/{board.group.slug}")
    clock.advance(days=30)
    assert all(words not in stranger.get(path).text for path in places)
    clock.advance(days=1)
    assert all(words in stranger.get(path).text for path in places)
    hana = board.browser("hana")
    assert (
        hana.post(f"/campaigns/{campaign_id}/result", data={"text": "다 했어요"}).status_code == 302
    )
    assert hana.post(f"/campaigns/{campaign_id}/result", data={"text": "또"}).status_code == 409
    assert all(words not in stranger.get(path).text for path in places)
    assert "다 했어요" in stranger.get(f"/campaigns/{campaign_id}").text


def test_those_who_run_it_are_reminded_a_week_before_the_account_is_due(
    board: Board, node: Node, clock: FixedClock
):
    campaign_id = board.appeal()
    with node.db.read() as session:
        (job,) = session.scalars(select(Job).where(Job.kind == actions.REMIND_JOB)).all()
        due = job.due_at
        last = session.get_one(Campaign, campaign_id).ends_on
    assert (due.date() - last).days in (23, 24)
    for _ in range(2):
        actions.WORK[actions.REMIND_JOB](node, {"campaign_id": campaign_id})
    with node.db.read() as session:
        assert len(notices.listed(session, board.hana, before=None, limit=9)) == 1


@ON_ONE
def test_nobody_promises_without_end(board: Board):
    campaign_id = board.appeal()
    for _ in range(20):
        board.promise(campaign_id, 1_000)
    with pytest.raises(TooMany):
        board.promise(campaign_id, 1_000)


def test_givers_are_forgotten_after_five_years_and_the_won_stay(
    board: Board, node: Node, clock: FixedClock
):
    campaign_id = board.appeal()
    gift_id = board.arrived(campaign_id, 20_000)
    keeping = actions.KEEPINGS[1]
    assert keeping.last is not None
    with node.db.read() as session:
        assert keeping.last(session, board.cast.person("alice").id) is not None
    clock.advance(days=5 * 366)
    with node.db.write() as session:
        assert keeping.purge(session, keeping.before(clock.now()), 10) == 1
        assert keeping.purge(session, keeping.before(clock.now()), 10) == 0
    assert (gift(node, gift_id).name, gift(node, gift_id).amount) == ("", 20_000)


@ON_ONE
def test_money_is_collected_in_the_days_of_the_notice_alone(
    board: Board, node: Node, clock: FixedClock
):
    later = TODAY + timedelta(days=3)
    campaign_id = board.appeal(collect_from=later, use_from=later)
    with pytest.raises(Refused):
        board.promise(campaign_id, 10_000)
    longer = {"kind": "donation", **PAGE, "ends_on": "2028-01-01", "version": "2"}
    answer = board.browser("hana").post(f"/campaigns/{campaign_id}/edit", data=longer)
    assert answer.status_code == 302
    clock.advance(days=3)
    board.promise(campaign_id, 10_000)
    clock.advance(days=28)
    with pytest.raises(Refused):
        board.promise(campaign_id, 10_000)
    page = board.browser("alice").get(f"/campaigns/{campaign_id}/give")
    assert "이 캠페인은 끝났어요" in page.text
