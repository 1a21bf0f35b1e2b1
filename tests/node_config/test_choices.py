"""What stewards choose on pages: over node.toml, under the environment, whole, and undone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wizzle.node_config import (
    ConfigErrors,
    Moved,
    Problem,
    choose,
    entries,
    load,
    newest,
    undo,
    versions,
)

Edit = Callable[[str, str], int]


def chosen(home: Path, **wanted: Any) -> int:
    keys = {key.replace("__", "."): value for key, value in wanted.items()}
    return choose(home, {}, keys, after=newest(home))[0]


def entry(home: Path, key: str, environ: dict[str, str] | None = None) -> Any:
    found = entries(home, environ or {})[key.partition(".")[0]]
    return next(each for each in found if each.key == key)


def test_what_is_chosen_holds_before_the_file_and_the_environment_before_both(home: Path) -> None:
    assert chosen(home, node__name="번동 위즐", rates__activist="6.5") == 1
    settings = load(home, {})
    assert (settings.node.name, settings.rates.activist_bp, settings.choices) == (
        "번동 위즐", 650, 1,
    )  # fmt: skip
    assert settings.rates.centre_bp == 800
    environ = {"WIZZLE_NODE__NAME": "수유 위즐"}
    assert load(home, environ).node.name == "수유 위즐"
    sources = [entry(home, key).source for key in ("node.name", "node.province", "node.address")]
    assert sources == ["choice", "file", "file"]
    shown = entry(home, "node.name", environ)
    assert (shown.source, shown.open, shown.text) == ("environment", False, "수유 위즐")
    assert shown.variable == "WIZZLE_NODE__NAME"


def test_a_whole_new_file_is_kept_for_its_owner_alone(home: Path) -> None:
    chosen(home, node__name="하나")
    chosen(home, node__name="둘")
    files = sorted((home / "choices").iterdir())
    assert [file.name for file in files] == ["1.toml", "2.toml"]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert (home / "choices").stat().st_mode & 0o777 == 0o700
    assert [each.number for each in versions(home)] == [2, 1]


def test_everything_wrong_is_said_at_once_in_the_language_asked_for_and_nothing_is_written(
    home: Path,
) -> None:
    wrong = {"operator.email": "nobody", "operator.phone": "?", "rates.activist": "9"}
    for language, word in (("en", "e-mail"), ("ko", "전자우편")):
        with pytest.raises(ConfigErrors) as raised:
            choose(home, {}, wrong, after=0, language=language)
        problems = {each.key: each for each in raised.value.problems}
        assert set(problems) == set(wrong)
        assert word in problems["operator.email"].message
    assert newest(home) == 0


def test_rules_over_several_values_hold_for_choices_too(home: Path) -> None:
    with pytest.raises(ConfigErrors) as raised:
        chosen(home, rates__activist="8", rates__centre="8", rates__producer_floor="85")
    assert [each.key for each in raised.value.problems] == ["rates.producer_floor"]


@pytest.mark.parametrize(
    "key",
    ["node.address", "database.url", "mail.host", "mail.password", "server.port", "nothing.at_all",
     "server.development", "plugin.market.api_key", "secret"],
)  # fmt: skip
def test_what_could_lock_the_node_out_or_is_secret_is_not_chosen(home: Path, key: str) -> None:
    with pytest.raises(ConfigErrors) as raised:
        choose(home, {}, {key: "https://elsewhere.example"}, after=0)
    assert [each.key for each in raised.value.problems] == [key]
    assert newest(home) == 0


def test_secrets_are_on_no_list(home: Path, edit: Edit) -> None:
    edit('password = ""', 'password = "hunter2"')
    edit('username = ""', 'username = "node"')
    assert "hunter2" not in repr(entries(home, {}))


def test_what_the_environment_decides_is_not_chosen(home: Path) -> None:
    with pytest.raises(ConfigErrors, match="WIZZLE_NODE__NAME"):
        choose(home, {"WIZZLE_NODE__NAME": "x"}, {"node.name": "y"}, after=0, language="en")


def test_whoever_saw_an_older_version_writes_nothing_over_a_newer_one(home: Path) -> None:
    chosen(home, node__name="하나")
    with pytest.raises(Moved):
        choose(home, {}, {"node.town": "번동"}, after=0)
    assert load(home, {}).node.town == ""


def test_of_many_at_once_one_wins_and_none_is_lost_in_silence(home: Path) -> None:
    outcomes: list[str] = []

    def try_it(name: str) -> None:
        try:
            choose(home, {}, {"node.name": name}, after=0)
            outcomes.append(name)
        except Moved:
            outcomes.append("")

    tries = [threading.Thread(target=try_it, args=(f"위즐 {n}",)) for n in range(8)]
    for each in tries:
        each.start()
    for each in tries:
        each.join()
    assert len(outcomes) == 8
    (won,) = filter(None, outcomes)
    assert load(home, {}).node.name == won
    assert newest(home) == 1


def test_what_says_the_same_as_the_file_is_left_to_the_file(home: Path, edit: Edit) -> None:
    chosen(home, node__name="번동 위즐")
    chosen(home, node__name="강북 위즐")
    edit('name = "강북 위즐"', 'name = "강북 새 위즐"')
    assert load(home, {}).node.name == "강북 새 위즐"


def test_nothing_new_makes_no_version(home: Path) -> None:
    assert choose(home, {}, {"node.name": "강북 위즐"}, after=0) == (0, {})


def test_changes_are_told_with_before_and_after_and_a_look_writes_nothing(home: Path) -> None:
    number, changes = choose(home, {}, {"node.name": "새 위즐"}, after=0, dry=True)
    assert (number, changes) == (0, {"node.name": ("강북 위즐", "새 위즐")})
    assert newest(home) == 0


def test_an_older_version_holds_again_as_a_new_one(home: Path) -> None:
    chosen(home, node__name="하나")
    chosen(home, node__name="둘", node__town="번동")
    number, changes = undo(home, {}, 1, after=2)
    assert number == 3
    assert changes == {"node.name": ("둘", "하나"), "node.town": ("번동", "")}
    assert load(home, {}).node.name == "하나"
    undo(home, {}, 0, after=3)
    assert load(home, {}).node.name == "강북 위즐"


def test_a_spoilt_file_is_named_and_can_be_undone(home: Path) -> None:
    chosen(home, node__name="하나")
    (home / "choices" / "2.toml").write_text("name = [", "utf-8")
    with pytest.raises(ConfigErrors) as raised:
        load(home, {})
    assert "choices/2.toml" in str(raised.value)
    assert "wizzle choices undo" in str(raised.value)
    undo(home, {}, 1, after=2)
    assert load(home, {}).node.name == "하나"


def test_a_value_that_does_not_hold_any_more_names_the_file_of_the_choice(home: Path) -> None:
    chosen(home, node__name="하나")
    file = home / "choices" / "1.toml"
    file.write_text(file.read_text("utf-8").replace('"하나"', "7"), "utf-8")
    with pytest.raises(ConfigErrors) as raised:
        load(home, {})
    (problem,) = raised.value.problems
    assert str(problem).startswith("choices/1.toml node.name: ")


def test_old_versions_go_and_numbers_never_come_again(home: Path) -> None:
    for number in range(55):
        chosen(home, node__name=f"위즐 {number}")
    kept = versions(home)
    assert (kept[0].number, kept[-1].number, len(kept)) == (55, 6, 50)


def test_settings_of_a_plugin_that_is_switched_off_rest_in_the_file(home: Path) -> None:
    with (home / "node.toml").open("a", encoding="utf-8") as file:
        file.write('[plugin.market]\nbank = "농협"\n')

    def judge(choice: Any) -> list[Problem]:
        idle = choice.settings.keys() - set(choice.enabled)
        return [Problem(f"plugin.{name}", "idle") for name in idle]

    choose(home, {}, {"plugins.enabled": "fund"}, after=0, judge=judge)
    assert load(home, {}, judge=judge).plugins.settings == {}
    choose(home, {}, {"plugins.enabled": "market,fund"}, after=1, judge=judge)
    assert load(home, {}, judge=judge).plugins.settings == {"market": {"bank": "농협"}}


def test_settings_of_plugins_are_chosen_and_given_back(home: Path) -> None:
    choose(home, {}, {"plugin.market.page_size": 12, "plugin.fund.words": ["a", "b"]}, after=0)
    assert load(home, {}).plugins.settings == {
        "market": {"page_size": 12}, "fund": {"words": ["a", "b"]},
    }  # fmt: skip
    choose(home, {}, {"plugin.market.page_size": None}, after=1)
    assert load(home, {}).plugins.settings == {"fund": {"words": ["a", "b"]}}
