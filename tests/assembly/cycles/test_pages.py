"""Every page of a round, for each who may see it, at every step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from support.rounds import Round

from wizzle.plugins.assembly.cycles.rules import State

PUBLIC = ("/rounds", "/rounds/{id}")
DESK = (
    "/rounds/{id}/desk",
    "/rounds/{id}/offers",
    "/rounds/{id}/offers/{farm}",
    "/rounds/{id}/sheets",
    "/rounds/{id}/sheets/{farm}",
    "/rounds/{id}/packing",
    "/rounds/{id}/packing?by=product",
    "/rounds/{id}/collection",
    "/rounds/{id}/handover",
    "/rounds/{id}/handover?done=yes",
    "/rounds/{id}/edit",
    "/hubs/hub/desk",
    "/hubs/hub/settings",
    "/hubs/hub/rounds/new",
)


def addresses(round_: Round, pages: tuple[str, ...]) -> list[str]:
    return [page.format(id=round_.id, farm=round_.cast.space("farm").id) for page in pages]


@pytest.mark.parametrize("state", list(State))
def test_every_page_stands_at_every_step(
    round_: Round, as_: Callable[[str], FlaskClient], state: State
) -> None:
    if state is not State.DRAFT:
        round_.to("open")
        round_.order("alice", dict.fromkeys(round_.products, 1))
        round_.to(state)
    dana, charlie = as_("dana"), as_("charlie")
    for page in addresses(round_, PUBLIC + DESK):
        assert dana.get(page).status_code == 200, page
    for page in addresses(round_, DESK):
        assert charlie.get(page).status_code in {403, 404}, page
    for page in addresses(round_, PUBLIC):
        hidden = state is State.DRAFT and page.endswith(str(round_.id))
        assert charlie.get(page).status_code == (404 if hidden else 200), page
