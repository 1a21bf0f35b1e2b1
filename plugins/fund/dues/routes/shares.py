"""Capital: paying shares in, certificates, and the page on which anyone checks one."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from .....core.auth import attempts
from .....core.certificates import code_form, shown_code
from .....core.errors import NotFound, TooMany, WizzleError
from .....core.language import day as day_in_words
from .....core.language import won
from .....core.paper import Facts, Paper, Paragraph, Sheet
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
from ...access import READ, TAKE_PART
from ...pages import blueprint
from .. import actions, queries
from ..models import ShareCertificate
from ..schemas import SharesForm
from .shown import tell

CHECKS = attempts.Limit("share certificate from", most=40, minutes=60)


@blueprint.route("/fund/membership/<int:member_id>/shares", methods=["GET", "POST"])
@permitted(TAKE_PART)
def want_shares(member_id: int) -> Any:
    """Want to pay shares in, and read what capital is."""
    node, me = this_node(), this_member()
    with node.db.read() as session:
        found = queries.member(session, member_id, person_id=me.id)
        kind = queries.kind(session, found.kind_id)
        held, chosen = queries.capital(session, member_id), queries.settings(session)
        if not kind.unit:
            raise NotFound("There are no such shares.")
        session.expunge_all()
    least = max(1, kind.least - held // kind.unit)
    form = Form(SharesForm(), {"shares": least, "idempotency_key": node.random.token(12)})
    if form.submitted():
        try:
            key = form.data["idempotency_key"] or node.random.token(12)
            with node.db.write() as session:
                actions.want(
                    node, session, member_id, form.data["shares"], key=key, person_id=me.id
                )
            told("Please send the money now: account and code stand below.")
            return redirect(url_for("fund.my_membership", member_id=member_id, _anchor="pay"))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "fund/dues/shares.html", member=found, kind=kind, held=held, least=least, form=form,
        chosen=chosen,
    )  # fmt: skip
    return page, form.status


@blueprint.post("/fund/shares/<int:purchase_id>/drop")
@permitted(TAKE_PART)
def drop_shares(purchase_id: int) -> AnyResponse:
    """Give up shares that one has not paid in."""
    node = this_node()
    with node.db.read() as session:
        member_id = queries.purchase(session, purchase_id).member_id
    try:
        with node.db.write() as session:
            actions.drop(node, session, purchase_id, person_id=this_member().id)
        told("Taken back.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("fund.my_membership", member_id=member_id))


@blueprint.post("/fund/membership/<int:member_id>/certificate")
@permitted(TAKE_PART)
def certify_shares(member_id: int) -> AnyResponse:
    """Issue a certificate of one's capital."""
    node, me = this_node(), this_member()
    key = request.form.get("idempotency_key", "")[:40] or node.random.token(12)
    try:
        with node.db.write() as session:
            actions.certify(node, session, member_id, key=key, person_id=me.id, name=me.name)
        told("Here is your certificate.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("fund.my_membership", member_id=member_id, _anchor="capital"))


def _stands(session: Session, row: ShareCertificate) -> bool:
    return queries.capital(session, row.member_id) == row.amount


@blueprint.get("/fund/certificates/<code>.pdf")
@permitted(TAKE_PART)
def share_certificate_file(code: str) -> Response:
    """Send one's own certificate as PDF; one that no longer stands is not printed anew."""
    with this_node().db.read() as session:
        row = queries.certificate_by(session, code_form(code))
        if row is None:
            raise NotFound("There is no such certificate.")
        queries.member(session, row.member_id, person_id=this_member().id)
        if not _stands(session, row):
            raise NotFound("This certificate stands no more. Please ask for a new one.")
        return download(_paper(row))


def _paper(row: ShareCertificate) -> Paper:
    node, code, language = this_node().settings.node, shown_code(row.code), this_tongue().language
    title = say("Certificate of capital")
    zone = ZoneInfo(this_node().settings.node.time_zone)
    facts = Facts(
        (
            (say("Name"), row.name),
            (say("Membership"), row.kind),
            (say("Shares"), f"{row.shares:,}"),
            (say("Paid in"), won(row.amount, language)),
            (say("Issued on"), day_in_words(row.issued_at, zone, language)),
            (say("Check code"), code),
        )
    )
    address = whole_url(url_for("fund.check_shares", code=code))
    blocks = (
        facts,
        Paragraph(say("This much capital of the member stands in the books of the fund."),
                  "strong"),
        Paragraph(say("Capital is no deposit: neither a return nor the principal is promised. What"
                      " is given back on leaving follows the law and the by-laws. This paper"
                      " cannot be sold or passed on.")),
        Paragraph(say("Whether it still stands can be checked at %(address)s", address=address),
                  "note"),
    )  # fmt: skip
    sheet = Sheet(title, blocks, over=node.name, aside=code)
    return Paper(f"{title} {row.name} {code}", (sheet,), footer=f"{node.name} · {code}")


@blueprint.get("/fund/certificates")
@permitted(READ)
def ask_share_code() -> Any:
    """Ask for the code of a certificate."""
    typed = request.args.get("code", "")[:40].strip()
    if typed:
        return redirect(url_for("fund.check_shares", code=code_form(typed) or "0"))
    return render_template("fund/dues/check.html", row=None, code="", looked=False)


@blueprint.get("/fund/certificates/<code>")
@permitted(READ)
def check_shares(code: str) -> Any:
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
        page = render_template(
            "fund/dues/check.html", row=row, stands=row is not None and _stands(session, row),
            looked=True, code=shown_code(row.code) if row else "",
        )  # fmt: skip
    headers = {"X-Robots-Tag": "noindex", "Cache-Control": "no-store"}
    return page, 200 if row else 404, headers
