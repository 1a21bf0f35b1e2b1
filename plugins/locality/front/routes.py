"""The page of the neighbourhood, and what of it stands on the home page."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template
from sqlalchemy.orm import Session

from ....core.answers import MenuItem, Rule, Section
from ....core.node import Node
from ....core.values import Message
from ....core.web import Signpost, permitted
from ..introduction import queries as introduction
from ..network import routes as network
from ..pages import blueprint
from ..paper import queries as papers

SEE = "locality.front.read"
RULES = (Rule(SEE, everyone=True),)


WAYS = (
    Signpost("locality.news", "news", Message("Local news", {}),
             Message("What shops, producers and groups tell.", {})),
    Signpost("locality.calendar", "calendar", Message("Calendar", {}),
             Message("Events, rounds and shifts, day by day.", {})),
    Signpost("locality.directory", "pin", Message("Who is here", {}),
             Message("Neighbours, shops and groups on one map.", {})),
    Signpost("locality.paper", "printer", Message("Weekly paper", {}),
             Message("What is coming up and what is new, on one page.", {})),
    Signpost("locality.alliance", "people", Message("Our alliance", {}),
             Message("Who runs this together, what we agreed on, and how to join in.", {})),
    Signpost("locality.network", "globe", Message("Network", {}),
             Message("Producers across the country, and neighbourhoods like ours.", {})),
    Signpost("locality.circulation", "coin", Message("Money that goes round", {}),
             Message("How much of what we pay stays here.", {})),
    Signpost("locality.layers", "scale", Message("The three layers", {}),
             Message("What is done among friends, in public, and with the district.", {})),
)  # fmt: skip
_HOME = ("locality.directory", "locality.paper", "locality.alliance")
"""Those that have a line on the home page too."""

PATHS = (
    "/news", "/events", "/dates", "/calendar", "/directory", "/paper", "/alliance", "/network",
    "/circulation", "/layers", "/neighbours",
)  # fmt: skip
MENU = (MenuItem("Nearby", "locality.front", icon="pin", order=25, action=SEE, also=PATHS),)


@blueprint.get("/neighbourhood")
@permitted(SEE, alike=True)
def front() -> str:
    """Show the ways to everything that the neighbourhood tells of itself."""
    return render_template("locality/front/page.html", ways=WAYS)


def home_sections(node: Node, session: Session) -> Sequence[Section]:
    """Return how much of 1,000 won stayed, the last paper, and who we are, in one section."""
    month = network.last_month(node, session)
    issue = papers.last(session)
    introduced = introduction.published(session) is not None
    if month is None and issue is None and not introduced:
        return ()
    ways = [
        way for way in WAYS
        if way.endpoint in _HOME and (way.endpoint != "locality.paper" or issue)
    ]  # fmt: skip
    context = {"month": month, "issue": issue, "ways": ways}
    title = Message("Our neighbourhood", {})
    return (Section("locality/front/home.html", context, order=62, title=title),)
