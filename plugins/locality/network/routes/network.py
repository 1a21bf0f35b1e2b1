"""The map of the network: producers by province, and the nodes that this one is tied to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import render_template, request

from .....core.errors import NotFound
from .....core.web import paged, permitted, this_node
from ...pages import blueprint
from ..queries import calls as call_queries
from ..queries import producers
from ..rules.calls import OPEN, stands
from ..rules.provinces import BY_KEY, HEIGHT, PROVINCES, WIDTH, tiles


@blueprint.get("/network")
@permitted("locality.network.read", alike=True)
def network() -> str:
    """Show producers by province on a map and in a table, nodes, and open calls."""
    node = this_node()
    now = node.clock.now()
    with node.db.read() as session:
        numbers, unknown = producers.by_province(session)
        peers = node.hooks.peers(node=node, session=session) or ()
        calls = call_queries.calls(session, now, limit=5)
        taking = [each for each in calls if stands(each.opens_at, each.closes_at, now) == OPEN]
        return render_template(
            "locality/network/network.html", tiles=tiles(numbers), width=WIDTH, height=HEIGHT,
            provinces=PROVINCES, numbers=numbers, unknown=unknown, peers=peers,
            total=sum(numbers.values()) + unknown,
            open_calls=taking,
        )  # fmt: skip


@blueprint.get("/network/provinces/<province>")
@permitted("locality.network.read", alike=True)
def network_province(province: str) -> str:
    """List the producers of a province."""
    shown = BY_KEY.get(province)
    if shown is None:
        raise NotFound("There is no such province.")
    node = this_node()
    with node.db.read() as session:
        rows = producers.in_province(session, shown, after=_place())
        peers = node.hooks.peers(node=node, session=session) or ()
    last = rows[: producers.SIZE][-1] if rows else None
    place = f"{last.county}|{last.name}|{last.id}" if last is not None else ""
    return render_template(
        "locality/network/province.html", province=shown,
        page=paged(rows, producers.SIZE, place), home_of=_names(peers),
    )  # fmt: skip


def _place() -> tuple[str, str, int] | None:
    """Return where the list goes on; nonsense means the beginning."""
    county, _, rest = request.args.get("after", "")[:300].partition("|")
    name, _, number = rest.rpartition("|")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    return county, name, int(number)


def _names(peers: Any) -> Any:
    """Return a function that names the node on which a mirror is at home."""
    known = {peer.host: peer.name for peer in peers}

    def home_of(address: str) -> str:
        host = urlsplit(address).netloc
        return str(known.get(host, host))

    return home_of
