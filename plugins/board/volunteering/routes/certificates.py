"""One's own hours and certificates, and the page on which anyone checks one."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from .....core.auth import attempts
from .....core.certificates import code_form, shown_code
from .....core.errors import NotFound, TooMany, WizzleError
from .....core.language import day as day_in_words
from .....core.models import Space
from .....core.paper import Facts, Listing, Paper, Paragraph, Sheet
from .....core.tables import Column, Table
from .....core.web import (
    Form,
    download,
    permitted,
    say,
    this_member,
    this_node,
    this_tongue,
    told,
    whole_url,
)
from .....core.web.identity import this_device
from ...organisations.access import MEMBER, SEE, zone
from ...organisations.routes.brought import tell
from ...pages import blueprint
from .. import actions, queries
from ..actions.certifying import Asked
from ..models import Certificate
from ..rules import hours_words
from ..schemas import CertificateForm, PortalForm

CHECKS = attempts.Limit("certificate from", most=40, minutes=60)
ISSUED = attempts.Limit("certificate of", most=20, minutes=24 * 60)


@blueprint.route("/board/hours", methods=["GET", "POST"])
@permitted(MEMBER)
def my_hours() -> Any:
    """Show where one helps and has helped, and issue a certificate of it."""
    node, me = this_node(), this_member()
    form = Form(CertificateForm(), {"idempotency_key": node.random.token(12)})
    if form.submitted():
        try:
            code = _certify(form)
            told("Here is your certificate.")
            return redirect(url_for("board.my_hours", _anchor=code))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        rows, now = queries.my_hours(session, me.id), node.clock.now()
        page = render_template(
            "board/volunteering/mine_page.html", form=form, rows=rows,
            slots=queries.my_slots(session, me.id, now), now=now,
            certificates=[
                (each, shown_code(each.code), stands(each, confirmed))
                for each, confirmed in queries.certificates_of(session, me.id)
            ],
            consents=queries.passing_on(session, me.id),
        )  # fmt: skip
    return page, form.status


def _certify(form: Form) -> str:
    node, me = this_node(), this_member()
    with node.db.write() as session:
        within = attempts.count(session, ISSUED, str(me.id), at=node.clock.now())
    if not within:
        raise TooMany("That was a lot in a short time. Please come back tomorrow.")
    asked = Asked(*(form.data[name] for name in ("space_id", "since", "until")))
    with node.db.write() as session:
        key = form.data["idempotency_key"]
        return actions.certify(node, session, me.id, asked, key=key).code


def _stands(session: Session, row: Certificate) -> bool:
    """Say whether a certificate still says what is confirmed."""
    confirmed = queries.confirmed_minutes(
        session, row.person_id, row.space_id, row.since, row.until
    )
    return stands(row, confirmed)


def stands(row: Certificate, confirmed: int) -> bool:
    """Say whether a certificate stands while so many minutes of its days are confirmed."""
    return row.withdrawn_at is None and confirmed == row.minutes


def _own(session: Session, code: str) -> Certificate:
    row = queries.certificate_by(session, code_form(code))
    if row is None or row.person_id != this_member().id:
        raise NotFound("There is no such certificate.")
    return row


@blueprint.get("/board/certificates/<code>.pdf")
@permitted(MEMBER)
def certificate_file(code: str) -> Response:
    """Send one's own certificate as PDF; one that no longer stands is not printed anew."""
    with this_node().db.read() as session:
        row = _own(session, code)
        if not _stands(session, row):
            raise NotFound("This certificate stands no more. Please ask for a new one.")
        days = queries.days_of(session, row.person_id, row.space_id, row.since, row.until)
        return download(_paper(row, days))


