"""Every page of a node that holds the example: its address, and who sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from wizzle.core.models import LedgerEntry, LedgerPosting, Person, Space
from wizzle.core.node import Node
from wizzle.plugins.board.organisations.models import Report
from wizzle.plugins.fund.carrying.models import CarryingReport, Milestone, Undertaking
from wizzle.plugins.fund.loans.models import Guarantor
from wizzle.plugins.fund.reports.queries.periods import this_month
from wizzle.plugins.locality.directory.models import Listing
from wizzle.plugins.locality.introduction.queries import published
from wizzle.plugins.locality.network.rules.calls import code_of
from wizzle.plugins.market import Order, Product

from .asking import Visitor

ALL = ("market", "assembly", "fund", "federation", "trade", "locality", "board", "feed")
ROLES = ("stranger", "resident", "producer", "activist", "steward")
HUB = {"slug": "hub"}
"""Addresses of hubs call ``slug`` what addresses of other spaces call so too."""
ROUNDS = ("2", "1")
"""The round of the example that takes orders, and the one that is settled."""
CAMPAIGNS = ("1", "2", "3", "4", "6")
"""A campaign of each kind: petition, question, things, donation, goods."""
VOTES = ("1", "2", "1", "1", "1")
"""A vote that was counted and one that runs, beside those campaigns."""

DRIVES = ("3", "1", "2", "4", "3")
"""A drive of each state, beside those campaigns: open, carried out, failed, proposed."""
NAME = re.compile(r"<(?:[^:>]*:)?(\w+)>")


def load_example(node: Node) -> None:
    """Fill a node with the example, as ``wizzle examples`` does."""
    steps = node.host.collect("example_steps", node=node)
    for step in sorted(steps, key=lambda each: each.order):
        with node.db.write() as session:
            step.load(node, session)


def gets(site: Flask) -> list[Rule]:
    return [rule for rule in site.url_map.iter_rules() if "GET" in (rule.methods or ())]


def known(node: Node) -> dict[str, str]:
    """Return values that lead to something, by the name that addresses give them."""
    with node.db.read() as session:
        order = session.scalars(select(Order).where(Order.state == "placed").limit(1)).one()
        farm = session.scalars(select(Space).where(Space.name == "완주로컬푸드협동조합")).one()
        hub = session.scalars(select(Space).where(Space.name == "수유 마을부엌 거점")).one()
        curator = _curator(session)
        goods = session.scalars(select(Product.id).where(Product.seller_id == farm.id)).first()
        return {"slug": farm.slug, "hub": hub.slug, "uid": order.uid, "order_id": str(order.id),
                "event_id": "1", "news_id": "3", "occurrence_id": "1",
                "cycle_id": ROUNDS[0], "seller_id": str(farm.id), "product_id": str(goods),
                "whose": "hub", "province": "jeonbuk",
                "application": code_of(node.settings.secret, 1),
                "post_id": "2", "handle": "haneul", "tag": "감자", "circle_id": "1",
                "kind_id": "2", "due_id": "3", "member_id": "1", "deposit_id": "1", "file_id": "1",
                "collection_id": "1", "curator_id": curator,
                "programme_id": "3", "proposal_id": "5", "question_id": "1", **_of_board(session),
                **_of_locality(session), **_of_fund(session),
                **_of_books(node, session), **_of_loans(session)}  # fmt: skip


def _of_books(node: Node, session: Session) -> dict[str, str]:
    """Return an area of the fund, an entry that was booked by hand, and this month."""
    entry = session.scalars(
        select(LedgerEntry.id)
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .where(LedgerPosting.key == "fund:booked:example:0")
        .order_by(LedgerEntry.id.desc())
    ).first()
    month = this_month(node)
    return {"area_id": "3", "entry_id": str(entry), "period": str(month),
            "month": str(month % 100)}  # fmt: skip


def _of_board(session: Session) -> dict[str, str]:
    """Return an organisation of the example, and the year on which it reports."""
    row = session.execute(
        select(Space.slug, Report.year, Report.kind)
        .join(Report, Report.space_id == Space.id)
        .where(Report.kind == "report")
        .limit(1)
    ).one()
    return {"organisation": row.slug, "year": str(row.year), "which": row.kind}


def _of_fund(session: Session) -> dict[str, str]:
    """Return a project of the example with what its leader still has to do, and a claim."""
    row = session.execute(
        select(Milestone.earmark_id, Milestone.id)
        .join(Undertaking, Undertaking.earmark_id == Milestone.earmark_id)
        .where(Undertaking.title == "골목 벤치", Milestone.position == 2)
    ).one()
    report = session.scalars(
        select(CarryingReport.id)
        .where(CarryingReport.earmark_id == row.earmark_id, CarryingReport.given_at.is_(None))
        .limit(1)
    ).one()
    return {"earmark_id": str(row.earmark_id), "milestone_id": str(row.id),
            "report_id": str(report), "claim_id": "1", "receipt_id": "1", "run_id": "1",
            "how": "ask"}  # fmt: skip


def _curator(session: Session) -> str:
    """Return the number of somebody in the example who lets their page as a curator be seen."""
    found = session.scalars(select(Person.id).where(Person.email == "sol@gangbuk.example"))
    return str(found.one())


def _of_locality(session: Session) -> dict[str, str]:
    """Return an entry of a resident, an edition of the page, and one list of the alliance."""
    listing = session.scalars(select(Listing.id).where(Listing.person_id.is_not(None))).first()
    edition = published(session)
    return {"listing_id": str(listing), "edition_id": str(edition.id if edition else 0),
            "what": "people", "part": "text"}  # fmt: skip


def _of_loans(session: Session) -> dict[str, str]:
    """Return the link of a guarantee that is asked for."""
    code = session.scalars(select(Guarantor.code).where(Guarantor.state == "asked")).first()
    return {"guarantee_code": code or "0"}


def address(rule: Rule, values: Mapping[str, str]) -> str:
    """Return an address that fits the rule; names without a value get 1."""
    if str(rule).startswith("/hubs/"):
        values = {**values, "slug": values["hub"]}
    return NAME.sub(lambda found: quote(values.get(found[1], "1")), str(rule))


@dataclass(frozen=True)
class Stop:
    """A page of the tour and the first kind of visitor that sees it."""

    role: str
    path: str


def stops(node: Node, site: Flask) -> Iterator[Stop]:
    """Yield every page that somebody sees, in the order of who that is and of its address."""
    right = known(node)
    left = sorted(
        {
            address(
                rule,
                {
                    **right,
                    "cycle_id": number,
                    "campaign_id": campaign,
                    "vote_id": vote,
                    "drive_id": drive,
                },
            )
            for rule in gets(site)
            for number in ROUNDS
            for campaign, vote, drive in zip(CAMPAIGNS, VOTES, DRIVES, strict=True)
        }
    )
    for role in ROLES:
        client = Visitor(node, site, role).browser()
        kinds = {path: _kind(client.get(path)) for path in left}
        # What is a file or data for one is so for the next as well, and papers take long to make.
        left = [path for path in left if not kinds[path]]
        yield from (Stop(role, path) for path, kind in kinds.items() if kind == "text/html")


def _kind(answer: TestResponse) -> str:
    """Return what the visitor was given, empty if nothing."""
    return (answer.mimetype or "") if answer.status_code == 200 else ""
