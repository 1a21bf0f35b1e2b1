"""Catalogues for programs of the Data Food Consortium: read-only, for those who expect won."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import Response, redirect, request

from ....core.answers import Rule
from ....core.errors import NotFound
from ....core.web import asked_number, machine, problem, this_node
from ..goods import actions as goods_actions
from ..goods import queries as goods
from ..goods.rules import CURRENCY
from ..pages import blueprint
from . import rules

READ = "trade.dfc.read"
RULES = (Rule(READ, everyone=True),)
SIZE = 100
"""Sellers in one list."""

MOST = 1000
"""Goods in one graph; a Link header leads to those that come behind."""

V2 = 'application/ld+json; profile="dfc-v2"'


@blueprint.get("/api/dfc/<path:rest>")
@machine(READ)
def guard(rest: str) -> Any:
    """Lead those who say that they expect won to the catalogues, and tell all others why not."""
    if request.args.get("currency") == CURRENCY:
        return redirect(f"{rules.PREFIX}/{rest}", 308)
    return problem(
        406,
        "Prices here are in South Korean won (KRW), for which dfc-m has no unit. Ask for"
        f" {rules.PREFIX}/… or add ?currency=KRW if you read them as won.",
        currency=CURRENCY,
    )


@blueprint.get("/.well-known/dfc/", strict_slashes=False)
@machine(READ)
def well_known() -> Response:
    """Say where what may be read is found. The addresses are those that ask first whether prices
    are understood to be won: readers find this document by themselves, and say nothing of it."""
    found = {
        f"{rules.SCOPES}ReadEnterprise": "/api/dfc/Enterprises",
        f"{rules.SCOPES}ReadProducts": "/api/dfc/SuppliedProducts",
    }
    headers = {"Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*"}
    return Response(json.dumps(found), 200, headers, mimetype="application/json")


@blueprint.get(f"{rules.PREFIX}/Enterprises")
@machine(READ)
def dfc_enterprises() -> Response:
    """Hand out who publishes goods here, without naming the goods; a Link header leads on."""
    node, second = this_node(), _asks_second()
    with node.db.read() as session:
        found = goods.producers(session, after=asked_number() or 0, limit=SIZE + 1)
    graph = [
        each
        for seller in found[:SIZE]
        for each in rules.enterprise(
            rules.Place(node.settings.node.address, seller.slug), seller, (), second=second
        )
    ]
    document = rules.document(graph, second=second)
    following = f"{request.path}?after={found[SIZE - 1].id}" if len(found) > SIZE else ""
    return _sent(document, _tag(document), second=second, following=following)


@blueprint.get(f"{rules.PREFIX}/SuppliedProducts")
@machine(READ)
def dfc_products() -> Response:
    """Hand out the goods of all sellers, of one after the other; a Link header leads on."""
    node, second = this_node(), _asks_second()
    at, after = asked_number("seller") or 0, asked_number() or 0
    with node.db.read() as session:
        sellers = goods.producers(session, after=max(at - 1, 0), limit=2)
        seller = sellers[0] if sellers else None
        if seller is None:
            return _sent(rules.document((), second=second), '"none"', second=second, following="")
        after = after if seller.id == at else 0
        found = goods.goods_of(node, session, seller.id, after=after, limit=MOST + 1)
    shown = found[:MOST]
    place = rules.Place(node.settings.node.address, seller.slug)
    graph = [
        *rules.enterprise(place, seller, shown, second=second),
        *rules.catalogue(place, shown, second=second),
    ]
    following = ""
    if len(found) > MOST:
        following = f"{request.path}?seller={seller.id}&after={rules.number_of(shown[-1])}"
    elif len(sellers) > 1:
        following = f"{request.path}?seller={sellers[1].id}"
    document = rules.document(graph, second=second)
    return _sent(document, _tag(document), second=second, following=following)


def _tag(document: Any) -> str:
    text = json.dumps(document, ensure_ascii=False).encode()
    return f'"{hashlib.sha256(text).hexdigest()[:32]}"'


@blueprint.get(f"{rules.PREFIX}/Enterprises/<slug>")
@machine(READ)
def dfc_enterprise(slug: str) -> Response:
    """Hand out who a seller is, with the addresses of the goods."""
    return _answer(slug, None, whole=False)


@blueprint.get(f"{rules.PREFIX}/Enterprises/<slug>/SuppliedProducts")
@machine(READ)
def dfc_catalogue(slug: str) -> Response:
    """Hand out the whole catalogue of a seller."""
    return _answer(slug, None)


@blueprint.get(f"{rules.PREFIX}/Enterprises/<slug>/SuppliedProducts/<number>")
@machine(READ)
def dfc_product(slug: str, number: str) -> Response:
    """Hand out one good, with all that it refers to."""
    digits = number.removesuffix("-case")
    if not digits.isdecimal() or not digits.isascii() or len(digits) > 9:
        raise NotFound("There is no such product. It may have been taken off the list.")
    return _answer(slug, int(digits))


def _answer(slug: str, product_id: int | None, *, whole: bool = True) -> Response:
    node, second = this_node(), _asks_second()
    seller = _seller(slug)
    goods_actions.freshen_if_old(node, seller.id)
    after, limit = (asked_number() or 0, MOST) if product_id is None else (product_id - 1, 1)
    with node.db.read() as session:
        state = goods.state(session, seller.id)
        if state is None:
            raise _none()
        found = goods.goods_of(node, session, seller.id, after=after, limit=limit + 1)
    place = rules.Place(node.settings.node.address, slug)
    shown = found[:limit]
    if product_id is not None and [good.uri.rpartition("/")[2] for good in shown] != [
        str(product_id)
    ]:
        raise NotFound("There is no such product. It may have been taken off the list.")
    graph = rules.enterprise(place, seller, shown, second=second)
    if whole:
        graph += rules.catalogue(place, shown, second=second)
    tag = f'"{state.seq}-{state.digest.hex()[:16]}-{2 if second else 1}"'
    more = product_id is None and len(found) > limit
    following = f"{request.path}?after={shown[-1].uri.rpartition('/')[2]}" if more else ""
    return _sent(rules.document(graph, second=second), tag, second=second, following=following)


def _asks_second() -> bool:
    """Say whether version 2 is asked for; the profile is the only sign of it."""
    return 'profile="dfc-v2"' in request.headers.get("Accept", "").replace("'", '"')


def _seller(slug: str) -> Any:
    with this_node().db.read() as session:
        seller = goods.published_seller(session, slug)
    if seller is None:
        raise _none()
    return seller


def _none() -> NotFound:
    return NotFound("No producer has this page.")


def _sent(document: Any, tag: str, *, second: bool, following: str) -> Response:
    headers = {
        "ETag": tag,
        "Cache-Control": "no-cache",
        "Vary": "Accept",
        "Access-Control-Allow-Origin": "*",
        "Content-Type": V2 if second else "application/json",
    }
    if following:
        headers["Link"] = f'<{following}>; rel="next"'
    if request.headers.get("If-None-Match") == tag:
        return Response(status=304, headers=headers)
    return Response(json.dumps(document, ensure_ascii=False), 200, headers)