def _paper(row: Certificate, days: Any) -> Paper:
    settings, code = this_node().settings, shown_code(row.code)
    title = say("Certificate of volunteering")
    address = whole_url(url_for("board.check_certificate", code=code))
    facts = Facts(
        (
            (say("Name"), row.name),
            (say("Organisation"), row.organisation),
            (say("Days"), f"{row.since:%Y-%m-%d} – {row.until:%Y-%m-%d}"),
            (say("Confirmed in all"), spoken(row.minutes)),
            (say("Issued on"), day_in_words(row.issued_at, zone(), this_tongue().language)),
            (say("Check code"), code),
        )
    )
    columns = (
        Column(say("Day"), "day"), Column(say("The work that was done")), Column(say("Time")),
    )  # fmt: skip
    cells = [(each.day, each.title, spoken(each.minutes)) for each in days]
    blocks = (
        facts,
        Paragraph(
            say("%(organisation)s confirms that this work was done, unpaid.",
                organisation=row.organisation), "strong"
        ),
        Listing(Table(title, columns, cells)),
        Paragraph(say("Whether it still stands can be checked at %(address)s", address=address),
                  "note"),
    )  # fmt: skip
    sheet = Sheet(title, blocks, over=settings.node.name, aside=code)
    return Paper(f"{title} {row.name} {code}", (sheet,), footer=f"{settings.node.name} · {code}")


@blueprint.app_template_filter("board_hours")
def spoken(minutes: int) -> str:
    """Return a length of time in words: 2시간 30분."""
    whole, rest = hours_words(minutes)
    if not rest:
        return say("%(hours)s h", hours=whole)
    if not whole:
        return say("%(minutes)s min", minutes=rest)
    return say("%(hours)s h %(minutes)s min", hours=whole, minutes=rest)


@blueprint.post("/board/certificates/<code>/withdraw")
@permitted(MEMBER)
def withdraw_certificate(code: str) -> Any:
    """Let one's own certificate stand no longer."""
    node, me = this_node(), this_member()
    try:
        with node.db.write() as session:
            actions.withdraw_certificate(node, session, code_form(code), person_id=me.id)
        told("The certificate stands no more.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("board.my_hours"))


@blueprint.get("/check")
@permitted(SEE)
def ask_for_code() -> Any:
    """Ask for the code of a certificate."""
    typed = request.args.get("code", "")[:40].strip()
    if typed:
        return redirect(url_for("board.check_certificate", code=code_form(typed) or "0"))
    return render_template("board/volunteering/check.html", row=None, code="", looked=False)


@blueprint.get("/check/<code>")
@permitted(SEE)
def check_certificate(code: str) -> Any:
    """Say what a certificate says and whether it still stands, to whoever holds its code.

    Nothing tells a code that never was from one that is gone. Tries are bounded for each place.
    """
    node, place = this_node(), attempts.network(this_device().address)
    with node.db.write() as session:
        within = attempts.count(session, CHECKS, place, at=node.clock.now())
    if not within:
        raise TooMany("That was a lot in a short time. Please come back in an hour.")
    with node.db.read() as session:
        row = queries.certificate_by(session, code_form(code))
        still = row is not None and _stands(session, row)
        page = render_template(
            "board/volunteering/check.html", row=row, stands=still, looked=True,
            code=shown_code(row.code) if row else "",
        )  # fmt: skip
    headers = {"X-Robots-Tag": "noindex", "Cache-Control": "no-store"}
    return page, 200 if row else 404, headers


@blueprint.route("/board/hours/portal/<int:space_id>", methods=["GET", "POST"])
@permitted(MEMBER)
def portal(space_id: int) -> Any:
    """Agree, or not any more, that an organisation passes one's hours on to a public portal."""
    node, me = this_node(), this_member()
    with node.db.read() as session:
        space = session.get(Space, space_id)
        if space is None or space.kind != "organisation":
            raise NotFound("There is no such page here, or it was closed.")
        name, consent = space.name, queries.portal_consent(session, me.id, space_id)
        given = consent and (consent.given_at, consent.portal_name)
    form = Form(PortalForm(), {"portal_name": given[1] if given else ""})
    if form.submitted():
        try:
            with node.db.write() as session:
                if form.data["agree"]:
                    actions.let_pass_on(
                        node, session, me.id, space_id, portal_name=form.data["portal_name"]
                    )
                else:
                    actions.stop_passing_on(node, session, me.id, space_id)
            told("Saved.")
            return redirect(url_for("board.my_hours"))
        except WizzleError as error:
            form.failed(error)
    page = render_template("board/volunteering/portal.html", form=form, name=name, given=given)
    return page, form.status
