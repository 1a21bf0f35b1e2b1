"""Holidays: days on which none of a resident's standing orders is made."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for

from .....core.errors import WizzleError
from .....core.web import Form, permitted, this_member, this_node, told
from ...orders.access import ORDER
from ...pages import ID, blueprint
from .. import actions
from ..schemas import HolidayForm
from .mine import page_of_mine


@blueprint.post("/standing/holidays")
@permitted(ORDER)
def add_holiday() -> Any:
    """Note a holiday."""
    form = Form(HolidayForm())
    if not form.submitted():
        return page_of_mine(form)
    try:
        with this_node().db.write() as session:
            actions.add_holiday(this_node(), session, this_member(), **form.data)
    except WizzleError as error:
        form.failed(error)
        return page_of_mine(form)
    told("Have a good time! Nothing is ordered for you on these days.")
    return redirect(url_for("market.my_standing"))


@blueprint.post(f"/standing/holidays/<{ID}:holiday_id>/drop")
@permitted(ORDER)
def drop_holiday(holiday_id: int) -> Any:
    """Take a holiday back."""
    with this_node().db.write() as session:
        actions.drop_holiday(session, this_member(), holiday_id)
    told("The holiday is out. Your standing orders go on.")
    return redirect(url_for("market.my_standing"))
