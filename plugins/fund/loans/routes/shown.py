"""What the pages of loans have in common: forms by their fields, and how a loan is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import Forbidden, Invalid, NotFound, WizzleError
from .....core.values import Message
from .....core.web import Form, this_node, told
from .. import queries
from ..access import today
from ..models import Loan
from ..queries import AnyRow, Owed
from ..rules import ENTITLEMENTS, RULE_OF_PARTS, SHOWN_STATES, WAY_WORDS, guaranteed

WON, MONTHS, PER_YEAR, DAYS = (
    Message("won", {}), Message("months", {}), Message("% a year", {}), Message("days", {}),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; ``kind``: text, number, date, area, select, radios, tick or hidden."""

    name: str
    label: Message
    kind: str = "text"
    hint: Message | None = None
    suffix: Message | None = None
    required: bool = True
    choices: Sequence[tuple[Any, Message | str]] = ()
    most: int | None = None


WAY_FIELD = Field(
    "way", Message("How it is paid back", {}), "radios", choices=tuple(WAY_WORDS.items())
)


def form_page(
    form: Form, fields: Sequence[Field], *, title: Message, button: Message, back: str,
    lead: Message | None = None, grave: bool = False, **more: Any,
) -> tuple[str, int]:  # fmt: skip
    """Draw a form out of its fields; ``more`` may bring a ``lender``, a ``plan`` or a ``stand``."""
    page = render_template(
        "fund/loans/form.html", form=form, fields=fields, title=title, button=button, back=back,
        lead=lead, grave=grave, entitlements=ENTITLEMENTS, rule=RULE_OF_PARTS, **more,
    )  # fmt: skip
    return page, form.status


def tell(error: WizzleError) -> None:
    """Show on the next page why something was not done; what one may not do at all stays 403."""
    if isinstance(error, (Forbidden, NotFound)):
        raise error
    found = (
        [each for messages in error.fields.values() for each in messages]
        if isinstance(error, Invalid)
        else [error.message]
    )
    for message in found:
        told(message.text, "problem", **message.values)


def run(
    to: Response, action: Callable[..., Any], *args: Any, done: Message, **more: Any
) -> Response:
    """Do an action of one button in a transaction, say what came of it, and lead on."""
    node = this_node()
    try:
        with node.db.write() as session:
            action(node, session, *args, **more)
        told(done.text)
    except WizzleError as error:
        tell(error)
    return to


def state_of(loan: Loan | AnyRow, owed: Owed | None) -> tuple[str, Message]:
    """Return the kind of badge and the words for how a loan stands."""
    late = loan.state == "out" and owed is not None and owed.standing.late_since is not None
    return SHOWN_STATES["late" if late else loan.state]


STEPS = ("draft", "applied", "review", "approved", "agreed", "out", "repaid")


def whole(session: Session, loan: Loan) -> dict[str, Any]:
    """Return all that a page of one loan shows."""
    owed = queries.owed(session, loan, today())
    left = owed.standing.principal if owed else loan.amount
    found = queries.guarantors(session, loan.id)
    return {
        "loan": loan, "lender": queries.a_lender(session, loan.lender_id), "owed": owed,
        "guarantors": found, "payments": queries.payments(session, loan.id),
        "write_off": queries.write_off_of(session, loan.id), "state": state_of(loan, owed),
        "step": STEPS.index(loan.state) if loan.state in STEPS else None, "ways": WAY_WORDS,
        "entitlements": ENTITLEMENTS, "rule": RULE_OF_PARTS,
        "answers_for": {each.id: guaranteed(each.amount, left) for each in found},
    }  # fmt: skip
