"""A new node's folder is whole, closed to strangers, and never written over another one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wizzle.node_config import ConfigErrors, Problem, load, new_node, node_text

ANSWERS = {
    "node.name": '"번동" 위즐 \\ # 1',
    "node.province": "서울특별시",
    "node.county": "강북구",
    "operator.trade_name": "번동살림",
    "operator.representative": "임꺽정",
    "operator.address": "서울특별시 강북구 이웃로 1",
    "operator.phone": "02-000-0000",
    "operator.email": "hello@bun.example.org",
    "operator.business_number": "1234567891",
    "rates.activist": "7.5%",
}


def keys_of(error: ConfigErrors) -> set[str]:
    return {problem.key for problem in error.problems}


def test_a_node_is_made_from_answers(tmp_path: Path) -> None:
    settings = new_node(tmp_path / "deep" / "bun", answers=ANSWERS)
    assert settings.node.name == '"번동" 위즐 \\ # 1'
    assert settings.node.address == "http://127.0.0.1:8000"
    assert settings.operator.business_number == "123-45-67891"
    assert settings.rates.activist_bp == 750
    assert settings.mail.kind == "file"
    assert settings == load(settings.home, {})


def test_answers_lie_over_an_example(tmp_path: Path) -> None:
    answers = {"node.name": "번동 위즐", "server.port": "9000", "plugins.enabled": "market"}
    settings = new_node(tmp_path, example="gangbuk", answers=answers)
    assert (settings.node.name, settings.node.county) == ("번동 위즐", "강북구")
    assert settings.server.port == 9000
    assert settings.plugins.enabled == ("market",)


def test_all_wrong_answers_are_said_and_nothing_is_written(tmp_path: Path) -> None:
    answers = {**ANSWERS, "operator.business_number": "1", "rates.centre": "9", "node.colour": "x"}
    del answers["node.county"]
    with pytest.raises(ConfigErrors) as raised:
        new_node(tmp_path / "bun", answers=answers)
    assert keys_of(raised.value) == {
        "node.county",
        "node.colour",
        "operator.business_number",
        "rates.centre",
    }
    examples = {problem.key: problem.example for problem in raised.value.problems}
    assert examples["operator.business_number"] == "123-45-67891"
    assert not (tmp_path / "bun").exists()


def test_a_node_is_never_overwritten(home: Path) -> None:
    before = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}
    with pytest.raises(ConfigErrors) as raised:
        new_node(home, example="wanju")
    assert keys_of(raised.value) == {"node.toml"}
    assert {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("has_links", [True, False])
def test_of_two_who_make_a_node_at_once_one_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    link = os.link

    def too_late(draft: Path, path: Path) -> None:
        if path.name == "node.toml":
            path.write_text("the other one", "utf-8")
        if not has_links:
            raise PermissionError
        link(draft, path)

    monkeypatch.setattr(os, "link", too_late)
    with pytest.raises(ConfigErrors) as raised:
        new_node(tmp_path, example="wanju")
    assert keys_of(raised.value) == {"node.toml"}
    assert (tmp_path / "node.toml").read_text("utf-8") == "the other one"
    assert {path.name for path in tmp_path.iterdir()} == {"media", "mail", "node.toml", "secret"}


def test_a_file_system_without_links_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    assert new_node(tmp_path, example="wanju").node.name == "완주 위즐"
    with pytest.raises(ConfigErrors):
        new_node(tmp_path, example="gangbuk")
    assert load(tmp_path, {}).node.name == "완주 위즐"


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
def test_strangers_on_the_machine_read_nothing(home: Path) -> None:
    assert (home / "secret").stat().st_mode & 0o777 == 0o600
    assert (home / "node.toml").stat().st_mode & 0o777 == 0o600
    for folder in (home, home / "media", home / "mail"):
        assert folder.stat().st_mode & 0o007 == 0


def test_secrets_differ_and_an_old_one_is_kept(tmp_path: Path) -> None:
    first = new_node(tmp_path / "a", example="wanju")
    second = new_node(tmp_path / "b", example="wanju")
    assert first.secret != second.secret
    assert len(first.secret) >= 32
    (first.home / "node.toml").unlink()
    assert new_node(first.home, example="wanju").secret == first.secret


def test_variables_count_at_once_but_are_not_written_down(tmp_path: Path) -> None:
    environ = {"WIZZLE_DATABASE__URL": "postgresql://db/wizzle"}
    assert new_node(tmp_path, example="wanju", environ=environ).database.url.startswith("postg")
    assert load(tmp_path, {}).database.url.startswith("sqlite")


@pytest.mark.parametrize("name", ["WIZZLE_SERVER__PORT", "WIZZLE_SERVER__PROT", "WIZZLE_SECRET"])
def test_a_wrong_variable_stops_before_anything_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigErrors) as raised:
        new_node(tmp_path / "bun", example="wanju", environ={name: "x"})
    assert keys_of(raised.value) == {name}
    assert not (tmp_path / "bun").exists()


def test_a_plugin_that_does_not_fit_stops_it_too(tmp_path: Path) -> None:
    with pytest.raises(ConfigErrors) as raised:
        new_node(
            tmp_path / "bun",
            example="wanju",
            judge=lambda choice: [
                Problem(f"plugins.enabled.{choice.enabled[0]}", "no such plugin")
            ],
        )
    assert keys_of(raised.value) == {"plugins.enabled.market"}
    assert not (tmp_path / "bun").exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ConfigErrors) as raised:
        new_node(tmp_path / "file", example="wanju", language="en")
    assert keys_of(raised.value) == {str(tmp_path / "file")}
    assert "cannot be written" in str(raised.value)


def test_every_value_stands_under_its_explanation() -> None:
    rows = node_text(ANSWERS).splitlines()
    values = [number for number, row in enumerate(rows) if " = " in row and row[0] != "#"]
    assert len(values) > 30
    assert all(rows[number - 1].startswith("#   ") for number in values)
    assert all(rows[number - 2].startswith("# ") for number in values)
