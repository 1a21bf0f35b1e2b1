"""The pages of votes for everyone: the list, a vote with its rules and its result, the recount."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, redirect, render_template, url_for

from .....core.errors import NotFound
from .....core.web import asked_number, can, paged, permitted, this_node, this_tongue, this_viewer
from .....core.web.downloads import disposition
from ...access import KEEP, READ
from ...pages import blueprint
from ...programmes import queries as programmes
from .. import queries
from ..models import Result, Vote
from ..rules import bundle
from .parts import is_draft, stands


@blueprint.get("/fund/votes")
@permitted(READ, alike=True)
def votes() -> str:
    """List the votes, the newest first."""
    node, keeps = this_node(), can(KEEP)
    with node.db.read() as session:
        found = queries.votes(session, drafts=keeps, before=asked_number())
        last = found[: queries.SIZE][-1].id if found else None
        return render_template(
            "fund/ballots/list.html", page=paged(found, queries.SIZE, str(last)),
            states={each.id: stands(node, each) for each in found},
        )  # fmt: skip


@blueprint.get("/fund/votes/<int:vote_id>")
@permitted(READ, alike=True)
def vote(vote_id: int) -> Any:
    """Show a vote: what it is about and how it is held; its result once it is counted."""
    node, keeps, viewer = this_node(), can(KEEP), this_viewer()
    with node.db.read() as session:
        found = queries.vote_of(session, vote_id, drafts=keeps)
        if is_draft(found):
            return redirect(url_for("fund.prepare_vote", vote_id=vote_id))
        mine = queries.member_on_roll(session, vote_id, viewer.id) if viewer else None
        return render_template(
            "fund/ballots/vote.html", vote=found, stands=stands(node, found),
            options=queries.options(session, vote_id), rules=rules_of(found),
            turnout=queries.turnout(session, vote_id), told=queries.result_of(session, vote_id),
            mine=mine, keeps=keeps, desk=queries.desk_log(session, vote_id),
            programme=programmes.the_programme(session, found.programme_id),
            seed=queries.seed_of(session, vote_id),
        )  # fmt: skip


def rules_of(found: Vote, language: str = "") -> list[str]:
    """Return the text of a vote's rules, as it was frozen, in the reader's language."""
    told = json.loads(found.rules or "{}")
    return list(told.get(language or this_tongue().language) or told.get("en") or ())


@blueprint.get("/fund/votes/<int:vote_id>/ballots.pb")
@permitted(READ)
def vote_file(vote_id: int) -> Response:
    """Hand out the ballots in Pabulib's format."""
    with this_node().db.read() as session:
        content = queries.files_of(session, vote_id).ballots
    return _file(content.encode(), "text/plain; charset=utf-8", f"vote-{vote_id}.pb")


@blueprint.get("/fund/votes/<int:vote_id>/recount.zip")
@permitted(READ)
def recount(vote_id: int) -> Response:
    """Hand out all that is needed to count a vote again."""
    with this_node().db.read() as session:
        content = bundle_of(queries.vote_of(session, vote_id), queries.files_of(session, vote_id),
                            queries.result_of(session, vote_id))  # fmt: skip
    return _file(content, "application/zip", f"vote-{vote_id}-recount.zip")


def bundle_of(found: Vote, result: Result, told: dict[str, Any] | None) -> bytes:
    """Return the recount bundle; the same bytes whenever it is asked for."""
    if told is None:
        raise NotFound("There are no ballots of this vote to be shown.")
    files = {
        "ballots.pb": result.ballots, "equal-shares.json": result.shares,
        "greedy.json": result.greedy,
    }  # fmt: skip
    said = [*rules_of(found, "ko"), "", *rules_of(found, "en")]
    return bundle(
        title=found.title, rules="\n".join(said), rule=found.rule, seed=result.seed,
        commitment=found.commitment, step=told["step"], support=found.support, files=files,
    )  # fmt: skip


def _file(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = disposition(name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
