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
    seen, waiting = set[str](), ["/rounds", f"/rounds/{round_.id}/desk", "/me", "/"]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = dana.get(address)
        assert answer.status_code in {200, 302, 303}, address
        if answer.mimetype == "text/html" and ("/rounds" in address or "/hubs" in address):
            found = re.findall(r'(?:href|action|src)="(/[^"#]*)', answer.get_data(as_text=True))
            waiting += [each.replace("&amp;", "&") for each in found if is_page(each)]
    assert len(seen) > 12


def is_page(address: str) -> bool:
    """Leave out what only posting does, and files."""
    posts = (
        "/steps/", "/discard", "/basket", "/language", "/log-out", "/less", "/refund",
        "/not-collected", "/cancel",
    )  # fmt: skip
    return not any(part in address for part in posts) and not address.startswith("/static")
