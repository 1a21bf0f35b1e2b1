"""The example content: two groups with a campaign of each kind, and neighbours who take part."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import members
from .....core.answers import Thing
from .....core.donations import Notice
from .....core.models import Person, Space
from .....core.node import Node
from .....core.values import Viewer
from ...campaigns import actions as campaigns
from ...campaigns.models import Campaign
from ...campaigns.rules import DONATION, GOODS, Plan
from ...giving import actions as giving
from ...giving.actions.accounting import Use
from ...giving.rules import NAMED, QUIET
from ..rules import Terms
from .tying import decide, open_goods, propose

FILE = Path(__file__).parents[2] / "data" / "campaigns.toml"
_PLAIN = ("kind", "title", "summary", "receiver", "goal", "bring")
_FEW = 80
"""So many products are looked at, to find some whose sellers are here."""


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def load(node: Node, session: Session) -> None:
    """Make the example's groups and campaigns; those that stand already stay as they are."""
    actor = _person(session, "steward") or session.scalars(select(Person).limit(1)).first()
    if actor is None:
        return
    groups = {said["key"]: _group(node, session, said) for said in _data()["group"]}
    for said in _data()["campaign"]:
        _campaign(node, session, said, groups[said["group"]], actor.id)


def _person(session: Session, key: str) -> Person | None:
    return members.find_person(session, f"{key}@gangbuk.example")


def _group(node: Node, session: Session, said: Mapping[str, Any]) -> Space:
    named = (Space.kind == "organisation", Space.name == said["name"])
    found = session.scalars(select(Space).where(*named)).first()
    if found is not None:
        return found
    here = node.settings.node
    made = members.make_space(
        session, kind="organisation", name=said["name"], at=node.clock.now(),
        intro=said["introduction"], representative=said["representative"], phone=said["phone"],
        province=here.province, county=here.county,
    )  # fmt: skip
    runs = _person(session, "resident")
    if runs is not None:
        members.grant(session, runs.id, "owner", made.id, at=node.clock.now())
    return made


def _campaign(
    node: Node, session: Session, said: Mapping[str, Any], group: Space, actor_id: int
) -> None:
    key = f"example:{said['key']}"
    of_it = (Campaign.space_id == group.id, Campaign.key == key)
    if session.scalars(select(Campaign.id).where(*of_it)).first() is not None:
        return
    today = campaigns.today(node)
    plan = {name: said[name] for name in _PLAIN if name in said and said["kind"] != DONATION}
    made = campaigns.make(
        node, session, group.id,
        Plan(**{**plan, "kind": said["kind"], "title": said["title"], "summary": said["summary"],
                "story": said["story"].strip(),
                "ends_on": today + timedelta(days=said["days"]) if "days" in said else None}),
        key=key, actor_id=actor_id,
    )  # fmt: skip
    if said["kind"] == DONATION:
        _donation(node, session, said, made, group, actor_id)
    elif said["kind"] == GOODS:
        _goods(node, session, said, made, actor_id)
    else:
        _plain(node, session, said, made, actor_id)
    for news in said.get("news", ()):
        campaigns.tell_news(node, session, made.id, key=news["title"][:60], actor_id=actor_id,
                            **news)  # fmt: skip


def _plain(
    node: Node, session: Session, said: Mapping[str, Any], made: Campaign, actor_id: int
) -> None:
    campaigns.open_campaign(node, session, made.id, actor_id=actor_id)
    for place, key in enumerate(said.get("signers", ())):
        person = _person(session, key)
        if person is not None:
            viewer = Viewer(person.id, person.name, person.email, person.language)
            campaigns.sign(node, session, made.id, viewer, shown=place % 2 == 0, handed_on=True)
    _asks(node, session, said, made.id, actor_id)
    for need in said.get("need", ()):
        _need(node, session, need, made.id, actor_id)


def _asks(
    node: Node, session: Session, said: Mapping[str, Any], campaign_id: int, actor_id: int
) -> None:
    today = campaigns.today(node)
    for each in said.get("ask", ()):
        asked = campaigns.ask(
            node, session, campaign_id, addressee=each["addressee"], actor_id=actor_id,
            sent_on=today + timedelta(days=each["sent"]),
            answer_by=today + timedelta(days=each["by"]),
        )  # fmt: skip
        if each.get("read"):
            campaigns.mark_read(node, session, campaign_id, asked.id, actor_id=actor_id)
        if "answered" in each:
            campaigns.note_answer(
                node, session, campaign_id, asked.id, stance=each["stance"],
                answered_on=today + timedelta(days=each["answered"]), answer=each["answer"],
                actor_id=actor_id,
            )  # fmt: skip


