"""Numbers in addresses and forms that no database column can hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from support.cast import Cast

As = Callable[[str], FlaskClient]
HUGE = (2**31, 999_999_999_999_999, 2**63, 10**30)


@pytest.mark.parametrize("number", HUGE)
def test_an_address_with_a_huge_number_is_a_page_that_is_not_there(as_: As, number: int) -> None:
    bob = as_("bob")
    found = {
        path: bob.get(path).status_code
        for path in (
            f"/rounds/{number}",
            f"/rounds/{number}/desk",
            f"/rounds/{number}/statements/1",
            f"/rounds/{number}/handover/1",
            f"/market/{number}",
        )
    }
    found["block"] = bob.post(f"/admin/people/{number}/block").status_code
    found["send again"] = bob.post(f"/admin/jobs/{number}/send-again").status_code
    found["basket"] = bob.post(f"/rounds/{number}/basket", data={"q1": "1"}).status_code
    assert all(status in (302, 404) for status in found.values()), found


def test_a_device_with_a_huge_number_is_nobodys(as_: As) -> None:
    assert as_("alice").post(f"/me/devices/{2**63}/log-out").status_code in (302, 404)


@pytest.mark.parametrize("place", ["999999999999999", "2147483648"])
def test_a_list_goes_on_from_a_huge_number(as_: As, cast: Cast, place: str) -> None:
    cast.space("farm")
    bob = as_("bob")
    found = {
        path: bob.get(path).status_code
        for path in (
            f"/admin/people?before={place}",
            f"/admin/log?before={place}",
            f"/admin/jobs?before={place}",
            f"/rounds?after={place}",
            f"/fund/entries?after={place}",
            f"/statements?after={place}",
            f"/spaces?after={place}%20x",
            f"/market?after={place}%20x",
            f"/market?after={place}~x",
            f"/spaces/farm/goods?after={place}~x",
        )
    }
    assert set(found.values()) == {200}, found


def test_thousands_of_figures_in_an_address_are_a_page_that_is_not_there(
    client: FlaskClient,
) -> None:
    assert client.get(f"/rounds/{'9' * 5_000}").status_code == 404


def test_a_list_goes_on_from_thousands_of_figures(client: FlaskClient) -> None:
    assert client.get(f"/rounds?after={'9' * 5_000}").status_code == 200
