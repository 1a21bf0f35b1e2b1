"""Pictures of copies: fetched from the producer's own node, drawn anew, and shown from here."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select
from support.cast import Cast
from support.rounds import Round

from wizzle.core.models import Job, Picture
from wizzle.core.node import Node
from wizzle.core.outbox import run_due
from wizzle.core.outgoing import Answer, Failed
from wizzle.core.testing import FixedClock
from wizzle.core.work import works
from wizzle.plugins.trade.copies.actions import picturing
from wizzle.plugins.trade.copies.models import Copy

from .conftest import BASE, Farm, Ties
from .test_pages import pick, products

FIRST = f"{BASE}/pictures/aa/large.webp"


def png(colour: str = "green", size: int = 900) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (size, size), colour).save(drawn, "PNG")
    return drawn.getvalue()


class Shelf:
    """What stands at addresses of other nodes, and what was asked for."""

    def __init__(self) -> None:
        self.found: dict[str, Any] = {}
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def fetch(self, method: str, url: str, **more: Any) -> Answer:
        self.asked.append((url, more))
        found = self.found.get(url, 404)
        if isinstance(found, str):
            raise Failed(found, "wanju.example")  # type: ignore[arg-type]
        if isinstance(found, int):
            return Answer(found, {}, b"", url)
        return Answer(200, {"content-type": "image/png"}, found, url)


@pytest.fixture
def shelf(node: Node) -> Shelf:
    made = Shelf()
    object.__setattr__(node.ports, "http", made)
    return made


@pytest.fixture
def picked(
    node: Node, cast: Cast, clock: FixedClock, ties: Ties, shelf: Shelf, wanju: Farm,
    as_: Callable[[str], FlaskClient],
) -> FlaskClient:  # fmt: skip
    """Dana has picked two goods, one of which says that it has a picture."""
    shelf.found[FIRST] = png()
    wanju.offer(1, picture=FIRST)
    wanju.offer(3, picture=f"{BASE}/pictures/never/large.webp")
    wanju.send()
    dana = as_("dana")
    pick(node, dana, Round(node, cast, clock).draft(), "배추 1", "배추 2")
    return dana


def work(node: Node) -> None:
    while run_due(node.db, node.clock, works(node)):
        pass


def pictures(node: Node) -> list[str | None]:
    with node.db.read() as session:
        ids = [product.picture_id for product in products(node)]
        return [None if id_ is None else session.get_one(Picture, id_).digest for id_ in ids]


def test_the_picture_of_a_picked_good_is_fetched_once_and_shown_from_here(
    node, picked, shelf, client
):
    assert pictures(node) == [None, None]
    work(node)
    digest, none = pictures(node)
    assert none is None
    assert [url for url, _ in shelf.asked] == [FIRST]
    assert shelf.asked[0][1]["most"] <= 2 << 20
    page = client.get(f"/market/{products(node)[0].id}").text
    assert f"/pictures/{digest}/" in page
    assert "wanju.example/pictures" not in page
    assert client.get(f"/pictures/{digest}/small.webp").status_code == 200
    work(node)
    assert len(shelf.asked) == 1


def test_another_picture_takes_its_place_and_none_takes_it_away(node, picked, shelf, wanju, clock):
    work(node)
    before = pictures(node)[0]
    second = f"{BASE}/pictures/bb/large.webp"
    shelf.found[second] = png("red")
    for _ in range(9):  # however often it changes, it is fetched once an hour
        wanju.send([wanju.item(wanju.offer(1, picture=FIRST))])
        wanju.send([wanju.item(wanju.offer(1, picture=second))])
        work(node)
    assert len(shelf.asked) == 1
    clock.advance(hours=1)
    work(node)
    assert len(shelf.asked) == 2
    assert pictures(node)[0] not in (before, None)
    clock.advance(hours=1)
    wanju.send([wanju.item(wanju.offer(1, picture=""))])
    work(node)
    assert pictures(node)[0] is None
    assert len(shelf.asked) == 2


@pytest.mark.parametrize(
    "found", [b"<html>no picture", b"", 404, 410, b"\x89PNG\r\n\x1a\n" + b"x" * 99]
)
def test_what_is_no_picture_is_asked_for_once(node, picked, shelf, wanju, clock, found):
    shelf.found[FIRST] = found
    work(node)
    assert pictures(node) == [None, None]
    for _ in range(3):
        clock.advance(hours=3)
        wanju.send([wanju.item(wanju.offer(1, price=4000))])
        work(node)
    assert len(shelf.asked) == 1


@pytest.mark.parametrize("found", ["time", "connect", 503, 429])
def test_a_node_that_does_not_answer_is_asked_again_a_few_times(node, picked, shelf, clock, found):
    shelf.found[FIRST] = found
    work(node)
    assert pictures(node) == [None, None]
    for _ in range(60):
        clock.advance(hours=2)
        work(node)
    assert len(shelf.asked) == 1 + len(picturing.AGAIN)
    with node.db.read() as session:
        failed = select(func.count()).where(Job.kind == picturing.JOB, Job.state == "failed")
        assert session.scalar(failed) == 0


def test_it_comes_after_all_when_the_node_answers_again(node, picked, shelf, clock):
    shelf.found[FIRST] = "time"
    work(node)
    shelf.found[FIRST] = png()
    clock.advance(hours=1)
    work(node)
    assert pictures(node)[0] is not None


def test_a_picture_elsewhere_is_never_fetched(node, picked, shelf, wanju):
    with node.db.write() as session:  # as no proposal that was read can say
        copy = session.scalars(select(Copy).where(Copy.name == "배추 2")).one()
        copy.details = {**copy.details, "picture": "https://evil.example/x.png"}
        picturing.ask_pictures(session, [copy.id], node.clock.now())
    work(node)
    assert [url for url, _ in shelf.asked] == [FIRST]