def _need(
    node: Node, session: Session, said: Mapping[str, Any], campaign_id: int, actor_id: int
) -> None:
    need = campaigns.add_need(
        node, session, campaign_id, name=said["name"], wanted=said["wanted"], actor_id=actor_id
    )
    for key, quantity in said["pledges"].items():
        person = _person(session, key)
        if person is None:
            continue
        pledge = campaigns.pledge(
            node, session, campaign_id, need.id, quantity, person_id=person.id
        )
        if key in said["came"]:
            campaigns.tick(node, session, campaign_id, pledge.id, received=True, actor_id=actor_id)


def _donation(
    node: Node, session: Session, said: Mapping[str, Any], made: Campaign, group: Space,
    actor_id: int,
) -> None:  # fmt: skip
    giving.write_notice(node, session, made.id, _notice(node, said, group), actor_id=actor_id)
    giving.open_appeal(node, session, made.id, actor_id=actor_id)
    for key, amount in {**said["gifts"], **said["waiting"]}.items():
        person = _person(session, key)
        if person is None:
            continue
        way = NAMED if key in said["shown"] else QUIET
        wish = giving.Wish(amount, way, True, f"example:{key}", person.name, person_id=person.id)
        gift = giving.promise(node, session, made.id, wish)
        if key in said["gifts"]:
            giving.arrive(node, session, made.id, gift.id, actor_id=actor_id)
            _spend(node, session, said, made.id, actor_id)
    if "result" in said:
        campaigns.close(node, session, made.id, actor_id=actor_id)
        giving.publish_result(node, session, made.id, said["result"].strip(), actor_id=actor_id)


def _notice(node: Node, said: Mapping[str, Any], group: Space) -> Notice:
    today = campaigns.today(node)
    return Notice(
        organiser=group.name, contact=group.phone, representative=group.representative,
        purpose=said["summary"], tax_benefit=False, cost_bp=said["cost"],
        results="이 페이지의 결과 보고", goal=said["goal"],
        collect_from=today - timedelta(days=12),
        collect_until=today + timedelta(days=said["collect"]),
        use_from=today - timedelta(days=12), use_until=today + timedelta(days=said["use"]),
        account=f"예시은행 000-00-0000 ({group.name})",
    )  # fmt: skip


def _spend(
    node: Node, session: Session, said: Mapping[str, Any], campaign_id: int, actor_id: int
) -> None:
    """Note what was spent, as soon as so much has come."""
    for place, each in enumerate(said.get("spending", ())):
        if giving.left(session, campaign_id) < each["amount"]:
            continue
        day = campaigns.today(node) - timedelta(days=each["ago"])
        use = Use(day, each["amount"], each["purpose"], each["evidence"])
        giving.spend(node, session, campaign_id, use, key=f"example:{place}", actor_id=actor_id)


def _goods(
    node: Node, session: Session, said: Mapping[str, Any], made: Campaign, actor_id: int
) -> None:
    today = campaigns.today(node)
    products = _products(node, session, len(said["tie"]))
    for share, (product_id, product) in zip(said["tie"], products.items(), strict=False):
        until = today + timedelta(days=said["days"])
        terms = Terms(today, until, share.get("per_unit"), share.get("rate"))
        tie = propose(node, session, made.id, product_id, terms, actor_id=actor_id)
        seller = min(product.people, default=actor_id)
        decide(node, session, tie.id, agreed=True, actor_id=seller)
    if products:
        open_goods(node, session, made.id, actor_id=actor_id)


def _products(node: Node, session: Session, wanted: int) -> dict[int, Thing]:
    """Return some products of sellers who are at home here, each of another one."""
    producer = _person(session, "producer")
    found: dict[int, Thing] = {}
    for number in range(1, _FEW):
        product = node.hooks.thing(node=node, session=session, subject=f"product:{number}")
        if product is None or not product.people:
            continue
        seller = session.get(Space, product.space_id or 0)
        known = [each.space_id for each in found.values()]
        if seller is None or seller.home or seller.closed_at is not None or seller.id in known:
            continue
        found[number] = product
    # The one whose account the example names comes first, so that its page can be looked at.
    first = sorted(found, key=lambda number: not (producer and producer.id in found[number].people))
    return {number: found[number] for number in first[:wanted]}
