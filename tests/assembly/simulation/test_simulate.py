"""`wizzle round simulate`: a whole round on a throw-away database, and not a won lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy import make_url
from support.postgres import libpq

from wizzle.core.cli import main
from wizzle.core.values import Won
from wizzle.plugins.assembly.simulation import commands
from wizzle.plugins.assembly.simulation.rules import Chance, Counts, Good, Outcome, smaller

HAPPENED = (
    "orders", "changes", "withdrawals", "refused", "repeated", "standing_orders", "below_minimum",
    "carried", "shortages", "substitutions", "weighed", "transfers", "collected", "not_collected",
    "odd_cash", "deposits", "boxes_back", "refunds",
)  # fmt: skip


def simulate(*arguments: str) -> dict[str, Any]:
    found = CliRunner().invoke(main, ["round", "simulate", *arguments, "--json"])
    assert found.exit_code == 0, found.output
    played: dict[str, Any] = json.loads(found.stdout)
    return played


@pytest.fixture(scope="module")
def week() -> dict[str, Any]:
    return simulate("--residents", "200", "--seed", "1")


def test_every_won_has_an_owner(week: dict[str, Any]):
    shared = week["producers"] + week["activist"] + week["centre"]
    assert week["paid"] - week["refunded"] == shared > 0
    assert (week["difference"], week["oversold"], week["ledger_ok"]) == (0, 0, True)
    assert week["fund"] == week["centre"] > 0


def test_everything_happens_that_happens_in_a_real_week(week: dict[str, Any]):
    assert [name for name in HAPPENED if not week[name] > 0] == []
    assert 0 < week["refunded"] < week["paid"]
    assert week["lines"] > week["collected"]


def test_the_same_seed_plays_the_same_and_another_one_does_not():
    first, again, other = (simulate("--residents", "15", "--seed", s) for s in ("3", "3", "4"))
    assert first == again
    assert first != other


@pytest.mark.parametrize("residents", ["1", "2"])
def test_a_hamlet_plays_too(residents: str):
    assert simulate("--residents", residents)["difference"] == 0


def test_postgres_plays_the_same_and_leaves_nothing_behind(postgres_url: str):
    arguments = ("--residents", "15", "--seed", "3")
    assert simulate(*arguments, "--database", postgres_url) == simulate(*arguments)
    with psycopg.connect(libpq(make_url(postgres_url))) as connection:
        left = connection.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'wizzle%'"
        ).fetchall()
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
    assert (left, tables) == ([], [])


def test_it_needs_no_node_and_makes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WIZZLE_HOME", raising=False)
    simulate("--residents", "1")
    assert list(tmp_path.iterdir()) == []


def test_the_table_is_for_people():
    found = CliRunner().invoke(main, ["round", "simulate", "--residents", "5"])
    assert "difference" in found.stdout
    assert "The ledger holds" in found.stdout


@pytest.mark.parametrize("wrong", [{"producers": Won(849)}, {"oversold": 1}, {"ledger_ok": False}])
def test_what_does_not_add_up_ends_with_an_error(
    wrong: dict[str, Any], monkeypatch: pytest.MonkeyPatch
):
    right = {
        "paid": Won(1_000), "refunded": Won(0), "producers": Won(850), "activist": Won(70),
        "centre": Won(80), "fund": Won(80), "in_deposits": Won(0), "on_accounts": Won(0),
        "lines": 1, "oversold": 0, "ledger_ok": True,
        "counts": Counts(),
    }  # fmt: skip
    monkeypatch.setattr(commands, "_played", lambda *_: Outcome(**{**right, **wrong}))
    assert CliRunner().invoke(main, ["round", "simulate", "--json"]).exit_code == 1
    monkeypatch.setattr(commands, "_played", lambda *_: Outcome(**right))
    assert CliRunner().invoke(main, ["round", "simulate", "--json"]).exit_code == 0


def test_a_database_of_another_kind_is_refused():
    found = CliRunner().invoke(main, ["round", "simulate", "--database", "sqlite:///x.db"])
    assert found.exit_code == 2


@pytest.mark.parametrize(
    ("stock", "wanted", "fits"),
    [(None, 5, 5), (10, 4, 4), (3, 4, 2), (1, 4, 0), (7, 20, 6), (0, 2, 0)],
)
def test_a_resident_tries_again_with_what_there_is(stock: int | None, wanted: int, fits: int):
    good = Good(1, minimum=2, step=2 if wanted != 5 else 1, stock=stock)
    assert good.fitting(wanted) == fits
    assert smaller({1: wanted}, {1: good}) == ({1: fits} if fits else {})


def test_carts_hold_quantities_that_fit():
    chance = Chance(5)
    goods = {n: Good(n, minimum=n % 3 + 1, step=2, stock=None) for n in range(1, 9)}
    for _ in range(200):
        cart = chance.cart(goods)
        assert 1 <= len(cart) <= 6
        assert all(goods[id_].fitting(quantity) == quantity for id_, quantity in cart.items())
