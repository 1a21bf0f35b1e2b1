"""Goods that give a part: agreed first, out of the seller's own share, true after corrections."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select
from support.campaigns import ON_ONE, TODAY, Board
from support.cast import Cast
from support.reading import pages_of
from support.settling import Sold

from wizzle.core import ledger
from wizzle.core.answers import Sold as Answer
from wizzle.core.facts import SellerShare, SharesReversed, SharesSettled
from wizzle.core.models import LedgerPosting
from wizzle.core.node import Node
from wizzle.core.testing import FixedClock
from wizzle.core.values import Split, Won
from wizzle.plugins.assembly.corrections.actions import correct
from wizzle.plugins.assembly.payouts.queries import owed
from wizzle.plugins.assembly.settlement.models import Correction
from wizzle.plugins.board.goods import actions, queries
from wizzle.plugins.board.goods.models import Given, Tie
from wizzle.plugins.board.goods.rules import Terms

UNTIL = TODAY + timedelta(days=60)


@dataclass
class Goods:
    """A round of two farms, and a campaign to which some of their goods are tied."""

    board: Board
    sold: Sold
    leek: int
    plum: int
    rice: int
    campaign: int = 0

    @property
    def node(self) -> Node:
        return self.board.node

    def tie(
        self, product_id: int, *, agreed: bool = True, per_unit: int | None = None,
        rate_bp: int | None = None, campaign_id: int | None = None,
    ) -> int:  # fmt: skip
        terms = Terms(TODAY, UNTIL, per_unit, rate_bp)
        hana, erin = self.board.hana, self.erin
        with self.node.db.write() as session:
            made = actions.propose(
                self.node, session, campaign_id or self.campaign, product_id, terms,
                actor_id=hana,
            )  # fmt: skip
            if agreed:
                actions.decide(self.node, session, made.id, agreed=True, actor_id=erin)
            return made.id

    @property
    def erin(self) -> int:
        return self.board.cast.person("erin").id

    def open(self) -> None:
        with self.node.db.write() as session:
            actions.open_goods(self.node, session, self.campaign, actor_id=self.board.hana)

    def correct(self, line_id: int, amount: int, key: str) -> None:
        with self.node.db.write() as session:
            correct(
                self.node, session, line_id, amount, reason="상함", key=key,
                actor_id=self.sold.dana,
            )  # fmt: skip

    def lines(self, product_id: int) -> list[int]:
        return [each.line_id for each in self.sold.settled_lines() if each.product_id == product_id]

    def given(self) -> dict[int, int]:
        with self.node.db.read() as session:
            return dict(session.execute(select(Given.tie_id, Given.won)).all())  # type: ignore[arg-type]

    def standing(self) -> tuple[int, ...]:
        """What stands in the ledger for the group and both farms."""
        farms = (self.sold.balance("producer", "farm"), self.sold.balance("producer", "other_farm"))
        return (self.board.balance(), *farms)


@pytest.fixture
def goods(board: Board, node: Node, cast: Cast, clock: FixedClock) -> Goods:
    """alice and gina have their orders: 3 plum syrups at 990, 2 leeks at 2,300, 1 rice at 5,000."""
    round_ = Sold(node, cast, clock)
    (plum,) = round_.goods("매실청", price=990, tax_class="taxed")
    (leek,) = round_.goods("대파", price=2300)
    (rice,) = round_.goods("쌀", farm="other_farm", price=5000)
    orders = {"alice": {plum: 3, leek: 1}, "gina": {leek: 1, rice: 1}}
    round_.ready(orders, ("farm", "other_farm")).hand_over()
    return Goods(board, round_, leek, plum, rice, board.draft("goods"))


@ON_ONE
def test_it_opens_once_a_seller_has_agreed_and_only_the_seller_agrees(goods: Goods):
    board = goods.board
    hana, erin = board.browser("hana"), board.browser("erin")
    form = {"product": f"/market/{goods.leek}", "per_unit": "200", "from_on": str(TODAY),
            "until_on": str(UNTIL)}  # fmt: skip
    path = f"/campaigns/{goods.campaign}"
    assert hana.post(f"{path}/ties/new", data={**form, "rate_bp": "5"}).status_code == 422
    assert hana.post(f"{path}/ties/new", data={**form, "product": "99999"}).status_code == 422
    assert hana.post(f"{path}/ties/new", data=form).status_code == 302
    hana.post(f"{path}/goods/open")
    assert board.site.test_client().get(path).status_code == 404
    assert hana.post("/ties/1/agree").status_code == 403
    assert board.browser("frank").get("/ties/1").status_code == 403
    assert "200원" in erin.get("/ties/1").text
    assert "겨울 이불을 모아요" in erin.get(f"/spaces/{board.cast.space('farm').slug}").text
    assert erin.post("/ties/1/agree").status_code == 302
    hana.post(f"{path}/goods/open")
    stranger = board.site.test_client()
    assert "대파" in stranger.get(path).text
    assert "하나 팔릴 때마다" in stranger.get(f"/market/{goods.leek}").text
    assert "하나 팔릴 때마다" not in stranger.get(f"/market/{goods.plum}").text


def test_what_was_agreed_cannot_be_changed_or_withdrawn_by_who_asked(goods: Goods):
    tie = goods.tie(goods.leek, per_unit=200)
    assert goods.tie(goods.leek, per_unit=900, agreed=False) == tie
    hana = goods.board.browser("hana")
    hana.post(f"/campaigns/{goods.campaign}/ties/{tie}/withdraw")
    with goods.node.db.read() as session:
        standing = session.get_one(Tie, tie)
        assert (standing.per_unit, standing.state) == (200, "agreed")


def test_what_is_settled_gives_its_part_out_of_the_sellers_share_alone(goods: Goods):
    goods.tie(goods.leek, per_unit=200)
    goods.tie(goods.plum, rate_bp=1000)
    goods.open()
    settlement = goods.sold.settle()
    # 2 leeks at 200 won, and a tenth of 2,970 won
    assert goods.given() == {1: 400, 2: 297}
    producer = settlement.producer
    group, farm, other = goods.standing()
    assert group == 697
    assert farm + other == producer - 697
    with goods.node.db.read() as session:
        assert sum(tie.given for tie in queries.ties_of(session, goods.campaign)) == 697
        subjects = session.scalars(
            select(LedgerPosting.subject).where(LedgerPosting.key.startswith("share:"))
        ).all()
    assert set(subjects) == {f"campaign:{goods.campaign}"}
    page = goods.board.site.test_client().get(f"/campaigns/{goods.campaign}").text
    assert "697원" in page


@ON_ONE
def test_the_statement_says_what_was_given_on_and_payouts_pay_the_rest(goods: Goods):
    goods.tie(goods.leek, per_unit=200)
    goods.open()
    goods.sold.settle()
    farm = goods.board.cast.space("farm").id
    path = f"/rounds/{goods.sold.id}/statements/{farm}"
    erin = goods.board.browser("erin")
    assert "보태기로 약속한 돈" in erin.get(path).text
    assert "보탠 돈" in "".join(pages_of(erin.get(f"{path}.pdf").data))
    with goods.node.db.read() as session:
        owes = {each.account: each.amount for each in owed(session)}
    assert owes[f"producer:{farm}"] == goods.sold.balance("producer", "farm")


def test_without_an_agreement_or_outside_its_days_nothing_is_given(goods: Goods):
    goods.tie(goods.plum, per_unit=10)
    goods.tie(goods.leek, per_unit=200, agreed=False)
    goods.open()
    ended = goods.tie(goods.rice, per_unit=100)
    with goods.node.db.write() as session:
        actions.end(goods.node, session, ended, actor_id=goods.erin)
        session.get_one(Tie, 1).from_on = TODAY + timedelta(days=30)
    goods.sold.settle()
    assert goods.given() == {}
    assert goods.board.balance() == 0


def test_more_than_the_sellers_share_is_never_given(goods: Goods):
    other = goods.board.draft("goods")
    goods.tie(goods.rice, per_unit=4_000)
    goods.open()
    goods.tie(goods.rice, rate_bp=9_000, campaign_id=other)
    with goods.node.db.write() as session:
        actions.open_goods(goods.node, session, other, actor_id=goods.board.hana)
    goods.sold.settle()
    (line,) = (each for each in goods.sold.settled_lines() if each.product_id == goods.rice)
    assert goods.given() == {1: 4_000, 2: line.producer - 4_000}
    assert goods.sold.balance("producer", "other_farm") == 0


def test_the_order_of_corrections_does_not_matter(goods: Goods, clock: FixedClock):
    """Two rounds alike, corrected in two orders, and once more by a fact that comes twice."""
    goods.tie(goods.leek, per_unit=200)
    goods.tie(goods.plum, rate_bp=1234)
    goods.open()
    goods.sold.settle()
    alice_leek, gina_leek = goods.lines(goods.leek)
    (plums,) = goods.lines(goods.plum)
    steps = [(alice_leek, 2300), (gina_leek, 700), (plums, 991), (gina_leek, 300), (plums, 500)]
    first = random.Random(7).sample(steps, len(steps))
    for number, (line, amount) in enumerate(first):
        goods.correct(line, amount, f"c{number}")
        total = sum(goods.given().values())
        assert goods.board.balance() == total
    # one leek of two still counts as sold; 2,970 - 1,491 won of the syrup stand
    assert goods.given() == {1: 200, 2: (1479 * 1234 + 5000) // 10_000}
    group, farm, _other = goods.standing()
    with goods.node.db.read() as session:
        answer = goods.node.hooks.sold(
            node=goods.node, session=session, occasion=goods.sold.occasion,
            product_ids=frozenset({goods.leek, goods.plum}),
        )  # fmt: skip
        assert {each.product_id: (each.units, each.paid) for each in answer} == {
            goods.leek: (1, 1300), goods.plum: (2, 1479),
        }  # fmt: skip
    settled = sum(
        each.producer for each in goods.sold.settled_lines() if each.product_id != goods.rice
    )
    assert farm + group < settled
    assert group + farm == sum_of_shares(goods, farm_lines=(alice_leek, gina_leek, plums))


def sum_of_shares(goods: Goods, farm_lines: tuple[int, ...]) -> int:
    """What the farm's lines gave it, less what corrections took out of its share."""
    with goods.node.db.read() as session:
        back = sum(
            session.scalars(select(Correction.producer).where(Correction.line_id.in_(farm_lines)))
        )
    given = [each.producer for each in goods.sold.settled_lines() if each.line_id in farm_lines]
    return sum(given) - back


