"""What a phone reckons by itself is what the node reckons, to the won and the gram; and it reads
the QR codes of our own labels from a skew and badly lit picture."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import pytest
import segno
from PIL import Image, ImageFilter
from playwright.sync_api import Browser
from support.arrivals import Arrival
from support.hubdays import Handset, entry
from support.scripts import Scripts, scripts

import wizzle
from wizzle.core.errors import WizzleError
from wizzle.core.node import Node
from wizzle.plugins.assembly.receiving.schemas import weights
from wizzle.plugins.market import Footing, Order, doubt
from wizzle.plugins.market.orders.rules import cost

FOLDER = Path(wizzle.__file__).parent / "plugins/assembly/static/hubday"


@pytest.fixture(scope="module")
def module(chromium: Browser) -> Iterator[Scripts]:
    with scripts(chromium, FOLDER) as found:
        yield found


@pytest.fixture
def node(sqlite_node: Node) -> Node:
    """One kind of database is enough for what happens on a phone."""
    return sqlite_node


def line(chance: Random) -> dict[str, Any]:
    weighed = chance.random() < 0.6
    return {
        "price": chance.choice([0, 1, 990, 12_900, 99_999_999]),
        "delivered": chance.randint(0, 40),
        "byWeight": weighed,
        "expected": chance.randint(1, 5_000) if weighed else None,
        "most": chance.choice([None, chance.randint(1, 6_000)]) if weighed else None,
        "weighed": chance.choice([None, chance.randint(1, 1_000_000)]) if weighed else None,
        "deposit": chance.choice([0, 0, 500, 1_000]),
    }


def cost_here(each: dict[str, Any]) -> int:
    return cost(
        each["price"], each["delivered"], sold_by="weight" if each["byWeight"] else "piece",
        expected_g=each["expected"], weighed_g=each["weighed"], most_g=each["most"],
    )  # fmt: skip


def test_what_lines_cost(module: Scripts) -> None:
    chance = Random(20_261_130)
    lines = [line(chance) for _ in range(500)]
    told = module.call("reckon.js", "given.map(m.cost)", lines)
    assert told == [cost_here(each) for each in lines]


def test_what_is_to_be_paid(module: Scripts) -> None:
    chance = Random(7)
    orders = []
    for _ in range(300):
        account = chance.choice([0, chance.randint(-9_000, 90_000)])
        orders.append({
            "lines": [line(chance) for _ in range(chance.randint(1, 3))], "account": account,
            "reserved": chance.choice([0, chance.randint(0, 50_000)]), "transferred": 0,
        })  # fmt: skip
    told = module.call("reckon.js", "given.map(m.due)", orders)
    for each, here in zip(told, orders, strict=True):
        goods = sum(map(cost_here, here["lines"]))
        deposits = sum(part["deposit"] * part["delivered"] for part in here["lines"])
        asked = Footing(goods, deposits, here["account"], here["reserved"], 0).due
        wanted = {**asdict(asked), "total": asked.total, "cash": asked.cash}
        del wanted["transferred"]
        assert each == wanted


def test_when_a_weight_is_doubted(module: Scripts) -> None:
    pairs = []
    for expected in (1, 7, 600, 1_200):
        for times in (1, 4, 10, 100):
            near = (expected * times, expected // times)
            pairs += [(each + by, expected) for each in near for by in (-1, 0, 1) if each + by > 0]
    told = module.call("reckon.js", "given.map(([g, e]) => m.doubt(g, e))", pairs)
    assert told == [doubt(grams, expected).value.replace("none", "") for grams, expected in pairs]


def test_how_a_weight_is_typed(module: Scripts) -> None:
    typed = ["650", "1,234", "1,234 g", "1.2kg", "1.234 kg", "0", "-1", "1.5", "12,34", "x", "",
             "9999999", "1000 kg", "1001 kg", "0.0009kg", " 7 G ", "1e3"]  # fmt: skip
    told = module.call("reckon.js", "given.map(m.gramsOf)", typed)

    def here(text: str) -> int | None:
        try:
            return weights({"g-1": text}, "g").get(1)
        except WizzleError:
            return None

    assert told == [here(text) for text in typed]


def test_how_an_order_is_found(module: Scripts) -> None:
    orders = [
        {"id": 1, "uid": "aB-_9", "code": "HTGH", "number": "261123-UT4A5", "name": "김 앨리스",
         "tails": ["1234"]},
        {"id": 2, "uid": "zz", "code": "VEFN", "number": "261123-AAAAA", "name": "지나 Kim",
         "tails": ["8888", "1234"]},
    ]  # fmt: skip
    for text, wanted in (
        ("htgh", [1]), ("ht gh", [1]), ("앨리", [1]), ("김앨", [1]), ("kim", [2]), ("1234", [1, 2]),
        ("010-5555-8888", [2]), ("234", []), ("", [1, 2]), ("261123-ut4a5", [1]), ("<b>", []),
    ):  # fmt: skip
        found = module.call("day.js", "m.find(given[0], given[1]).map(o => o.id)", [orders, text])
        assert found == wanted, text
    for text, which in (
        ("https://gangbuk.example/bags/aB-_9", 1), ("http://x/bags/zz", 2), ("VEFN", 2),
        ("https://gangbuk.example/bags/other", None), ("javascript:alert(1)", None),
    ):  # fmt: skip
        found = module.call("day.js", "m.scanned(given[0], given[1])?.id ?? null", [orders, text])
        assert found == which, text


def test_what_a_phone_shows_beforehand_is_what_the_node_says_afterwards(
    module: Scripts, arrival: Arrival, dana: Handset, orders: list[Order], new_box: int
) -> None:
    alice, gina = orders[0].id, orders[1].id
    potato, meat = (each.id for each in arrival.lines(orders[0]))
    steps = [
        entry(alice, "bags", bags=2, was=0),
        entry(alice, "tick", mark="bag-2", on=True),
        entry(alice, "weigh", line=meat, grams=655, delivered=1, was=None, sure=False),
        entry(alice, "less", line=potato, delivered=1, was=2, reason="상했어요"),
        entry(gina, "back", container=new_box, number=2, way="balance"),
        entry(gina, "absent", reason="안 오셨어요"),
        entry(gina, "waits"),
        entry(gina, "hand", shown=0, cash=None, early=False),
        entry(alice, "hand", shown=7_550, cash=7_600, early=False),
    ]
    shown = dana.taken()["orders"]
    for number in range(1, len(steps) + 1):
        assert dana.outcomes(steps[number - 1]) == ["applied"], steps[number - 1]
        before = module.call("day.js", "m.project(given[0], given[1])", [shown, steps[:number]])
        assert [told(each) for each in before] == [told(each) for each in dana.taken()["orders"]]


def told(order: dict[str, Any]) -> dict[str, Any]:
    """What of an order is seen on a phone, but for what only the node knows of it."""
    names = ("id", "state", "bags", "ticks", "paid")
    lines = [(each["id"], each["delivered"], each["weighed"], each["paid"])
             for each in order["lines"]]  # fmt: skip
    money = None if order["paid"] else (order["account"], order["reserved"])
    boxes = [each for each in order["boxes"] if each["lots"]]
    return {name: order[name] for name in names} | {"lines": lines, "money": money, "boxes": boxes}


def picture(text: str, chance: Random) -> Image.Image:
    """Draw a QR code as a camera sees it: turned, from the side, half in the shade, not sharp."""
    written = io.BytesIO()
    made = segno.make(text, error=chance.choice("lmqh"), micro=False, boost_error=False)
    made.save(written, kind="png", scale=chance.choice([5, 6]), border=4)
    code, side = Image.open(written).convert("L"), 480
    seen = Image.new("L", (side, side), 190)
    seen.paste(code, ((side - code.width) // 2, (side - code.height) // 2))
    seen = seen.rotate(chance.choice([0, 17, 90, 133, 180, -41]), Image.Resampling.BICUBIC,
                       fillcolor=190)  # fmt: skip
    bent = chance.choice([0, 40, 70])
    corners = (-bent, 0, 0, side, side, side + bent, side, bent * 0.7)
    seen = seen.transform(seen.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC,
                          fillcolor=190)  # fmt: skip
    shade = Image.linear_gradient("L").resize(seen.size).point(lambda light: 120 + light // 2)
    shaded = Image.composite(seen, seen.point(lambda light: light // 2), shade)
    return shaded.filter(ImageFilter.GaussianBlur(chance.choice([0, 0.8])))


READ = """Promise.all(given.map(async (bytes) => {
  const picture = await createImageBitmap(await (await fetch(bytes)).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0);
  return m.read(pen.getImageData(0, 0, picture.width, picture.height));
}))"""


def data_url(shown: Image.Image) -> str:
    written = io.BytesIO()
    shown.save(written, "PNG")
    return "data:image/png;base64," + base64.b64encode(written.getvalue()).decode()


def test_labels_are_read_without_help(module: Scripts) -> None:
    chance, letters = Random(5), "abcdefghijkmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
    texts = ["https://gangbuk.example/bags/" + "".join(chance.choices(letters, k=22))
             for _ in range(24)]  # fmt: skip
    found = module.call("qr.js", READ, [data_url(picture(text, chance)) for text in texts])
    assert found == texts


def test_what_is_no_code_is_not_read_as_one(module: Scripts) -> None:
    chance = Random(3)
    noise = Image.frombytes("L", (160, 160), chance.randbytes(160 * 160))
    blank = [Image.new("L", (160, 160), shade) for shade in (0, 128, 255)]
    shown = [data_url(each) for each in (*blank, noise, noise.resize((480, 480)))]
    assert module.call("qr.js", READ, shown) == [""] * 5
