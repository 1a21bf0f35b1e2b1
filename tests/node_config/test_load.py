"""A good node.toml becomes frozen settings; a node's folder is found."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from wizzle.node_config import ConfigErrors, Problem, chosen_home, find_home, load, new_node

Edit = Callable[[str, str], int]
Problems = Callable[..., dict[str, Problem]]


def test_everything_written_is_in_the_settings(home: Path) -> None:
    settings = load(home, {})
    assert settings.node.name == "강북 위즐"
    assert (settings.node.province, settings.node.county) == ("서울특별시", "강북구")
    assert settings.node.languages == ("ko", "en")
    assert settings.operator.business_number == "000-82-00025"
    assert (settings.rates.activist_bp, settings.rates.centre_bp) == (700, 800)
    assert settings.rates.producer_floor_bp == 8_400
    assert settings.plugins.enabled[:4] == ("market", "assembly", "fund", "federation")
    assert settings.mail_folder == home / "mail"
    assert settings.media_folder.is_dir()


def test_settings_are_frozen(home: Path) -> None:
    settings = load(home, {})
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.rates.activist_bp = 0  # type: ignore[misc]


def test_what_is_secret_is_shown_nowhere(home: Path, edit: Edit) -> None:
    edit('password = ""', 'password = "p4ssw0rd"')
    edit('username = ""', 'username = "node"')
    edit('url = "sqlite:///wizzle.db"', 'url = "postgresql://alice:hunter2@db/wizzle"')
    with (home / "node.toml").open("a", encoding="utf-8") as file:
        file.write('[plugin.market]\nkey = "live-key"\n')
    settings = load(home, {})
    assert settings.mail.password == "p4ssw0rd"
    assert settings.plugins.settings == {"market": {"key": "live-key"}}
    for hidden in (settings.secret, "p4ssw0rd", "hunter2", "live-key"):
        assert hidden not in repr(settings)
        assert hidden not in str(settings)


def test_secret_is_never_in_a_complaint(home: Path, edit: Edit, problems: Problems) -> None:
    edit('url = "sqlite:///wizzle.db"', 'url = "mysql://alice:hunter2@db/wizzle"')
    (home / "secret").write_text("too-short-secret\n", "utf-8")
    told = " ".join(map(str, problems().values()))
    assert "32" in told
    assert "hunter2" not in told
    assert "too-short-secret" not in told


def test_sqlite_file_lies_in_the_folder_of_the_node(tmp_path: Path) -> None:
    home = tmp_path / "우리 100% 동네?"
    settings = new_node(home, example="wanju")
    assert make_url(settings.database.url).database == str(home / "wizzle.db")
    assert settings.database.pool_options == {}


@pytest.mark.parametrize(
    ("written", "file"),
    [
        ("sqlite:///data/our.db?timeout=30", "{home}/data/our.db"),
        ("sqlite:////var/lib/wizzle/our.db", "/var/lib/wizzle/our.db"),
    ],
)
def test_sqlite_file_may_lie_elsewhere(home: Path, written: str, file: str) -> None:
    settings = load(home, {"WIZZLE_DATABASE__URL": written})
    assert make_url(settings.database.url).database == file.format(home=home)


def test_postgresql_has_a_pool(home: Path) -> None:
    url = "postgresql://node@/wizzle?host=/run/postgresql"
    settings = load(home, {"WIZZLE_DATABASE__URL": url, "WIZZLE_DATABASE__POOL_SIZE": "3"})
    assert settings.database.url == url
    assert settings.database.pool_options["pool_size"] == 3


def test_mail_comes_from_the_operator_if_nobody_else_is_named(home: Path) -> None:
    settings = load(home, {"WIZZLE_MAIL__SENDER": ""})
    assert settings.mail.sender == "hello@gangbuk.example.org"


def test_file_of_an_editor_with_a_byte_order_mark_is_read(home: Path) -> None:
    file = home / "node.toml"
    file.write_text("\N{BOM}" + file.read_text("utf-8"), "utf-8")
    assert load(home, {}).node.name == "강북 위즐"


def test_home_is_the_current_folder_or_the_named_one(home: Path, tmp_path: Path) -> None:
    assert find_home({}, home) == home
    assert find_home({"WIZZLE_HOME": str(home)}, tmp_path) == home
    assert find_home({"WIZZLE_HOME": "gangbuk"}, tmp_path) == home
    assert chosen_home({"WIZZLE_HOME": "new"}, tmp_path) == tmp_path / "new"


@pytest.mark.parametrize("environ", [{}, {"WIZZLE_HOME": "nowhere"}])
def test_without_a_home_it_says_what_to_do(tmp_path: Path, environ: dict[str, str]) -> None:
    with pytest.raises(ConfigErrors) as raised:
        find_home(environ, tmp_path, language="en")
    assert "wizzle init" in str(raised.value)
    assert "WIZZLE_HOME" in str(raised.value)
