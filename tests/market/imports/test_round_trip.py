"""A seller's goods as a file that is read in again: nothing is lost and nothing changes."""

from __future__ import annotations

import io
from datetime import date

import pytest
from sqlalchemy import select

from wizzle.plugins.market import Product
from wizzle.plugins.market.accounts.models import Container
from wizzle.plugins.market.catalog.actions import Draft, Hand, add_product
from wizzle.plugins.market.imports import queries
from wizzle.plugins.market.imports.actions import import_products, undo_import
from wizzle.plugins.market.imports.tables import read_table

PAGE = "/spaces/farm/goods"


@pytest.fixture
def shelf(node, cast):
    """Goods of every sort on the shelves of erin's farm."""
    farm, hand = cast.space("farm").id, Hand(node.clock.now(), None, sets_price=True)
    with node.db.write() as session:
        box = Container(name="유리병", deposit=500)
        session.add(box)
        session.flush()
        drafts = [
            Draft("감자", "mass/1500g", "1.5kg", 7_500, "채소", "- 포슬포슬해요.\n\n쪄 드세요.",
                  origin="완주"),
            Draft("사과", "box/5000g", "1박스(5kg)", 37_000, "과일", origin="거창", variant="대"),
            Draft("사과", "box/5000g", "1박스(5kg)", 29_000, "과일", origin="거창", variant="소"),
            Draft("+신선 토종닭", "animal", "마리", 12_900, "축산물", origin="아산", storage="냉장",
                  sold_by="weight", expected_g=1_250, allergens="chicken"),
            Draft("식빵", "bag/400g", "봉 400g", 5_500, "빵", tax_class="taxed", origin="국산 밀",
                  storage="그늘", allergens="egg,milk,wheat", minimum=2, step=2,
                  certification="organic_processed", certificate_number="12-3 가",
                  certificate_until=date(2028, 2, 29), container_id=box.id),
        ]  # fmt: skip
        for index, draft in enumerate(drafts):
            add_product(session, farm, draft, stock=None if index % 2 else index, hand=hand)
    return farm


def goods(node):
    with node.db.read() as session:
        rows = session.execute(select(Product.__table__).order_by(Product.id)).all()
        return [{**row._mapping, "updated_at": None} for row in rows]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods"])
def test_what_was_downloaded_is_read_in_again_unchanged(as_, node, shelf, ending, language):
    erin = as_("erin")
    file = erin.get(f"{PAGE}.{ending}", headers={"Accept-Language": language})
    assert file.status_code == 200
    before = goods(node)
    report = erin.post(
        f"{PAGE}/import",
        data={"file": (io.BytesIO(file.data), f"goods.{ending}"), "confirmed": "true"},
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    assert report.status_code == 200
    with node.db.read() as session:
        [done] = queries.imports(session)
        assert done.counts["unchanged"] == len(before) == 5, done.counts
    assert goods(node) == before


def test_only_the_seller_takes_the_list_along(as_, shelf):
    assert as_("alice").get(f"{PAGE}.csv").status_code == 403
    assert as_("erin").get(f"{PAGE}.pdf").status_code == 404


def take(node, text):
    with node.db.write() as session:
        sellers = queries.known_producers(session)
        hand = Hand(node.clock.now(), None, sets_price=True)
        return import_products(
            session,
            read_table(text.encode(), "a.csv"),
            sellers=sellers,
            file_name="a.csv",
            hand=hand,
        )


HEAD = "상품,단위,가격,과세,원산지,옵션,판매방식,예상무게,알레르기,인증,인증번호,인증기한,용기\n"


def test_rows_bring_families_weights_labels_and_containers(node, shelf):
    done = take(
        node,
        HEAD
        + "배,상자,3만원,면세,나주,선물용,,,,,,,\n"
        + "배,상자,2만원,면세,나주,가정용,,,,,,,\n"
        + "오리,마리,9900원/kg,면세,나주,,,2kg,,무항생제,77,2028.1.2,유리병\n",
    )
    assert [str(row.outcome) for row in done.report.rows] == ["made"] * 3
    gift, home, duck = goods(node)[-3:]
    assert gift["family_id"] == home["family_id"] == gift["id"]
    assert (duck["sold_by"], duck["expected_g"], duck["price"]) == ("weight", 2_000, 9_900)
    assert (duck["certification"], duck["certificate_until"]) == (
        "antibiotic_free",
        date(2028, 1, 2),
    )
    assert duck["container_id"] == 1


@pytest.mark.parametrize(
    "row",
    [
        "오리,마리,9900,면세,나주,,무게,,,,,,",  # no weight
        "오리,1kg,9900,면세,나주,,무게,2kg,,,,,",  # an amount, not a piece
        "오리,마리,9900,면세,나주,,,,,유기농,,,",  # no number, no end
        "오리,마리,9900,면세,나주,,,,고수,,,,",  # no such allergen
        "오리,마리,9900,면세,나주,,,,,,,,나무통",  # no such container
    ],
)
def test_a_row_that_says_half_is_refused_with_the_reason(node, shelf, row):
    [outcome] = take(node, HEAD + row + "\n").report.rows
    assert str(outcome.outcome) == "refused"
    assert outcome.reasons


def test_a_change_of_labels_is_taken_back(node, shelf):
    before = goods(node)
    done = take(
        node,
        HEAD + "식빵,봉 400g,5500,과세,국산 밀,,,,없음,없음,,,없음\n"
        "+신선 토종닭,마리,12900,면세,아산,,,1.5kg,,,,,\n",
    )
    assert [str(row.outcome) for row in done.report.rows] == ["changed", "changed"]
    bread = goods(node)[-1]
    assert (bread["allergens"], bread["certification"], bread["container_id"]) == ("", "", None)
    assert bread["certificate_until"] is None
    with node.db.write() as session:
        undo_import(session, done.id, hand=Hand(node.clock.now(), None, sets_price=True))
    same = [{**row, "version": 0} for row in goods(node)]
    assert same == [{**row, "version": 0} for row in before]
