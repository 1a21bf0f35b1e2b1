"""No page of rounds and hubs leads nowhere, whichever other plugins there are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest
from support.cast import Cast
from support.rounds import Round

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock
from wizzle.core.web import create_app


@pytest.mark.parametrize("plugins", [("market", "assembly"), ("market", "assembly", "fund")])
@pytest.mark.parametrize("state", ["draft", "open", "distributing"])
def test_every_link_leads_somewhere(
    new_node: Callable[..., Node], plugins: Sequence[str], state: str
) -> None:
    clock = FixedClock()
    node = new_node(plugins=plugins, clock=clock)
    round_ = Round(node, Cast(node), clock)
    round_.goods("감자")
    round_.draft().offer()
    if state != "draft":
        round_.to("open")
        round_.order("alice", {round_.products[0]: 1})
        round_.to(state)
    site = create_app(node)
    site.config.update(TESTING=True)
    dana = round_.cast.signed_in(site, "dana")
    round_.cast.person("bob")
    seen, forms, waiting = (
        set[str](),
        set[str](),
        ["/rounds", f"/rounds/{round_.id}/desk", "/me", "/"],
    )
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = dana.get(address)
        fine = {200, 302, 303, 405} if address in forms else {200, 302, 303}
        assert answer.status_code in fine, address
        if answer.mimetype == "text/html" and ("/rounds" in address or "/hubs" in address):
            text = answer.get_data(as_text=True)
            forms |= {each.replace("&amp;", "&") for each in re.findall(r'action="(/[^"#]*)', text)}
            found = [*re.findall(r'(?:href|src)="(/[^"#]*)', text), *forms]
            waiting += [each.replace("&amp;", "&") for each in found if is_page(each)]
    assert len(seen) > 12


def is_page(address: str) -> bool:
    """Leave out files, and what is downloaded."""
    return not address.startswith("/static")
