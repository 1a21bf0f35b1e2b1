"""WIZZLE_… variables override single values; a slip in one is said."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from wizzle.node_config import Problem, load
from wizzle.node_config.document import Document
from wizzle.node_config.overrides import Override, apply

Problems = Callable[..., dict[str, Problem]]


def test_values_of_every_kind_can_be_overridden(home: Path) -> None:
    settings = load(
        home,
        {
            "WIZZLE_NODE__NAME": "번동 위즐",
            "WIZZLE_NODE__LANGUAGES": "en, ko",
            "WIZZLE_SERVER__PORT": "9000",
            "WIZZLE_SERVER__EMBEDDED_WORKER": "no",
            "WIZZLE_RATES__ACTIVIST": "7.25%",
            "WIZZLE_PLUGINS__ENABLED": "market, fund",
            "WIZZLE_SECRET": "s" * 32,
            "PATH": "/bin",
        },
    )
    assert settings.node.name == "번동 위즐"
    assert settings.node.languages == ("en", "ko")
    assert settings.server.port == 9000
    assert settings.server.embedded_worker is False
    assert settings.rates.activist_bp == 725
    assert settings.plugins.enabled == ("market", "fund")
    assert settings.secret == "s" * 32


def test_all_plugins_can_be_switched_off(home: Path) -> None:
    assert load(home, {"WIZZLE_PLUGINS__ENABLED": ""}).plugins.enabled == ()


def test_settings_of_a_plugin_are_passed_on_unread(home: Path) -> None:
    with (home / "node.toml").open("a", encoding="utf-8") as file:
        file.write("[plugin.market]\nx = 1\ny = 0.5\n")
    settings = load(
        home,
        {
            "WIZZLE_PLUGIN__MARKET__X": "2",
            "WIZZLE_PLUGIN__MARKET__IN__DEPTH": "a",
            "WIZZLE_PLUGIN__FUND__LIST": '["a", "b"]',
            "WIZZLE_PLUGIN__FUND__TEXT": "[not toml",
        },
    ).plugins.settings
    assert settings == {
        "market": {"x": "2", "y": Decimal("0.5"), "in": {"depth": "a"}},
        "fund": {"list": ["a", "b"], "text": "[not toml"},
    }


def test_a_wrong_value_is_named_by_its_variable(problems: Problems) -> None:
    found = problems(
        WIZZLE_SERVER__PORT="many",
        WIZZLE_NODE__LANGUAGES="ko,jp",
        WIZZLE_SERVER__EMBEDDED_WORKER="?",
    )
    assert set(found) == {
        "WIZZLE_SERVER__PORT",
        "WIZZLE_NODE__LANGUAGES[1]",
        "WIZZLE_SERVER__EMBEDDED_WORKER",
    }
    assert found["WIZZLE_SERVER__PORT"].example == "WIZZLE_SERVER__PORT=8000"
    assert found["WIZZLE_SERVER__PORT"].line is None
    assert found["WIZZLE_NODE__LANGUAGES[1]"].example == "WIZZLE_NODE__LANGUAGES=ko,en"
    worker = "WIZZLE_SERVER__EMBEDDED_WORKER"
    assert found[worker].example == f"{worker}=true"


@pytest.mark.parametrize(
    ("slip", "near"),
    [
        ("WIZZLE_SERVER__PROT", "WIZZLE_SERVER__PORT"),
        ("WIZZLE_SERVER_PORT", "WIZZLE_SERVER__PORT"),
        ("WIZZLE_SEVER__PORT", "WIZZLE_SERVER__PORT"),
        ("WIZZLE_DATABASE_URL", "WIZZLE_DATABASE__URL"),
        ("WIZZLE_OPERATOR__COLOUR", "WIZZLE_"),
        ("WIZZLE_PLUGIN__MARKET", "WIZZLE_"),
    ],
)
def test_a_slip_in_a_name_is_said(problems: Problems, slip: str, near: str) -> None:
    found = problems(**{slip: "1"})
    assert set(found) == {slip}
    assert near in found[slip].message


@pytest.mark.parametrize(
    "name",
    ["WIZZLE_HOME", "WIZZLE_CHROMIUM", "WIZZLE_TEST_POSTGRES", "WIZZLE_TEST__A", "WIZZLE_COLOUR"],
)
def test_other_variables_are_left_alone(home: Path, name: str) -> None:
    assert load(home, {name: "1"}) == load(home, {})


def test_an_empty_secret_is_no_secret(problems: Problems) -> None:
    assert set(problems(WIZZLE_SECRET="")) == {"WIZZLE_SECRET"}


def test_what_is_overridden_stays_as_it_was() -> None:
    document = Document({"server": {"port": 1}})
    changed = apply(document.tables, {"server.port": Override("2", "WIZZLE_SERVER__PORT")})
    assert changed["server"] == {"port": 2}
    assert document.tables == {"server": {"port": 1}}
