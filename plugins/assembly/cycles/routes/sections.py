"""What the assembly adds to pages of others: the home page, a hub's page, one's own page."""

from __future__ import annotations

from flask import url_for
from sqlalchemy.orm import Session

from .....core.answers import FirstStep, Section
from .....core.node import Node
from .....core.values import STEWARD, Message, SpaceFace, Viewer
from .....core.web import can
from .. import queries
from ..rules import ACTIVIST
from .access import RUN
from .rounds import faced


def home_sections(node: Node, session: Session, viewer: Viewer | None) -> list[Section]:
    """Return the rounds that take orders now, on top of the home page, and how it all works for
    who comes for the first time."""
    running = faced(queries.current_rounds(session, node.clock.now(), limit=5))
    shown = [each for each in running if each.closed is None][:3]
    found = []
    if shown:
        context, title = {"rounds": shown}, Message("Rounds that are open", {})
        found.append(Section("assembly/cycles/home_section.html", context, order=10, title=title))
        if viewer is None:
            title = Message("How it works", {})
            found.append(Section("assembly/cycles/how.html", {}, order=20, title=title))
    return found


def first_steps(session: Session) -> list[FirstStep]:
    """Return what rounds need: a hub with a host, and a first one that was opened."""
    hubs = queries.hubs(session)
    slug = hubs[0].slug if hubs else None
    desk = url_for("assembly.hub_desk", slug=slug) if slug else url_for("assembly.new_hub")
    return [
        FirstStep(
            Message("The first hub", {}),
            Message("A place where neighbours collect what they have ordered, and its host.", {}),
            url_for("assembly.new_hub"), bool(hubs), order=65,
        ),
        FirstStep(
            Message("The first round", {}),
            Message("Make it at the desk of the hub, choose what is offered, and open it.", {}),
            desk, queries.any_round(session), order=70,
        ),
    ]  # fmt: skip


def space_sections(node: Node, session: Session, space: SpaceFace) -> list[Section]:
    """Return the rounds of a hub, with its hours, for the hub's page."""
    if space.kind != "hub":
        return []
    context = {
        "hub": queries.hub_by_id(session, space.id),
        "rounds": faced(queries.current_rounds(session, node.clock.now(), hub_id=space.id)),
        "earlier": queries.earlier_rounds(session, hub_id=space.id, limit=3),
        "hosts": queries.hosts_of(session, space.id),
        "runs": can(RUN, space.id),
    }
    return [Section("assembly/cycles/hub_section.html", context, order=10)]


def my_sections(session: Session, viewer: Viewer) -> list[Section]:
    """Return the desks of the hubs that one hosts, and the order sheets of one's producers."""
    found = []
    hosted = queries.hubs(session, ids=sorted(viewer.spaces(ACTIVIST)))
    if hosted or (None, STEWARD) in viewer.roles:
        context = {"hubs": hosted, "steward": viewer.is_steward}
        found.append(Section("assembly/cycles/my_hubs.html", context, order=15))
    sheets = queries.sheets_for(session, sorted(viewer.spaces("owner")))
    if sheets:
        found.append(Section("assembly/cycles/my_sheets.html", {"sheets": sheets}, order=20))
    return found
