"""The example content: two projects whose milestones stand differently, one report overdue."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from .....core import members, pictures
from .....core.node import Node
from ...earmarks import actions as earmarks
from ...earmarks.actions import Move
from ...earmarks.models import Earmark
from .. import queries
from ..models import Undertaking
from ..rules import Step
from .beginning import begin
from .overriding import pay_early
from .showing import Evidence, accept, ask_more, report, show

_FILE = Path(__file__).parents[2] / "data" / "carrying.toml"


@cache
def example_data() -> Mapping[str, Any]:
    """Return what the example says of projects and claims."""
    return tomllib.loads(_FILE.read_text("utf-8"))


def example_person(session: Session, key: str) -> int | None:
    """Return the id of one of the example's people, None if they are not here."""
    found = members.find_person(session, f"{key}@gangbuk.example")
    return found.id if found else None


def load_example(node: Node, session: Session) -> dict[str, Earmark]:
    """Make the example's projects, and return those of its people who are here by key; what
    stands already stays as it is."""
    steward = example_person(session, "steward")
    made: dict[str, Earmark] = {}
    for said in example_data()["project"]:
        leader = example_person(session, said["leader"])
        if steward is None or leader is None or steward == leader:
            continue
        subject = f"example:{said['key']}"
        earmark = earmarks.open_for(node, session, subject, name=said["title"])
        made[said["key"]] = earmark
        if session.get(Undertaking, earmark.id) is None:
            _project(node, session, said, earmark, leader, steward)
    return made


def _project(
    node: Node, session: Session, said: Mapping[str, Any], earmark: Earmark, leader: int,
    steward: int,
) -> None:  # fmt: skip
    total, today = sum(each["amount"] for each in said["step"]), queries.today(node)
    grant = Move(
        total, f"fund:{earmark.subject}", "grant:example", f"주민참여 보조금: {said['title']}"
    )
    earmarks.receive(node, session, grant, target=earmark)
    earmark.purpose = said["purpose"]
    begin(
        node, session, earmark, title=said["title"], leader_id=leader, space_id=None,
        steps=[Step(each["title"], each["amount"], today + timedelta(days=each["day"]))
               for each in said["step"]],
        report_on=[today + timedelta(days=each) for each in said["reports"]],
    )  # fmt: skip
    for step, told in zip(queries.milestones(session, earmark.id), said["step"], strict=True):
        if "evidence" in told:
            drawn = pictures.prepare(_drawing(told["drawn"]))
            show(node, session, step.id, Evidence(told["evidence"], picture=drawn), actor_id=leader)
        if "accepted" in told:
            accept(node, session, step.id, actor_id=steward)
        if "asked" in told:
            ask_more(node, session, step.id, told["asked"], actor_id=steward)
        if "early" in told:
            pay_early(
                node, session, step.id, told["early"], reason=told["why"], key="example",
                actor_id=steward,
            )  # fmt: skip
    if "given" in said:
        first = queries.reports(session, earmark.id)[0]
        report(node, session, first.id, said["given"], actor_id=leader)


def _drawing(what: str) -> bytes:
    """Return a drawing of a garden or a bench: the example brings no photographs."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (960, 640), "#d6e6ee")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 330, 960, 640), fill="#b9c9a0")
    if what == "garden":
        for row in range(3):
            y = 380 + row * 85
            pen.rounded_rectangle((60, y, 900, y + 52), 20, fill="#7a5638")
            for x in range(100, 880, 70):
                pen.ellipse((x, y - 22, x + 26, y + 16), fill="#4f7d3a")
                pen.ellipse((x + 16, y - 18, x + 44, y + 14), fill="#6a9a48")
    else:
        for y in (250, 290, 400):
            pen.rounded_rectangle((220, y, 740, y + 26), 8, fill="#a9764a")
        for x in (250, 690):
            pen.rectangle((x, 250, x + 20, 520), fill="#6d4c35")
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()
