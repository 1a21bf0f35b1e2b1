"""Every page, looked at on a phone by whoever sees it: nothing on it may be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pytest
from playwright.sync_api import Browser
from support.browser import open_phone
from support.every_page import ALL, ROLES, load_example, stops
from support.federated import Wire
from support.neighbour import Neighbour
from support.served import Served, served
from support.tour import come_in

from wizzle.core.web import create_app


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A served node with every plugin and the example in it; other nodes are away."""
    with served(tmp_path_factory.mktemp("tour"), plugins=ALL, http=Wire()) as found:
        load_example(found.node)
        yield found


@pytest.mark.timeout(600)
def test_every_page_fits_a_phone_and_is_accessible(town: Served, chromium: Browser) -> None:
    """Scrolling sideways, the console and other origins, and axe wherever a piece is new; once each
    page in Korean."""
    tour = list(stops(town.node, create_app(town.node)))
    complaints: list[str] = []
    for role, group in groupby(tour, key=lambda stop: stop.role):
        with open_phone(chromium) as page:
            come_in(page, town, role)
            neighbour = Neighbour(page, town.address)
            for stop in group:
                neighbour.goes_to(stop.path)
            complaints += [f"{role}: {each}" for each in neighbour.complaints]
    assert complaints == []
    assert {stop.role for stop in tour} == set(ROLES)
    assert len(tour) > 90  # so many that no kind of page can be lost unseen
