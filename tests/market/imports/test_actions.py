"""Files that are taken in and taken back, as they are and as people spoil them."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

import wizzle
from wizzle.core.members import grant
from wizzle.core.models import AuditRecord, Space
from wizzle.plugins.market import Item, Product, place_order
from wizzle.plugins.market.accounts.models import Container
from wizzle.plugins.market.catalog.actions import Hand
from wizzle.plugins.market.imports import queries
from wizzle.plugins.market.imports.actions import import_producers, import_products, undo_import
from wizzle.plugins.market.imports.models import Import, ImportRow
from wizzle.plugins.market.imports.tables import read_table

DATA = Path(wizzle.__file__).parent / "plugins" / "market" / "data"
HEAD = ["생산자", "상품명", "규격", "가격", "과세", "원산지", "재고"]


def table(*rows, head=HEAD):
    written = io.StringIO()
    csv.writer(written).writerows([head, *rows])
    return read_table(written.getvalue().encode(), "goods.csv")


@pytest.fixture
def hand(node):
    return Hand(node.clock.now(), None, sets_price=True)


@pytest.fixture
def take(node, hand):
    """Take in a table of goods, or of producers, and return what became of it."""

    def products(found, *, by=hand, dry=False):
        with node.db.write() as session:
            sellers = queries.known_sellers(session)
            done = import_products(session, found, sellers=sellers, file_name="goods.csv", hand=by)
            if dry:
                session.rollback()
        return done

    return products


@pytest.fixture
def producers(node, hand):
    def take(found):
        with node.db.write() as session:
            return import_producers(session, found, file_name="producers.tsv", hand=hand)

    return take


@pytest.fixture
def undo(node, hand):
    def take_back(number):
        with node.db.write() as session:
            return undo_import(session, number, hand=hand)

    return take_back


def count(node, model):
    with node.db.read() as session:
        return session.scalar(select(func.count()).select_from(model))


def goods(node):
    with node.db.read() as session:
        rows = session.execute(select(Product.name, Product.price, Product.stock, Product.listed))
        return {row.name: (row.price, row.stock, row.listed) for row in rows}


def outcomes(done):
    return [str(row.outcome) for row in done.report.rows]


def test_the_seeds_own_table_of_producers(node, producers):
    done = producers(read_table(DATA / "producers.tsv"))
    assert done.report.counts == {
        "made": 31, "changed": 0, "unchanged": 0, "repeated": 2, "refused": 0, "incomplete": 1,
    }  # fmt: skip
    repeated = [row for row in done.report.rows if row.outcome == "repeated"]
    assert [(row.line, row.first_line) for row in repeated] == [(23, 22), (31, 19)]
    with node.db.read() as session:
        incomplete = session.scalars(select(Space.name).where(Space.incomplete)).all()
        slugs = session.scalars(select(Space.slug)).all()
    assert incomplete == ["논산 탐정호 휴양마을 협동조합"]
    assert len(set(slugs)) == 31
    assert [row.line for row in done.report.rows] == list(range(2, 35))


def test_taken_in_again_nothing_changes(node, producers):
    producers(read_table(DATA / "producers.tsv"))
    again = producers(read_table(DATA / "producers.tsv"))
    assert again.report.counts["unchanged"] == 31
    assert again.report.counts["repeated"] == 2
    assert count(node, Space) == 31


def test_the_packaged_catalogue_and_again(node, producers, take):
    producers(read_table(DATA / "producers.tsv"))
    with node.db.write() as session:
        session.add_all(
            [Container(name="유리병", deposit=500), Container(name="과일 상자", deposit=3000)]
        )
    first = take(read_table(DATA / "catalogue.csv"))
    assert first.report.counts["made"] >= 120
    assert first.report.counts["refused"] == first.report.counts["repeated"] == 0
    again = take(read_table(DATA / "catalogue.csv"))
    assert set(outcomes(again)) == {"unchanged"}
    assert count(node, Product) == first.report.counts["made"]


def test_every_row_ends_in_one_of_five_ways_and_a_bad_one_loses_no_other(node, cast, take):
    cast.space("farm")
    done = take(
        table(
            ["완주로컬푸드협동조합", "감자", "1kg", "3,000원", "면세", "완주", "30"],
            ["없는농장", "당근", "1kg", "3,000원", "면세", "완주", "30"],
            ["완주로컬푸드협동조합", "양파", "1kg", "비쌈", "면세", "완주", ""],
            ["완주로컬푸드협동조합", "감자", "1kg", "3,000원", "면세", "완주", "30"],
            ["완주로컬푸드협동조합", "감자", "1kg", "9,000원", "면세", "완주", "30"],
            ["완주로컬푸드협동조합", "두부", "한 모", "2천5백원", "과세", "국산", "수시"],
        )
    )
    assert outcomes(done) == ["made", "refused", "refused", "repeated", "refused", "made"]
    assert all(row.reasons for row in done.report.rows if row.outcome in ("refused", "repeated"))
    assert goods(node) == {"감자": (3000, 30, True), "두부": (2500, None, True)}
    with node.db.read() as session:
        kept = session.scalars(
            select(ImportRow.outcome).where(ImportRow.import_id == done.id).order_by(ImportRow.line)
        )
        assert kept.all() == outcomes(done)


def test_a_dry_run_does_the_same_and_leaves_nothing(node, cast, take):
    cast.space("farm")
    found = table(["완주로컬푸드협동조합", "감자", "1kg", "3,000원", "면세", "완주", "30"])
    before = [count(node, model) for model in (Product, Import, ImportRow, AuditRecord)]
    dry = take(found, dry=True)
    assert [count(node, model) for model in (Product, Import, ImportRow, AuditRecord)] == before
    assert dry.report == take(found).report


def test_prices_change_with_the_sellers_own_list_and_are_written_down(node, cast, take):
    cast.space("farm")
    row = ["완주로컬푸드협동조합", "감자", "1kg", "3,000원", "면세", "완주", "30"]
    take(table(row))
    changed = take(table([*row[:3], "3,500원", *row[4:6], "12"]))
    assert outcomes(changed) == ["changed"]
    assert goods(node) == {"감자": (3500, 12, True)}
    with node.db.read() as session:
        told = session.scalars(
            select(AuditRecord.details)
            .where(AuditRecord.subject_kind == "product")
            .order_by(AuditRecord.id)
        ).all()
    assert told[-1] == {"price": [3000, 3500], "stock": [30, 12]}


def test_a_steward_does_not_change_a_price_through_a_file(node, cast, take):
    cast.space("farm")
    row = ["완주로컬푸드협동조합", "감자", "1kg", "3,000원", "면세", "완주", "30"]
    take(table(row))
    bobs = Hand(node.clock.now(), cast.person("bob").id, sets_price=False)
    done = take(table([*row[:3], "2,000원", *row[4:]], [row[0], "배추", *row[2:]]), by=bobs)
    assert outcomes(done) == ["refused", "made"]
    assert goods(node)["감자"] == (3000, 30, True)


def test_an_empty_cell_clears_nothing(node, cast, take):
    cast.space("farm")
    row = ["완주로컬푸드협동조합", "감자", "1kg", "3,000원", "면세", "완주", "30"]
    take(table(row))
    assert outcomes(take(table([*row[:4], "", "", ""]))) == ["unchanged"]
    assert goods(node) == {"감자": (3000, 30, True)}


def test_a_row_may_complete_the_one_that_it_repeats(node, cast, take):
    cast.space("farm")
    row = ["완주로컬푸드협동조합", "감자", "1kg", "3,000원", "면세", "", "30"]
    done = take(table(row, [*row[:5], "완주", "30"]))
    assert outcomes(done) == ["made", "changed"]
    with node.db.read() as session:
        assert session.scalar(select(Product.origin)) == "완주"


def test_undone_what_was_made_goes(node, producers, undo):
    done = producers(read_table(DATA / "producers.tsv"))
    undone = undo(done.id)
    assert undone.counts == {"removed": 31, "restored": 0, "taken_off": 0, "kept": 0}
    assert count(node, Space) == 0
    assert producers(read_table(DATA / "producers.tsv")).report.counts["made"] == 31


def test_undone_what_was_changed_is_as_before(node, cast, take, undo):
    cast.space("farm")
    row = ["완주로컬푸드협동조합", "감자", "1kg", "3,000원", "면세", "완주", "30"]
    take(table(row))
    done = take(table([*row[:3], "3,500원", *row[4:6], "12"]))
    assert undo(done.id).counts["restored"] == 1
    assert goods(node) == {"감자": (3000, 30, True)}


def test_what_was_changed_since_stays_and_is_named(node, cast, take, undo):
    cast.space("farm")
    row = ["완주로컬푸드협동조합", "감자", "1kg", "3,000원", "면세", "완주", "30"]
    take(table(row))
    done = take(table([*row[:3], "3,500원", *row[4:6], "12"]))
    with node.db.write() as session:
        session.execute(update(Product).values(stock=9))
    [told] = undo(done.id).rows
    assert told.outcome == "restored"
    assert "stock" in str(told.reason)
    assert goods(node) == {"감자": (3000, 9, True)}


def test_what_was_ordered_is_taken_off_the_list_and_not_removed(node, cast, take, undo):
    shop = cast.space("shop")
    row = ["수유 책방", "엽서", "한 장", "1,500원", "과세", "국산", "30"]
    done = take(table(row, *([row[0], f"공책 {n}", *row[2:]] for n in range(9))))
    alice = cast.viewer("alice")
    with node.db.write() as session:
        ordered = session.scalar(select(Product.id).where(Product.name == "엽서"))
        place_order(
            node, session, alice, occasion=f"shop:{shop.id}",
            items=[Item(ordered, 1)], key="k",
        )  # fmt: skip
    undone = undo(done.id)
    assert undone.counts == {"removed": 9, "restored": 0, "taken_off": 1, "kept": 0}
    assert undone.rows[0].outcome == "taken_off"
    assert undone.rows[0].reason
    assert goods(node) == {"엽서": (1500, 29, False)}


def test_a_producer_with_people_or_goods_stays_and_is_said(node, cast, producers, undo):
    done = producers(read_table(DATA / "producers.tsv"))
    erin = cast.person("erin")  # runs a producer of this name
    with node.db.write() as session:
        space_id = session.scalar(select(Space.id).where(Space.name == "진주텃밭"))
        grant(session, erin.id, "owner", space_id, at=node.clock.now())
    undone = undo(done.id)
    kept = [row.name for row in undone.rows if row.outcome == "kept"]
    assert "진주텃밭" in kept
    assert len(kept) == 2
    assert all(row.reason for row in undone.rows if row.outcome == "kept")


def test_an_import_is_undone_once(node, cast, take, undo):
    from wizzle.core.errors import NotFound, Refused

    cast.space("farm")
    row = ["완주로컬푸드협동조합", "감자", "1kg", "3,000원", "면세", "완주", "30"]
    done = take(table(row))
    undo(done.id)
    with pytest.raises(Refused):
        undo(done.id)
    with pytest.raises(NotFound):
        undo(99)


def test_ten_thousand_rows_are_taken_in_and_back_in_bounded_time(node, cast, take, undo):
    cast.space("farm")
    row = ["완주로컬푸드협동조합", "", "1kg", "3,000원", "면세", "완주", "30"]
    found = table(*([row[0], f"채소 {number}", *row[2:]] for number in range(10_000)))
    started = time.process_time()
    done = take(found)
    assert done.report.counts["made"] == 10_000
    assert take(found).report.counts["unchanged"] == 10_000
    assert undo(done.id).counts["removed"] == 10_000
    assert time.process_time() - started < 30
    assert count(node, Product) == 0
