"""What everyone may know: who lends here, on which terms, and what a loan would cost."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from marshmallow import EXCLUDE, ValidationError

from .....core.web import permitted, say, this_node
from .....core.web.complaints import in_words
from ...pages import blueprint
from .. import queries
from ..access import READ, today
from ..rules import CAP_BP, ENTITLEMENTS, RULE_OF_PARTS, SHOWN_FROM, WAY_WORDS, Due, plan
from ..schemas import CalculatorForm

FIRST = {"amount": 1_000_000, "months": 12, "rate": "4", "grace": 0, "way": "equal"}


@blueprint.get("/fund/loans")
@permitted(READ, alike=True)
def loans() -> str:
    """Say what loans are here, who lends them, and what happens if one cannot pay."""
    with this_node().db.read() as session:
        return render_template(
            "fund/loans/page.html", lenders=queries.open_lenders(session),
            numbers=queries.numbers(session), entitlements=ENTITLEMENTS, ways=WAY_WORDS,
            asked=FIRST, cap_bp=CAP_BP, shown_from=SHOWN_FROM,
        )  # fmt: skip


@blueprint.get("/fund/loans/calculator")
@permitted(READ, alike=True)
def loan_calculator() -> Any:
    """Work an example out: what is to be paid when, and what it costs."""
    asked = {name: text for name, text in request.args.items() if text.strip()}
    dues: tuple[Due, ...] = ()
    errors: dict[str, list[str]] = {}
    try:
        typed = CalculatorForm().load(asked or FIRST, unknown=EXCLUDE)
        if typed["grace"] >= typed["months"]:
            errors["grace"] = [say("The grace has to be shorter than the loan.")]
        else:
            dues = plan(
                typed["amount"], typed["rate"], typed["months"], way=typed["way"],
                start=today(), grace=typed["grace"],
            )  # fmt: skip
    except ValidationError as error:
        for name, found in error.normalized_messages().items():  # type: ignore[no-untyped-call]
            each = in_words(found[0])
            errors[name] = [say(each.text, **each.values)]
    page = render_template(
        "fund/loans/calculator.html", asked=asked or FIRST, errors=errors, dues=dues,
        ways=WAY_WORDS, cap_bp=CAP_BP, rule=RULE_OF_PARTS,
    )  # fmt: skip
    return page, 422 if errors else 200
