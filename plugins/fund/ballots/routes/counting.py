"""Counting a file with ballots of any election, by both rules, for everyone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from .....core.auth import attempts
from .....core.errors import Invalid, TooMany, WizzleError
from .....core.values import Message
from .....core.web import Form, permitted, this_node
from .....core.web.identity import this_device
from ...access import READ
from ...counting.rules import Election, Malformed, TooManyRounds, read
from ...pages import blueprint
from ..rules import Count, tally
from ..schemas import CountForm

MOST_BYTES = 5 * 1024 * 1024
MOST_PROJECTS = 500
MOST_WORK = 4_000_000
"""So often a purse is looked at before a larger step is tried: about a second."""

TRIES = attempts.Limit("vote count from", most=20, minutes=15)


@blueprint.route("/fund/count", methods=["GET", "POST"])
@permitted(READ)
def count_file() -> Any:
    """Count a file in Pabulib's format; nothing of it is kept."""
    form = Form(CountForm(), {"step": 1})
    context: dict[str, Any] = {}
    if form.submitted():
        try:
            election, counted = _counted(form)
            context = {"election": election, "told": counted.shown, "step": counted.step,
                       "wished": form.data["step"]}  # fmt: skip
        except WizzleError as error:
            form.failed(error)
    return render_template("fund/ballots/count.html", form=form, **context), form.status


@dataclass(frozen=True, slots=True)
class Shown:
    """A project of the file as the page shows it."""

    number: str
    title: str
    cost: int


@blueprint.app_template_global("projects_of")
def projects_of(election: Election) -> list[Shown]:
    """Return the projects of an election for a page."""
    return [Shown(each.id, each.name or each.id, each.cost) for each in election.projects]


def _counted(form: Form) -> tuple[Election, Count]:
    _within_limits()
    election = _read()
    try:
        return election, tally(
            election, seed=form.data["tie_seed"], step=form.data["step"], support=None,
            most_work=MOST_WORK,
        )  # fmt: skip
    except TooManyRounds:
        raise _wrong(
            Message(
                "This takes too long to be counted here. Please write a larger step, or count it at"
                " home: “wizzle fund count”.",
                {},
            )
        ) from None


def _within_limits() -> None:
    node, place = this_node(), attempts.network(this_device().address)
    with node.db.write() as session:
        within = attempts.count(session, TRIES, place, at=node.clock.now())
    if not within:
        raise TooMany("That was a lot in a short time. Please come back in a quarter of an hour.")


def _read() -> Election:
    sent = request.files.get("file")
    data = sent.stream.read(MOST_BYTES + 1) if sent else b""
    if not data:
        raise _wrong(Message("Please choose a file that ends in .pb.", {}))
    if len(data) > MOST_BYTES:
        raise _wrong(Message("A file of at most 5 MB can be counted here.", {}))
    try:
        election = read(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise _wrong(Message("This is no text in UTF-8, and so no .pb file.", {})) from None
    except Malformed as error:
        said = Message("Line %(line)s: %(what)s", {"line": error.row, "what": error.text})
        raise Invalid({"file": [said]}) from None
    except (KeyError, ValueError):
        raise _wrong(Message("This is no .pb file of an election.", {})) from None
    if not election.projects or len(election.projects) > MOST_PROJECTS:
        raise _wrong(Message("An election with 1 to 500 projects can be counted here.", {}))
    return election


def _wrong(said: Message) -> Invalid:
    return Invalid({"file": [said]})
