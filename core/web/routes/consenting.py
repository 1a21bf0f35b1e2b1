"""What one agreed to, taken back or given anew (Personal Information Protection Act articles 15, 22
and 37)."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ... import audit, members
from ...errors import WizzleError
from ...rights import consent
from ...rights.keepings import keepings
from .. import queries
from ..consents import OPTIONAL, TEXTS, VERSIONS, every_text, texts
from ..forms import Form
from ..page import permitted, safe_next, this_member, this_node, this_tongue, told
from ..renewal import to_renew
from ..schemas import ComingIn
from .base import blueprint

HISTORY = 100


@blueprint.get("/me/consents")
@permitted("core.me")
def consents() -> Any:
    """Show what the person agreed to and when, and let them take back what is optional."""
    node, viewer = this_node(), this_member()
    with node.db.read() as session:
        given = queries.consents(session, viewer.id)
        history = consent.history(session, viewer.id)[:HISTORY]
    every = every_text(node)
    return render_template(
        "core/consents.html",
        texts=[text for text in every if text in TEXTS or text.subject in given],
        given=given,
        history=history,
        titles={text.subject: text.title for text in every},
        others=[each for _, each in keepings(node) if not each.by_consent],
    )


@blueprint.post("/me/consents/<subject>")
@permitted("core.me")
def change_consent(subject: str) -> Any:
    """Give or take back an optional consent: as easy the one way as the other (article 37)."""
    node, viewer = this_node(), this_member()
    if subject in OPTIONAL:
        with node.db.write() as session:
            now = node.clock.now()
            had = members.withdraw_consent(session, viewer.id, subject, at=now)
            if request.form.get("agree") == "yes":
                members.give_consent(
                    session, viewer.id, subject, VERSIONS[subject], at=now, language=_language()
                )
            audit.record(
                session, "person.changed_consent", at=now, person_id=viewer.id,
                subject=("person", viewer.id), about=subject, had=had,
            )  # fmt: skip
        told("Saved.")
    return redirect(url_for("core.consents"))


@blueprint.route("/me/renew", methods=["GET", "POST"])
@permitted("core.me")
def renew() -> Any:
    """Ask for what has a new version, and go on to where the person wanted to go."""
    viewer = this_member()
    onward = safe_next(request.values.get("next")) or url_for("core.me")
    missing = to_renew(viewer)
    if not missing:
        return redirect(onward)
    form = Form(ComingIn(only=missing))
    if form.submitted():
        try:
            _agree(missing)
            told("Thank you.")
            return redirect(onward)
        except WizzleError as error:
            form.failed(error)
    page = render_template("core/renew.html", form=form, texts=texts(*missing), next=onward)
    return page, form.status


def _agree(subjects: tuple[str, ...]) -> None:
    node, viewer = this_node(), this_member()
    given = {subject: VERSIONS[subject] for subject in subjects}
    with node.db.write() as session:
        now = node.clock.now()
        consent.agree(session, viewer.id, given, at=now, language=_language())
        audit.record(
            session, "person.renewed_consent", at=now, person_id=viewer.id,
            subject=("person", viewer.id), about=list(subjects),
        )  # fmt: skip


def _language() -> str:
    return this_tongue().language
