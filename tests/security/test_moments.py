"""Days at the ends of the calendar, where no time zone can be reckoned with."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from support.cast import Cast

As = Callable[[str], FlaskClient]


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_round_at_the_end_of_the_calendar_is_refused(as_: As, cast: Cast, year: str) -> None:
    cast.space("hub")
    dana = as_("dana")
    plan = {
        "title": "x",
        "opens_at": f"{year}-01-01T00:00" if year == "0001" else f"{year}-12-31T20:00",
        "cut_off": f"{year}-12-31T21:00",
        "collect_from": f"{year}-12-31T22:00",
        "collect_until": f"{year}-12-31T23:00",
    }
    assert dana.post("/hubs/hub/rounds/new", data=plan).status_code == 422
    assert dana.get("/hubs/hub/rounds/new").status_code == 200