@pytest.mark.parametrize("seed", range(3))
def test_facts_in_any_order_and_told_twice_come_to_the_same(
    sqlite_node: Node, clock: FixedClock, seed: int, monkeypatch: pytest.MonkeyPatch
):
    """A made-up market: shares are a function of what stands, whatever came before."""
    chance = random.Random(seed)
    node = sqlite_node
    cast = Cast(node)
    board = Board(node, cast, lambda: None)  # type: ignore[arg-type,return-value]
    goods = Goods(board, Sold(node, cast, clock), 0, 0, 0, board.draft("goods"))
    products = [goods.sold.goods(f"물건{number}", price=1000)[0] for number in range(3)]
    for product in products[:2]:
        goods.tie(product, per_unit=chance.randint(50, 400))
    goods.tie(products[2], rate_bp=chance.randint(100, 9_000))
    goods.open()
    farm = cast.space("farm").id
    stands = {product: [chance.randint(1, 30), 0] for product in products}
    for each in stands.values():
        each[1] = each[0] * 1000
    monkeypatch.setattr(node.hooks, "sold", lambda **_: answer(stands, farm))
    share = sum(paid for _, paid in stands.values()) * 85 // 100
    with node.db.write() as session:
        ledger.post(session, [ledger.Draft("s", "cycle:1", "", (("held", share),
                    (f"producer:{farm}", -share)))], clock.now())  # fmt: skip
        for _ in range(2):
            actions.settled(node, session, settled(farm, share, clock))
    left = share
    for number in range(12):
        product = chance.choice(products)
        back = chance.randint(0, stands[product][1])
        stands[product][1] -= back
        stands[product][0] = -(-stands[product][1] // 1000)
        taken = back * 85 // 100
        if not taken:
            continue
        left -= taken
        with node.db.write() as session:
            for _ in range(2):
                actions.reversed_(node, session, reversal(farm, taken, number, clock))
        expected = expect(goods, stands, left)
        assert goods.given() == expected
        assert board.balance() == sum(expected.values()) <= max(0, left)


def answer(stands: dict[int, list[int]], farm: int) -> list[object]:
    return [Answer(product, farm, units, Won(paid)) for product, (units, paid) in stands.items()]


def settled(farm: int, share: int, clock: FixedClock) -> SharesSettled:
    seller = SellerShare(farm, "농장", Split(Won(share), Won(0), Won(0)), "settled:1:1")
    return SharesSettled("cycle:1", "회차", 1, "거점", (seller,), clock.now())


def reversal(farm: int, taken: int, number: int, clock: FixedClock) -> SharesReversed:
    split = Split(Won(taken), Won(0), Won(0))
    return SharesReversed(
        "cycle:1", "회차", 1, farm, "농장", split, f"corrected:{number}", clock.now()
    )


def expect(goods: Goods, stands: dict[int, list[int]], left: int) -> dict[int, int]:
    found, rest = {}, max(0, left)
    with goods.node.db.read() as session:
        for tie in session.scalars(select(Tie).order_by(Tie.id)):
            units, paid = stands[tie.product_id]
            asked = tie.per_unit * units if tie.per_unit else (paid * tie.rate_bp + 5000) // 10_000
            found[tie.id] = min(asked, rest)
            rest -= found[tie.id]
    return found
