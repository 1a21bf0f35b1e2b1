"""Match funds: what is left of each, and opening one."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.models import Space
from .....core.web import Form, asked_number, can, paged, permitted, this_member, this_node, told
from ...access import KEEP, READ
from ...earmarks import queries as earmarks
from ...earmarks.rules import AREA
from ...pages import blueprint
from .. import actions, queries
from ..queries import SIZE
from ..rules import Caps
from ..schemas import MatchForm
from .shown import tell


@blueprint.get("/fund/raise/matches")
@permitted(READ)
def matches() -> str:
    """List the match funds with what each can still add."""
    with this_node().db.read() as session:
        rows = queries.listed_matches(session, after=asked_number() or 0)
        added = queries.added_by(session, [match for match, _ in rows])
    last = rows[:SIZE][-1][0].id if rows else None
    return render_template(
        "fund/pledges/matches.html", page=paged(rows, SIZE, str(last)), added=added,
        keeps=can(KEEP),
    )  # fmt: skip


@blueprint.route("/fund/raise/matches/new", methods=["GET", "POST"])
@permitted(KEEP)
def new_match() -> Any:
    """Set money apart that adds to what people give."""
    node = this_node()
    with node.db.read() as session:
        givers, drives = _givers(session), list(queries.open_for_match(session))
        session.expunge_all()
    form = Form(MatchForm(), {"idempotency_key": node.random.token(12), "factor_bp": "100"})
    if form.submitted():
        try:
            key = f"{this_member().id}:{form.data['idempotency_key'] or node.random.token(12)}"
            with node.db.write() as session:
                actions.open_match(
                    node, session, _offer(form.data), form.data["drives"], key=key,
                    actor_id=this_member().id,
                )  # fmt: skip
            told("The money is set apart and adds to every gift from now on.")
            return redirect(url_for("fund.matches"))
        except WizzleError as error:
            form.failed(error)
    chosen = form.data.get("drives", ())
    page = render_template(
        "fund/pledges/match.html", form=form, givers=givers, drives=drives, chosen=chosen
    )
    return page, form.status


def _givers(session: Session) -> list[tuple[str, str]]:
    areas = earmarks.listed(session, AREA, limit=100)
    spaces = session.execute(
        select(Space.id, Space.name)
        .where(Space.kind == "organisation", Space.closed_at.is_(None))
        .order_by(Space.name)
        .limit(200)
    )
    return [
        *((f"area:{each.earmark.id}", f"{each.earmark.name} ({each.left:,})") for each in areas),
        *((f"space:{row.id}", row.name) for row in spaces),
    ]


def _offer(typed: dict[str, Any]) -> actions.Offer:
    kind, _, number = typed["giver"].partition(":")
    caps = Caps(typed["factor_bp"], typed["per_pledge"], typed["per_drive"], typed["per_person"])
    return actions.Offer(
        typed["title"], typed["amount"], caps,
        area_id=int(number) if kind == "area" else None,
        space_id=int(number) if kind == "space" else None,
    )  # fmt: skip


@blueprint.post("/fund/raise/matches/<int:match_id>/close")
@permitted(KEEP)
def close_match(match_id: int) -> Response:
    """End a match fund; what is left goes back."""
    node = this_node()
    try:
        with node.db.write() as session:
            actions.close_match(node, session, match_id, actor_id=this_member().id)
        told("What is left has gone back.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("fund.matches"))
