"""Proposing a drive, its picture, its rewards and its news."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core import pictures
from .....core.errors import WizzleError
from .....core.web import Form, permitted, this_member, this_node, told
from .....core.web.schemas import PictureDetails
from ...access import TAKE_PART
from ...pages import blueprint
from .. import actions, queries
from ..rules import MOST_REPORTS, MOST_STEPS, Part, Plan
from ..schemas import DriveForm, NewsForm, RewardForm
from .shown import own, tell, to_drive

_PLAN = ("title", "summary", "story", "minimum", "optimum", "for_minimum", "for_optimum",
         "first_days", "second_days", "carrier")  # fmt: skip


@blueprint.route("/fund/raise/new", methods=["GET", "POST"])
@permitted(TAKE_PART)
def new_drive() -> Any:
    """Propose a drive; the treasurer looks at it before anybody else does."""
    node, viewer = this_node(), this_member()
    with node.db.read() as session:
        spaces = [(each.id, each.name) for each in queries.owned_spaces(session, viewer.id)]
    initial = {"idempotency_key": node.random.token(12), "first_days": 40, "second_days": 40,
               "step_1_days": 60, "report_1_days": 90}  # fmt: skip
    form = Form(DriveForm(), initial)
    if form.submitted():
        try:
            key = f"{viewer.id}:{form.data['idempotency_key'] or node.random.token(12)}"
            with node.db.write() as session:
                made = actions.propose(
                    node, session, _plan(form.data), space_id=form.data["space_id"], key=key,
                    actor_id=viewer.id,
                )  # fmt: skip
                drive_id = made.id
            told("The treasurer looks at it now. You are told as soon as it is open.")
            return to_drive(drive_id)
        except WizzleError as error:
            form.failed(error)
    return _page(None, form, spaces)


def _plan(typed: dict[str, Any]) -> Plan:
    numbers = range(1, MOST_STEPS + 1)
    rows = [[typed[f"step_{n}_{name}"] for name in ("title", "amount", "days")] for n in numbers]
    parts = tuple(Part(*row) for row in rows if all(row))
    days = (typed[f"report_{number}_days"] for number in range(1, MOST_REPORTS + 1))
    return Plan(
        **{name: typed[name] for name in _PLAN}, parts=parts,
        reports=tuple(sorted({each for each in days if each})),
    )  # fmt: skip


def _page(row: Any, form: Form, spaces: list[tuple[int, str]]) -> Any:
    page = render_template(
        "fund/pledges/form.html", drive=row, form=form, spaces=spaces, steps=MOST_STEPS,
        reports=MOST_REPORTS,
    )  # fmt: skip
    return page, form.status


@blueprint.route("/fund/raise/<int:drive_id>/edit", methods=["GET", "POST"])
@permitted(TAKE_PART)
def edit_drive(drive_id: int) -> Any:
    """Change a proposal, or propose a refused one anew."""
    node = this_node()
    with node.db.read() as session:
        row = own(session, drive_id)
        parts, reports = queries.steps(session, drive_id)
    initial = {name: getattr(row, name) for name in (*_PLAN, "version")}
    for number, part in enumerate(parts, 1):
        initial |= {f"step_{number}_title": part.title, f"step_{number}_amount": part.amount,
                    f"step_{number}_days": part.days}  # fmt: skip
    initial |= {f"report_{number}_days": days for number, days in enumerate(reports, 1)}
    form = Form(DriveForm(), initial)
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.change_drive(
                    node, session, drive_id, _plan(form.data), version=form.data["version"],
                    actor_id=this_member().id,
                )  # fmt: skip
            told("Saved.")
            return to_drive(drive_id)
        except WizzleError as error:
            form.failed(error)
    return _page(row, form, [])


@blueprint.route("/fund/raise/<int:drive_id>/picture", methods=["GET", "POST"])
@permitted(TAKE_PART)
def drive_picture(drive_id: int) -> Any:
    """Bring a picture, with words for those who do not see it."""
    node = this_node()
    with node.db.read() as session:
        row = own(session, drive_id)
    form = Form(PictureDetails(), {"caption": row.caption or ""})
    if form.submitted():
        try:
            sent = request.files.get("picture")
            prepared = pictures.prepare(sent.stream.read(pictures.MOST_BYTES + 1) if sent else b"")
            with node.db.write() as session:
                actions.set_picture(
                    node, session, drive_id, prepared, caption=form.data["caption"],
                    actor_id=this_member().id,
                )  # fmt: skip
            told("The picture is there.")
            return to_drive(drive_id)
        except WizzleError as error:
            form.failed(error)
    return render_template("fund/pledges/picture.html", drive=row, form=form), form.status


@blueprint.route("/fund/raise/<int:drive_id>/rewards", methods=["GET", "POST"])
@permitted(TAKE_PART)
def drive_rewards(drive_id: int) -> Any:
    """Say what can be bought with a pledge."""
    node = this_node()
    with node.db.read() as session:
        row = own(session, drive_id)
        offered = queries.rewards(session, drive_id)
    form = Form(RewardForm(), {"idempotency_key": node.random.token(12)})
    if form.submitted():
        try:
            key = form.data.pop("idempotency_key") or node.random.token(12)
            with node.db.write() as session:
                actions.add_reward(
                    node, session, drive_id, key=key, actor_id=this_member().id, **form.data
                )
            told("Saved.")
            return redirect(url_for("fund.drive_rewards", drive_id=drive_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template("fund/pledges/rewards.html", drive=row, rewards=offered, form=form)
    return page, form.status


@blueprint.post("/fund/raise/<int:drive_id>/rewards/<int:reward_id>/drop")
@permitted(TAKE_PART)
def drop_reward(drive_id: int, reward_id: int) -> Response:
    """Take a reward out again."""
    node = this_node()
    with node.db.read() as session:
        own(session, drive_id)
    try:
        with node.db.write() as session:
            actions.drop_reward(node, session, drive_id, reward_id, actor_id=this_member().id)
    except WizzleError as error:
        tell(error)
    return redirect(url_for("fund.drive_rewards", drive_id=drive_id))


@blueprint.route("/fund/raise/<int:drive_id>/news", methods=["GET", "POST"])
@permitted(TAKE_PART)
def drive_news(drive_id: int) -> Any:
    """Tell what is new."""
    node = this_node()
    with node.db.read() as session:
        row = own(session, drive_id)
    form = Form(NewsForm(), {"idempotency_key": node.random.token(12)})
    if form.submitted():
        try:
            key = form.data.pop("idempotency_key") or node.random.token(12)
            with node.db.write() as session:
                actions.tell_news(
                    node, session, drive_id, key=key, actor_id=this_member().id, **form.data
                )
            told("Told. Everyone who follows this drive hears of it.")
            return to_drive(drive_id)
        except WizzleError as error:
            form.failed(error)
    return render_template("fund/pledges/tell.html", drive=row, form=form), form.status
