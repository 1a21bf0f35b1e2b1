"""Applications under an open call, as those who apply send and follow them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core import members
from .....core.auth import attempts
from .....core.errors import NotFound, TooMany, WizzleError
from .....core.web import Form, permitted, this_node, this_tongue, this_viewer, told
from .....core.web.consents import texts
from ...pages import blueprint
from ..actions import applying
from ..actions.agreeing import CONSENTS
from ..queries import calls as queries
from ..rules.calls import OPEN, STATES, WAYS, Wish, code_of, id_of, stands
from ..rules.provinces import BY_KEY, PROVINCES
from ..schemas import ApplicationForm, CodeForm
from .calls import kinds_and_words

FROM_PLACE = attempts.Limit("locality.apply from", most=5, minutes=60)
TO_ADDRESS = attempts.Limit("locality.apply to", most=3, minutes=24 * 60)
CODES = attempts.Limit("locality.application code", most=20, minutes=60)
"""Bounds for applications of one place, letters to one address, and codes that are tried."""


@blueprint.route("/network/calls/<int:call_id>/apply", methods=["GET", "POST"])
@permitted("locality.call.apply")
def apply(call_id: int) -> Any:
    """Take the application of a group."""
    node, viewer = this_node(), this_viewer()
    with node.db.read() as session:
        found = queries.the_call(session, call_id)
        kinds, title = kinds_and_words(found), found.title
        is_open = stands(found.opens_at, found.closes_at, node.clock.now()) == OPEN
    if not is_open:
        return redirect(url_for("locality.call", call_id=call_id))
    mine = {"name": viewer.name, "email": viewer.email} if viewer else {}
    first = {"kind": kinds[0][0]} if len(kinds) == 1 else {}
    form = Form(ApplicationForm(), {"idempotency_key": node.random.token(12), **mine, **first})
    if form.submitted():
        try:
            return _applied(call_id, form.data)
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "locality/network/apply.html", form=form, call_id=call_id, title=title, kinds=kinds,
        provinces=PROVINCES, texts=[*texts("age"), *CONSENTS],
    )  # fmt: skip
    return page, form.status


def _applied(call_id: int, typed: dict[str, Any]) -> Response:
    node, viewer = this_node(), this_viewer()
    wish = Wish(
        kind=typed["kind"], group=typed["group"], province=typed["province"],
        place=typed["place"], households=typed["households"], motivation=typed["motivation"],
        name=typed["name"], email=members.email_form(typed["email"]), phone=typed["phone"],
        may_introduce=typed["introducing"],
    )  # fmt: skip
    _count(FROM_PLACE, attempts.network(request.remote_addr))
    _count(TO_ADDRESS, wish.email)
    with node.db.write() as session:
        made = applying.apply(
            node, session, call_id, wish, key=_key(wish.email, typed["idempotency_key"]),
            language=viewer.language if viewer else this_tongue().language,
            person_id=viewer.id if viewer else None,
        )  # fmt: skip
    told("Your application has arrived. Please keep the code; it stands in our letter too.")
    code = code_of(node.settings.secret, made)
    return redirect(url_for("locality.applied", application=code))


def _key(email: str, typed: str) -> str:
    """Return the key of a request; nobody finds by it what somebody else has sent."""
    return sha256(f"{email}\n{typed}".encode()).hexdigest()[:60]


def _count(limit: attempts.Limit, who: str) -> None:
    node = this_node()
    with node.db.write() as session:
        within = attempts.count(session, limit, who, at=node.clock.now())
    if not within:
        raise TooMany("That was tried too often. Please try again in an hour.")


@blueprint.route("/network/applied", methods=["GET", "POST"])
@permitted("locality.call.apply")
def find_application() -> Any:
    """Ask for the code of an application."""
    form = Form(CodeForm())
    if form.submitted():
        try:
            return redirect(url_for("locality.applied", application=_known(form.data["code"])))
        except WizzleError as error:
            form.failed(error)
    return render_template("locality/network/find.html", form=form), form.status


def _known(code: str) -> str:
    """Return a code as we write it; NotFound if it is nobody's, and tries are counted."""
    secret = this_node().settings.secret
    found = id_of(code, secret)
    if found is None:
        _count(CODES, attempts.network(request.remote_addr))
        raise NotFound("There is no application with this code. Please look at it again.")
    return code_of(secret, found)


@blueprint.get("/network/applied/<application>")
@permitted("locality.call.apply")
def applied(application: str) -> Any:
    """Show how an application stands to who has its code; nothing of who applied."""
    node = this_node()
    known = _known(application)
    with node.db.read() as session:
        found = queries.the_application(session, id_of(known, node.settings.secret) or 0)
        steps = queries.steps(session, found.id, notes=False)
        page = render_template(
            "locality/network/applied.html", application=found, steps=steps, code=known,
            states=STATES, ways=WAYS, province=BY_KEY.get(found.province),
        )  # fmt: skip
    return page, 200, {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}


@blueprint.post("/network/applied/<application>")
@permitted("locality.call.apply")
def change_application(application: str) -> Response:
    """Take an application back, or that its contact may be handed on."""
    node = this_node()
    known = _known(application)
    number = id_of(known, node.settings.secret) or 0
    try:
        if request.form.get("what") == "introducing":
            with node.db.write() as session:
                applying.stop_introducing(node, session, number)
            told("Your contact is not handed to anybody.")
        else:
            with node.db.write() as session:
                applying.take_back(node, session, number)
            told("The application is taken back. Who you are and what you wrote is erased.")
    except WizzleError as error:
        told(error.message.text, "problem", **error.message.values)
    return redirect(url_for("locality.applied", application=known))
