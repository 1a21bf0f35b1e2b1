"""The example content: claims of neighbours, each in another state."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import pictures
from .....core.node import Node
from .....core.paper.typeface import REGULAR
from ...carrying import actions as carrying
from ...carrying import queries as projects
from .. import queries
from ..models import Claim
from ..rules import Account, Wish
from .claiming import hand_in
from .deciding import approve, ask, check
from .paying import make_run, pay

_KEY = "example"


def load_example(node: Node, session: Session) -> None:
    """Make the example's projects and claims; what stands already stays as it is."""
    made = carrying.load_example(node, session)
    for said in carrying.example_data()["claim"]:
        earmark, who = made.get(said["project"]), carrying.example_person(session, said["who"])
        key = f"{_KEY}:{said['key']}"
        standing = select(Claim.id).where(Claim.claimant_id == who, Claim.key == key)
        if earmark is None or who is None or session.scalar(standing) is not None:
            continue
        day = projects.today(node) - timedelta(days=said["days"])
        wish = Wish(earmark.id, said["purpose"], said["amount"], day, said["seller"])
        receipt = pictures.prepare(_receipt(said, day.isoformat()))
        claim = hand_in(
            node, session, wish, Account("새마을금고", "9002-1234-5678-9", "홍길동"), [receipt],
            key=key, claimant_id=who,
        )  # fmt: skip
        _go_on(node, session, claim, said)


def _go_on(node: Node, session: Session, claim: Claim, said: Mapping[str, Any]) -> None:
    """Bring a claim into the state that the example wants: the project's leader looks first."""
    steward, until = carrying.example_person(session, "steward"), said["until"]
    project = projects.undertaking(session, claim.earmark_id)
    if steward is None or project.leader_id is None or until == "handed_in":
        return
    if until == "asked":
        ask(node, session, claim.id, said["why"], actor_id=steward)
        return
    check(node, session, claim.id, said["purpose"], actor_id=project.leader_id)
    if until == "paid":
        approve(node, session, claim.id, actor_id=steward)
        if queries.approved(session) != (1, claim.amount):
            return  # a node on which others claim already
        run = make_run(
            node, session, key=f"{_KEY}:{claim.id}", shown=claim.amount, actor_id=steward
        )
        pay(node, session, run.id, actor_id=steward)


def _receipt(said: Mapping[str, Any], day: str) -> bytes:
    """Return a drawing of a receipt: the example brings no photographs."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (600, 760), "#8f8577")
    pen = ImageDraw.Draw(image)
    pen.rectangle((70, 40, 530, 720), fill="#fbfaf4")
    font = ImageFont.truetype(str(REGULAR), 30)
    total = f"합계 {said['amount']:,}원"
    rows = ("영수증", "", said["seller"], day, "", said["purpose"], "", total, "", "고맙습니다")
    for number, words in enumerate(rows):
        pen.text((100, 80 + number * 54), words, fill="#333333", font=font)
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()
