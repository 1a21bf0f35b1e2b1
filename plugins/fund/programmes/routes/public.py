"""Programmes and proposals as everyone sees them."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from .....core.values import Message
from .....core.web import (
    Shared,
    asked_number,
    can,
    hidden_notice,
    paged,
    permitted,
    say,
    shared,
    this_node,
    this_viewer,
)
from ...access import KEEP, READ
from ...earmarks.models import Earmark
from ...pages import blueprint
from .. import queries
from ..access import is_author, phase, reader, seen_programme, seen_proposal, today
from ..queries import AnyRow
from ..rules import (
    BY_COMMITTEE,
    CARRYING,
    CLOSED,
    MERGED,
    PROPOSAL,
    UNFIT,
    listed,
    may_merge,
    may_review,
    may_talk,
    may_write,
    subject_of,
)

_FACES = (("", Message("Going on", {})), ("over", Message("Over", {})))


@blueprint.get("/fund/programmes")
@permitted(READ, alike=True)
def programmes() -> Any:
    """List the calls that go on, or those that are over."""
    over = request.args.get("state") == "over"
    with this_node().db.read() as session:
        rows = queries.programmes(
            session, over=over, drafts=can(KEEP) and not over, before=asked_number()
        )
        found = [(each, phase(each)) for each in rows]
        counts = queries.counts(session, [each.id for each in rows])
        last = str(rows[: queries.SIZE][-1].id) if rows else None
        tabs = [
            {"label": say(label.text), "current": (name == "over") == over,
             "url": url_for("fund.programmes", state=name or None)}
            for name, label in _FACES
        ]  # fmt: skip
        return render_template(
            "fund/programmes/programmes.html", page=paged(found, queries.SIZE, last), tabs=tabs,
            counts=counts, over=over, keeps=can(KEEP),
        )  # fmt: skip


@blueprint.get("/fund/programmes/<int:programme_id>")
@permitted(READ, alike=True)
def programme(programme_id: int) -> Any:
    """Show a call: its step, what one can do next, its proposals, rules, and what came of it."""
    category, state = request.args.get("category", ""), request.args.get("state", "")
    viewer = this_viewer()
    with this_node().db.read() as session:
        found = seen_programme(session, programme_id)
        now_in = phase(found)
        start = asked_number() or 0
        rows = queries.shuffled(
            session, programme_id, reader(programme_id), category=category, state=state, start=start
        )
        return render_template(
            "fund/programmes/programme.html",
            programme=found,
            phase=now_in,
            area=session.get(Earmark, found.earmark_id or 0),
            page=paged(rows, queries.SIZE, str(start + queries.SIZE)),
            category=category,
            state=state,
            categories=listed(found.categories),
            places=listed(found.places),
            log=queries.steps_of(session, programme_id),
            mine=queries.proposals_of(session, viewer.id, programme_id=programme_id)
            if viewer
            else (),
            outcomes=queries.outcomes(session, programme_id, today())
            if found.phase in (CARRYING, CLOSED)
            else (),
            keeps=can(KEEP),
            by_committee=found.decision == BY_COMMITTEE,
            shared=_shared("fund.programme", found, programme_id=programme_id)
            if found.published_at
            else None,
        )


def _shared(endpoint: str, row: Any, **values: Any) -> Shared:
    return shared(endpoint, row.title, row.summary, kind="article", **values)


@blueprint.get("/fund/programmes/<int:programme_id>/compare")
@permitted(READ, alike=True)
def compare(programme_id: int) -> str:
    """Show what can be done side by side, with what it costs."""
    with this_node().db.read() as session:
        found = seen_programme(session, programme_id)
        return render_template(
            "fund/programmes/compare.html", programme=found,
            rows=queries.comparison(session, programme_id),
        )  # fmt: skip


@blueprint.get("/fund/proposals/<int:proposal_id>")
@permitted(READ, alike=True)
def proposal(proposal_id: int) -> Any:
    """Show a proposal: what it says, how it was reviewed, and what people ask about it."""
    viewer = this_viewer()
    with this_node().db.read() as session:
        row = queries.proposal_page(session, proposal_id)
        own = is_author(row, viewer)
        if row.hidden_at is not None and not own:
            return hidden_notice(session, subject_of(PROPOSAL, proposal_id))
        row = seen_proposal(session, proposal_id)
        found = queries.the_programme(session, row.programme_id)
        asked = queries.questions(session, proposal_id, before=asked_number())
        last = str(asked[:20][-1].id) if asked else None
        return render_template(
            "fund/programmes/proposal.html",
            proposal=row,
            programme=found,
            questions=paged(asked, 20, last),
            parents=queries.parents(session, proposal_id),
            merged_into=queries.proposal_page(session, row.merged_into_id)
            if row.merged_into_id
            else None,
            own=own,
            supports=viewer is not None and queries.supports(session, proposal_id, viewer.id),
            mergings=queries.mergings(session, proposal_id) if own or can(KEEP) else (),
            **_open_ways(row, phase(found), own=own),
        )


def _open_ways(row: AnyRow, now_in: str, *, own: bool) -> dict[str, Any]:
    answered = row.answered_at is not None
    return {
        "phase": now_in,
        "may_write": own and may_write(row.state, now_in, answered=answered),
        "may_answer": own and row.state == UNFIT and not answered
        and may_review(row.state, now_in),
        "may_talk": may_talk(row.state, now_in),
        "may_review": can(KEEP) and may_review(row.state, now_in),
        "may_merge": (own or can(KEEP)) and may_merge((row.state,), now_in),
        "shared": _shared("fund.proposal", row, proposal_id=row.id)
        if queries.is_public(row) and row.state != MERGED
        else None,
    }  # fmt: skip


@blueprint.get("/fund/proposals/<int:proposal_id>/versions")
@permitted(READ, alike=True)
def proposal_versions(proposal_id: int) -> Any:
    """Show what a proposal said in each of its versions."""
    with this_node().db.read() as session:
        row = seen_proposal(session, proposal_id)
        if row.hidden_at is not None and not is_author(row, this_viewer()):
            return hidden_notice(session, subject_of(PROPOSAL, proposal_id))
        return render_template(
            "fund/programmes/versions.html", proposal=row,
            versions=queries.versions(session, proposal_id),
        )  # fmt: skip
