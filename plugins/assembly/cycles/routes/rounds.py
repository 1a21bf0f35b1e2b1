"""The rounds as residents see them: which run now, and what one of them offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import NotFound, Refused
from .....core.values import split
from .....core.web import asked_number, can, paged, permitted, this_node, this_tongue, told
from ....market import MOST_LINES, add_to_basket
from ...pages import blueprint
from .. import queries
from ..queries import AnyRow
from ..rules import LABELS, State, occasion, shown_state, why_closed
from .access import ORDER, RUN, SEE, me, tell, visible_cycle
from .sharing import shared_round
from .shelves import shelves

SIZE = 20
SHOWN_SUM = 10_000
"""The won by which the page shows how what is paid is shared."""


_SHOWN = [state for state in State if state is not State.DRAFT]


def say_state(state: State) -> str:
    """Return the name of a state in the language of the page."""
    return this_tongue().pgettext("round", LABELS[state])


@dataclass(frozen=True, slots=True)
class Face:
    """A round as pages show it: ``state`` by the clock, ``closed`` why it takes no orders."""

    row: AnyRow
    state: State
    closed: Any

    @property
    def early(self) -> bool:
        """Whether the activist closed it before the time that was promised."""
        closed = self.state.reached(State.CLOSED)
        return closed and this_node().clock.now() < self.row.cut_off

    @property
    def label(self) -> str:
        """A message id in the context ``round``."""
        return LABELS[self.state]

    @property
    def kind(self) -> str:
        """The kind of badge."""
        if self.closed is None:
            return "accent"
        return "good" if self.state is State.DISTRIBUTING else "neutral"


def faced(rows: Sequence[AnyRow]) -> list[Face]:
    """Return rounds as they are to be shown now."""
    now = this_node().clock.now()
    return [
        Face(
            row,
            shown_state(State(row.state), row.cut_off, now),
            why_closed(State(row.state), row.opens_at, row.cut_off, now),
        )
        for row in rows
    ]


@blueprint.get("/rounds")
@permitted(SEE, alike=True)
def rounds() -> Any:
    """Show the rounds that run now, and those that are settled."""
    node = this_node()
    with node.db.read() as session:
        current = queries.current_rounds(session, node.clock.now())
        earlier = queries.earlier_rounds(session, before=asked_number(), limit=SIZE + 1)
    place = str(earlier[SIZE - 1].id) if len(earlier) > SIZE else None
    return render_template(
        "assembly/cycles/rounds.html",
        current=faced(current),
        page=paged(earlier, SIZE, place),
    )


@blueprint.get("/rounds/<int:cycle_id>")
@permitted(SEE, alike=True)
def round_page(cycle_id: int) -> Any:
    """Show a round with everything that it offers, on one page."""
    with this_node().db.look() as session:
        cycle = visible_cycle(session, cycle_id)
        goods = queries.offered_goods(session, cycle_id)
        hub = queries.hub_by_id(session, cycle.hub_id)
        parts = queries.special_terms(session, cycle_id)
        points = queries.points_of(session, cycle_id)
    face = faced([cycle])[0]
    return render_template(
        "assembly/cycles/round.html",
        round=face,
        hub=hub,
        points=points,
        shelves=shelves(goods, parts, open_=face.closed is None),
        number=len(goods),
        progress=[say_state(state) for state in _SHOWN],
        progress_at=max(face.state.place - 1, 0),
        shares=split(SHOWN_SUM, cycle.activist_bp, cycle.centre_bp),
        runs=can(RUN, cycle.hub_id),
        shared=shared_round(cycle, hub),
    )


@blueprint.post("/rounds/<int:cycle_id>/basket")
@permitted(ORDER)
def add_round_goods(cycle_id: int) -> Response:
    """Put everything with a number into the basket; what cannot be had is said, the rest goes."""
    wanted = _wanted()
    if len(wanted) > MOST_LINES:
        # Each is looked at by itself, in a transaction that others wait for.
        told("One order takes at most %(most)s different products.", "problem", most=MOST_LINES)
        return redirect(url_for("assembly.round_page", cycle_id=cycle_id))
    added = []
    with this_node().db.write() as session:
        visible_cycle(session, cycle_id)
        for product_id, quantity in wanted.items():
            name = _add(session, cycle_id, product_id, quantity)
            if name:
                added.append(name)
    if not added:
        if not wanted:
            told("Nothing was chosen yet. Set the number beside what you want.", "note")
        return redirect(url_for("assembly.round_page", cycle_id=cycle_id))
    if len(added) == 1:
        told("%(name)s went into your basket.", name=added[0])
    else:
        told("%(num)s kinds of goods went into your basket.", num=len(added))
    return redirect(url_for("market.basket"))


def _wanted() -> dict[int, int]:
    """Return the quantities typed, by product, in rising order of the id."""
    found: dict[int, int] = {}
    for name, text in request.form.items():
        if name[:1] == "q" and name[1:].isdecimal() and len(name) < 11:
            typed = text.strip()
            if typed.isdecimal() and typed.isascii() and 0 < len(typed) < 7 and int(typed):
                found[int(name[1:])] = int(typed)
    return dict(sorted(found.items()))


def _add(session: Session, cycle_id: int, product_id: int, quantity: int) -> str | None:
    try:
        return add_to_basket(
            this_node(),
            session,
            me(),
            occasion=occasion(cycle_id),
            product_id=product_id,
            quantity=quantity,
        )
    except NotFound:
        raise
    except Refused as error:
        tell(error)
        return None
