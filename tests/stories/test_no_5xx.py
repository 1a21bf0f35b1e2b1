"""Whatever is asked, typed or pressed twice: the node answers in words, never with a 5xx."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Container, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from support.asking import Visitor
from support.every_page import ALL, HUB, ROLES, address, gets, known, load_example
from support.federated import Wire
from support.forms import FoundForm, forms_in

from wizzle.core.node import Node
from wizzle.core.testing import make_node
from wizzle.core.web import create_app
from wizzle.plugins.market import Order

KEYS = ("q", "after", "before", "category", "seller", "state", "done", "by", "of", "next", "action",
        "listed", "product_id", "occasion", "quantity")  # fmt: skip
VALUES = ("", "0", "-1", "1", "9" * 30, "1.5", "가지", "' OR 1=1 --", "%", "_", "\x00", "\ud7ff",
          "1~", "~1", "1~가", "~", "[]", "<b>", "//evil.example", "\\", "cycle:1", "cycle:x",
          "shop:9999999999", "🥕" * 40, "x" * 3000, "٣", "²", "2026-02-30", "NaN")  # fmt: skip
WRONG = {"int": ("0", "7777777", "9" * 19, "9" * 40), "text": ("없음", "%00", "..", "a" * 300, "-")}
FORMS = {"stranger": 4, "resident": 10, "producer": 17, "activist": 23, "steward": 40}
"""How many kinds of forms each visitor finds at least, whatever was taken away meanwhile."""
TAKING_AWAY = re.compile("remove|dismiss|block|unmake|close$|leave|cancel|not-collected|discard")

AGAIN = ("/basket", "/checkout")
"""The pages besides those of the round that show other forms after some were sent."""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the example: producers, goods, a settled round, one that takes orders."""
    home = tmp_path_factory.mktemp("example")
    made = make_node(home, plugins=ALL)
    load_example(made)
    made.close()
    return home / "wizzle.db"


@pytest.fixture
def node(example: Path, tmp_path: Path) -> Iterator[Node]:
    """A node with the example, for one test to do with as it likes."""
    shutil.copyfile(example, tmp_path / "wizzle.db")
    # Other nodes are away: a page that asks them has to say so.
    made = make_node(tmp_path, migrated=True, plugins=ALL, http=Wire())
    yield made
    made.close()


@pytest.fixture
def site(node: Node) -> Flask:
    """The website as it is served, but that no form needs a token."""
    app = create_app(node)
    app.config.update(WTF_CSRF_ENABLED=False)
    return app


@pytest.fixture(params=ROLES)
def visitor(request: pytest.FixtureRequest, node: Node, site: Flask) -> Visitor:
    """Each kind of visitor in turn."""
    return Visitor(node, site, request.param)


@pytest.mark.parametrize("visitor", ["stranger", "resident", "steward"], indirect=True)
def test_every_page_with_any_question(visitor: Visitor) -> None:
    chance, client, right = random.Random(7), visitor.browser(), known(visitor.node)
    for rule in gets(visitor.site):
        visitor.asks(client, address(rule, right))
        question = urlencode({key: chance.choice(VALUES) for key in chance.sample(KEYS, 5)})
        visitor.asks(client, f"{address(rule, right)}?{question}")
    assert visitor.broken == []


@pytest.mark.parametrize("visitor", ["stranger", "steward"], indirect=True)
def test_every_address_with_wrong_names_and_numbers(visitor: Visitor) -> None:
    client, right = visitor.browser(), known(visitor.node)
    for rule in visitor.site.url_map.iter_rules():
        for name in rule._converters:  # not those that the rule itself fills in
            numbers = "int" in repr(rule._converters[name]).lower()
            for value in WRONG["int" if numbers else "text"]:
                path = address(rule, {**right, name: value, HUB.get(name, name): value})
                if "GET" in (rule.methods or ()):
                    visitor.asks(client, path)
                if "POST" in (rule.methods or ()):
                    visitor.sends(client, path, {})
    assert visitor.broken == []


