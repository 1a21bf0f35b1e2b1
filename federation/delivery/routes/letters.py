"""Letters to other nodes: where each one is, and what a steward can do about it."""

from __future__ import annotations

import json
from typing import Any

from flask import redirect, render_template, request, url_for

from ....core.errors import WizzleError
from ....core.web import Form, asked_number, paged, permitted, this_member, this_node, told
from ...pages import ID, blueprint
from ..actions import settling
from ..queries import letters as found_letters
from ..schemas import SettleForm
from .access import LETTERS
from .words import KINDS, answer_of, state_of, title_of

SIZE = 50


@blueprint.get("/admin/letters")
@permitted(LETTERS)
def letters() -> str:
    """List letters, the newest first; by state and by node if that is asked for."""
    state, host = chosen(found_letters.STATES)
    with this_node().db.read() as session:
        rows = found_letters.letters(
            session, state=state, host=host, before=asked_number("before"), limit=SIZE + 1
        )
        dead, failed = found_letters.counts(session)
        page = paged(rows, SIZE, str(rows[:SIZE][-1].id) if rows else None, "before")
        return render_template(
            "federation/letters.html", page=page, state=state, host=host, dead=dead,
            failed=failed, states=found_letters.STATES, state_of=state_of, kinds=KINDS,
            title_of=title_of, answer_of=answer_of,
        )  # fmt: skip


@blueprint.route(f"/admin/letters/<{ID}:letter_id>", methods=["GET", "POST"])
@permitted(LETTERS)
def letter(letter_id: int) -> Any:
    """Show a letter with what was answered; settle its matter by hand."""
    node, form = this_node(), Form(SettleForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                settling.settle(
                    node, session, letter_id, reason=form.data["reason"],
                    person_id=this_member().id,
                )  # fmt: skip
        except WizzleError as error:
            form.failed(error)
        else:
            told("It is settled. The letter is not sent any more.")
            return redirect(url_for("federation.letter", letter_id=letter_id))
    with node.db.read() as session:
        row = found_letters.letter(session, letter_id)
        page = render_template(
            "federation/letter.html", letter=row, form=form, text=readable(row.body),
            state_of=state_of, kinds=KINDS, title_of=title_of, answer_of=answer_of,
        )  # fmt: skip
    return page, form.status


@blueprint.post(f"/admin/letters/<{ID}:letter_id>/again")
@permitted(LETTERS)
def letter_again(letter_id: int) -> Any:
    """Send a letter again that was given up, or now one that waits."""
    node = this_node()
    with node.db.write() as session:
        settling.send_again(node, session, letter_id, person_id=this_member().id)
    told("It will be sent in a moment.")
    return redirect(url_for("federation.letter", letter_id=letter_id))


def chosen(states: tuple[str, ...]) -> tuple[str, str]:
    """Return the state and the host that a list is asked for, "" for all."""
    state = request.args.get("state", "")
    return (state if state in states else ""), request.args.get("host", "").strip()[:255]


def readable(body: bytes) -> str:
    """Return a document as people can read it."""
    try:
        return json.dumps(json.loads(body), ensure_ascii=False, indent=2)
    except ValueError:
        return ""
