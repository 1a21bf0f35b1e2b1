"""A wrong node.toml: everything in one go, with key, line, reason and an example."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from wizzle.node_config import ConfigErrors, PluginChoice, Problem, load

Edit = Callable[[str, str], int]
Problems = Callable[..., dict[str, Problem]]

WRONG = """\
node.name = "위즐"
[operator]
trade_name = 5
representative = "\\u0007"
address = " "
phone = "전화 없음"
email = "alice"
business_number = "123-45-67890"
mail_order_number = "제2026-서울강북-0001호"
[databse]
url = "sqlite:///x.db"
[database]
url = "postgres://node@db/wizzle"
[mail]
kind = "smpt"
port = "587"
username = "alice"
sender = "alice"
[rates]
activist = 8
centre = "8%"
producer_floor = 85
[server]
threads = 0
embedded_worker = 1
colour = "green"
[plugins]
enabled = ["market", "Fund", "market"]
market = true
[plugin]
market = 3
"""


def test_all_that_is_wrong_is_said_at_once(home: Path, problems: Problems) -> None:
    (home / "node.toml").write_text(WRONG, "utf-8")
    (home / "secret").unlink()
    found = problems(WIZZLE_SERVER__PROT="1")
    assert set(found) == {
        "node.province",
        "node.county",
        "node.address",
        "operator.trade_name",
        "operator.representative",
        "operator.address",
        "operator.phone",
        "operator.email",
        "operator.business_number",
        "operator.mail_order_office",
        "databse",
        "database.url",
        "mail.kind",
        "mail.port",
        "mail.password",
        "mail.sender",
        "rates.producer_floor",
        "server.threads",
        "server.embedded_worker",
        "server.colour",
        "plugins.enabled[1]",
        "plugins.enabled[2]",
        "plugins.market",
        "plugin.market",
        "WIZZLE_SERVER__PROT",
        "secret",
    }
    without_example = {key for key, problem in found.items() if not problem.example}
    assert without_example == {"server.colour"}  # it lists the known keys instead
    assert all(problem.message for problem in found.values())
    assert found["operator.business_number"].line == 8
    assert found["operator.mail_order_office"].line == 2  # where it is to be added
    assert found["plugins.enabled[1]"].line == 28


def test_problems_come_in_the_order_of_the_file(home: Path) -> None:
    (home / "node.toml").write_text(WRONG, "utf-8")
    with pytest.raises(ConfigErrors) as raised:
        load(home, {})
    lines = [problem.line for problem in raised.value.problems if problem.line]
    assert lines == sorted(lines)
    assert len(lines) > 10


def test_an_empty_file_names_each_missing_value(home: Path, problems: Problems) -> None:
    (home / "node.toml").write_text("", "utf-8")
    missing = problems()
    assert len(missing) == 14
    assert missing["rates.activist"].example == "activist = 7"
    assert "공개 주소" in missing["node.address"].message


@pytest.mark.parametrize(
    ("old", "new", "near"),
    [
        ('name = "강북 위즐"', 'naem = "강북 위즐"', "name"),
        ("activist = 7", "activst = 7", "activist"),
        ("[server]", "[sever]", "server"),
        ('town = ""', "colour = 1", "name, province"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(
    edit: Edit, problems: Problems, old: str, new: str, near: str
) -> None:
    line = edit(old, new)
    told = {problem.line for problem in problems().values() if near in str(problem)}
    assert line in told


@pytest.mark.parametrize("languages", [["ko", "en"], ["en", "ko"]])
def test_messages_are_in_the_first_language_of_the_file(
    edit: Edit, problems: Problems, languages: list[str]
) -> None:
    written = str(languages).replace("'", '"')
    if languages[0] == "en":
        edit('languages = ["ko", "en"]', f"languages = {written}")
    edit('currency = "KRW"', 'currency = "EUR"')
    message = problems()["node.currency"].message
    assert bool(re.search("[가-힣]", message)) == (languages[0] == "ko")


def test_messages_are_korean_if_the_language_is_wrong(edit: Edit, problems: Problems) -> None:
    edit('languages = ["ko", "en"]', 'languages = ["jp", "ko"]')
    found = problems()["node.languages[0]"]
    assert "이런 말은 몰라요" in found.message
    assert found.example == 'languages = ["ko", "en"]'


@pytest.mark.parametrize(
    ("broken", "column"), [("port = = 1", 8), ('town = "번동', 11), ('name = "두 번"', 13)]
)
def test_what_is_not_toml_is_named_by_line_and_column(
    home: Path, edit: Edit, problems: Problems, broken: str, column: int
) -> None:
    (home / "secret").unlink()
    line = edit('town = ""', broken)
    found = problems()
    assert set(found) == {"node.toml", "secret"}
    assert found["node.toml"].line == line
    assert f"{line}번째 줄 {column}번째 글자" in found["node.toml"].message


def test_a_list_left_open_is_placed_at_the_end(home: Path, problems: Problems) -> None:
    (home / "node.toml").write_text('[node]\nname = "x"\nlanguages = ["ko"', "utf-8")
    assert problems()["node.toml"].line == 3


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("name = '강북'".encode("cp949"), "UTF-8"),
        (b"port = " + b"9" * 5000, "TOML"),
    ],
)
def test_files_that_cannot_be_read(
    home: Path, problems: Problems, content: bytes, told: str
) -> None:
    (home / "node.toml").write_bytes(content)
    assert told in problems()["node.toml"].message


def test_no_file_at_all(tmp_path: Path) -> None:
    with pytest.raises(ConfigErrors) as raised:
        load(tmp_path, {})
    assert [problem.key for problem in raised.value.problems] == ["node.toml", "secret"]


def test_a_folder_where_the_file_should_be(home: Path, problems: Problems) -> None:
    (home / "node.toml").unlink()
    (home / "node.toml").mkdir()
    assert "읽을 수 없어요" in problems()["node.toml"].message


def test_a_section_that_is_no_table(home: Path, problems: Problems) -> None:
    file = home / "node.toml"
    text = re.sub(r"(?s)\[server\].*?\n# ──", "# ──", file.read_text("utf-8"))
    file.write_text("server = 8000\n" + text, "utf-8")
    assert problems(WIZZLE_SERVER__PORT="9000")["server"].example == "[server]"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('languages = ["ko", "en"]', 'languages = "ko"', "node.languages"),
        ('languages = ["ko", "en"]', "languages = []", "node.languages"),
        ('languages = ["ko", "en"]', "languages = [1]", "node.languages[0]"),
        ("port = 8000", 'port = "8000"', "server.port"),
        ("port = 8000", "port = 2026-01-01", "server.port"),
        ('name = "강북 위즐"', "name = { ko = 1 }", "node.name"),
    ],
)
def test_values_of_the_wrong_type(
    edit: Edit, problems: Problems, old: str, new: str, key: str
) -> None:
    line = edit(old, new)
    assert [(problem.key, problem.line) for problem in problems().values()] == [(key, line)]


def test_settings_of_plugins_that_are_no_tables(home: Path, problems: Problems) -> None:
    file = home / "node.toml"
    file.write_text("plugin = 3\n" + file.read_text("utf-8"), "utf-8")
    assert set(problems()) == {"plugin"}


def test_what_is_wrong_with_plugins_stands_in_the_same_list(home: Path, edit: Edit) -> None:
    names = ("market", "assembly", "fund", "federation", "trade", "locality", "board", "feed")
    enabled = f"enabled = {json.dumps(names)}"
    line = edit(enabled, 'enabled = ["market", "fund"]')
    edit("port = 8000", "port = 0")
    asked: list[PluginChoice] = []

    def judge(choice: PluginChoice) -> list[Problem]:
        asked.append(choice)
        return [Problem("plugins.enabled.fund", "requires something")]

    with pytest.raises(ConfigErrors) as raised:
        load(home, {}, judge=judge)
    assert asked == [PluginChoice(enabled=("market", "fund"), settings={})]
    found = {problem.key: problem.line for problem in raised.value.problems}
    assert found["plugins.enabled.fund"] == line
    assert set(found) == {"plugins.enabled.fund", "server.port"}


def test_a_broken_secret_is_said_without_showing_it(home: Path, problems: Problems) -> None:
    (home / "secret").write_bytes(b"hunter2\xff" * 9)
    assert "hunter2" not in str(problems()["secret"])


def test_a_problem_reads_as_one_line() -> None:
    assert str(Problem("a.b", "is wrong", "b = 1", 3)) == "node.toml:3 a.b: is wrong → b = 1"
    assert str(Problem("WIZZLE_HOME", "is wrong")) == "WIZZLE_HOME: is wrong"
