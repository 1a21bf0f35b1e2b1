"""What pages about the books call things."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for

from .....core.values import Message
from .....core.web import say, this_tongue
from ...earmarks.models import Earmark
from ...earmarks.rules import AREA
from ...pages import blueprint
from ..rules import OFFICE_NAMES, SOURCES

_ACCOUNTS = {
    "bank": Message("The fund's bank account", {}),
    "cash": Message("Cash at a hub", {}),
    "centre": Message("The operating centre's share", {}),
    "fund": Message("Free money of the fund", {}),
    "earmark": Message("Money set apart in the fund", {}),
}
_HELD = Message("Held for somebody (whose it is stays with them)", {})


@blueprint.app_template_filter("fund_month")
def month_in_words(period: int) -> str:
    """Return 202612 as "December 2026", 2026 as "2026", in the language of the request."""
    tongue = this_tongue()
    if period < 10_000:
        return tongue.pgettext("year", "%(year)s", year=period)
    return tongue.pgettext(
        "month", "%(month)s/%(year)s", month=period % 100, year=period // 100
    )  # fmt: skip


@blueprint.app_template_filter("fund_kind")
def kind_in_words(kind: str | None) -> str:
    """Return what a kind of money is called."""
    return this_tongue().say(SOURCES.get(kind or "other", SOURCES["other"]))


@blueprint.app_template_filter("fund_account")
def account_in_words(kind: str) -> str:
    """Return what a kind of account is called; never whose it is."""
    return this_tongue().say(_ACCOUNTS.get(kind, _HELD))


@blueprint.app_template_filter("fund_office")
def office_in_words(office: str) -> str:
    """Return what an office is called."""
    return this_tongue().say(OFFICE_NAMES[office])


@blueprint.app_template_global("fund_period_url")
def period_url(period: int) -> str:
    """Return the address of a month or a year."""
    if period < 10_000:
        return url_for("fund.year", year=period)
    return url_for("fund.month", year=period // 100, month=f"{period % 100:02}")


def place_in_words(place: int, named: Mapping[int, Earmark]) -> str:
    """Return what a part of the fund is called."""
    if not place:
        return say("Free money")
    return named[place].name if place in named else f"#{place}"


def spent_in_words(place: int, named: Mapping[int, Earmark]) -> str:
    """Return what money was spent on, by the part of the fund that it left."""
    return place_in_words(place, named) if place else say("Running the fund")


def kind_of_place(place: int, named: Mapping[int, Earmark]) -> str:
    """Return whether a part of the fund is an area, a project, or neither."""
    found = named.get(place)
    if found is None:
        return ""
    return say("Area") if found.kind == AREA else say("Project")