def test_every_form_empty_clumsy_and_twice(visitor: Visitor) -> None:
    """Again and again, since what is sent brings other forms, until none is new."""
    chance, right, rules = random.Random(11), known(visitor.node), gets(visitor.site)
    seen: dict[str, tuple[str, FoundForm]] = {}
    while new := forms_of(visitor, [address(rule, right) for rule in rules], seen):
        seen.update(new)
        for path, form in new.values():
            if not TAKING_AWAY.search(path):
                send_badly(visitor, form, path, chance)
        rules = [rule for rule in rules if "cycle_id" in rule.arguments or rule.rule in AGAIN]
    for path, form in seen.values():
        if TAKING_AWAY.search(path):
            send_badly(visitor, form, path, chance)
    assert visitor.broken == []
    assert len(seen) >= FORMS[visitor.role], sorted(seen)


def forms_of(
    visitor: Visitor, paths: Iterable[str], seen: Container[str]
) -> dict[str, tuple[str, FoundForm]]:
    """Visit pages and return one form of each kind that was not seen yet, with where it posts."""
    found: dict[str, tuple[str, FoundForm]] = {}
    client = visitor.browser()
    for path in paths:
        page = visitor.asks(client, path)
        if page.status_code < 300 and page.mimetype == "text/html":
            for form in forms_in(page.text):
                goal = form.action.partition("#")[0] or path
                if form.method == "post" and (kind := kind_of(visitor.site, goal)) not in seen:
                    found.setdefault(kind, (goal, form))
    return found


def kind_of(site: Flask, path: str) -> str:
    """Return what all forms of a kind share: the view, and the step if it has one."""
    plain = unquote(path).partition("?")[0]
    endpoint, values = site.url_map.bind("example").match(plain, method="POST")
    return f"{endpoint} {values.get('name') or values.get('step') or ''}"


def send_badly(visitor: Visitor, form: FoundForm, path: str, chance: random.Random) -> None:
    """Send a form empty, with odd values in one field after another, as it stands, and again."""
    client = visitor.browser()
    visitor.sends(client, path, {})
    names = sorted({name for name, _ in form.fields})
    for name in chance.sample(names, min(len(names), 3)):
        odd = {**dict(form.fields), name: chance.choice(VALUES)}
        visitor.sends(client, path, {k: v.replace("\x00", "") for k, v in odd.items()})
    files = {name: (BytesIO(b"\x89PNG not really"), "odd.png") for name in form.files}
    visitor.sends(client, path, {**dict(form.fields), **files})
    for _ in range(2):
        visitor.sends(client, path, dict(form.fields))


def test_back_after_checkout_and_a_second_tab(node: Node, site: Flask) -> None:
    resident = Visitor(node, site, "resident")
    one, other = resident.browser(), resident.browser()
    (round_form,) = [f for f in forms_in(one.get("/rounds/2").text) if "/basket" in f.action]
    name = next(name for name, _ in round_form.fields if re.fullmatch(r"q\d+", name))
    resident.sends(one, round_form.action, {name: "2"})
    agreed = [checkout_form(one), checkout_form(other)]
    orders = number_of_orders(node)
    placed = resident.sends(one, "/checkout", agreed[0])
    assert placed.status_code == 302
    # The same page again after the back button, and the tab that was open beside it.
    assert resident.sends(one, "/checkout", agreed[0]).location == placed.location
    resident.sends(other, "/checkout", agreed[1])
    assert number_of_orders(node) == orders + 1
    change_in_both_tabs(resident, one, other, placed.location or "")
    assert resident.broken == []


def checkout_form(client: FlaskClient) -> dict[str, object]:
    (form,) = [f for f in forms_in(client.get("/checkout").text) if "/checkout" in f.action]
    return dict(form.fields)


def number_of_orders(node: Node) -> int:
    with node.db.read() as session:
        return len(session.scalars(select(Order.id)).all())


def change_in_both_tabs(resident: Visitor, one: FlaskClient, other: FlaskClient, path: str) -> None:
    """Change the order in one tab; the other is told; withdrawing twice does it once."""
    (form,) = [f for f in forms_in(one.get(path).text) if f.action == path]
    first, late = dict(form.fields), dict(form.fields)
    quantity = next(name for name, value in form.fields if value == "2" and name != "version")
    first[quantity], late[quantity] = "3", "1"
    assert resident.sends(one, path, {**first}).status_code == 302
    assert "다른 창에서 이 주문을 바꿨어요" in resident.sends(other, path, {**late}).text
    assert resident.sends(one, f"{path}/withdraw", {}).status_code == 302
    again = resident.sends(other, f"{path}/withdraw", {})
    assert again.status_code < 500
    assert "취소됨" in one.get(path).text
