"""Values that must fit one another within a section."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from wizzle.node_config import Problem, load
from wizzle.node_config.fields import Setting
from wizzle.node_config.schema import SECTIONS, settings_of
from wizzle.node_config.texts import keys, sections

Problems = Callable[..., dict[str, Problem]]
SMTP = {"WIZZLE_MAIL__KIND": "smtp", "WIZZLE_MAIL__HOST": "smtp.example.org"}
LOGIN = {"WIZZLE_MAIL__USERNAME": "node", "WIZZLE_MAIL__PASSWORD": " with blanks "}


def test_mail_by_smtp(home: Path) -> None:
    mail = load(home, {**SMTP, **LOGIN, "WIZZLE_MAIL__SECURITY": "tls"}).mail
    assert (mail.kind, mail.host, mail.security) == ("smtp", "smtp.example.org", "tls")
    assert mail.password == " with blanks "


@pytest.mark.parametrize(
    ("environ", "key"),
    [
        ({"WIZZLE_MAIL__KIND": "smtp"}, "mail.host"),
        ({**SMTP, "WIZZLE_MAIL__USERNAME": "node"}, "mail.password"),
        ({**SMTP, "WIZZLE_MAIL__PASSWORD": "x"}, "mail.username"),
        ({**SMTP, **LOGIN, "WIZZLE_MAIL__SECURITY": "none"}, "WIZZLE_MAIL__SECURITY"),
        ({"WIZZLE_NODE__COUNTY": ""}, "WIZZLE_NODE__COUNTY"),
        ({"WIZZLE_OPERATOR__MAIL_ORDER_OFFICE": ""}, "WIZZLE_OPERATOR__MAIL_ORDER_OFFICE"),
    ],
)
def test_what_belongs_together(problems: Problems, environ: dict[str, str], key: str) -> None:
    assert set(problems(**environ)) == {key}


def test_a_relay_on_this_machine_may_be_plain(home: Path) -> None:
    environ = {**SMTP, **LOGIN, "WIZZLE_MAIL__HOST": "localhost", "WIZZLE_MAIL__SECURITY": "none"}
    assert load(home, environ).mail.security == "none"


def test_sejong_has_no_districts(home: Path) -> None:
    environ = {"WIZZLE_NODE__COUNTY": "", "WIZZLE_NODE__PROVINCE": "세종특별자치시"}
    assert load(home, environ).node.county == ""


def test_every_key_is_explained_and_its_example_is_right() -> None:
    fields: dict[str, Setting] = {
        f"{section}.{name}": field
        for section in SECTIONS
        for name, field in settings_of(section).items()
    }
    assert list(fields) == list(keys())
    assert list(SECTIONS) == list(sections())
    for key, about in keys().items():
        assert about.ko
        assert about.en.isascii()
        fields[key].deserialize(about.example)


def test_a_node_is_open_for_trying_out_only_on_this_machine(home: Path, problems: Problems) -> None:
    trying = {"WIZZLE_SERVER__DEVELOPMENT": "true"}
    assert load(home, {}).server.development is False
    assert load(home, trying).server.development is True
    for address in ("http://localhost:8000", "http://[::1]:8000", "https://quince.localhost"):
        assert load(home, {**trying, "WIZZLE_NODE__ADDRESS": address}).server.development is True
    for address in ("https://quince.example", "https://10.0.0.1", "https://localhost.example"):
        environ = {"WIZZLE_NODE__ADDRESS": address}
        assert load(home, environ).server.development is False
        found = problems(**trying, **environ)
        assert set(found) == {"WIZZLE_SERVER__DEVELOPMENT"}
        assert address in found["WIZZLE_SERVER__DEVELOPMENT"].message


def test_trying_out_is_judged_beside_other_mistakes(
    edit: Callable[[str, str], int], problems: Problems
) -> None:
    line = edit("development = false", "development = true")
    edit("port = 8000", "port = 0")
    found = problems(WIZZLE_NODE__ADDRESS="https://quince.example")
    assert set(found) == {"server.port", "server.development"}
    assert found["server.development"].line == line
    assert set(problems(WIZZLE_NODE__ADDRESS="nonsense")) == {"server.port", "WIZZLE_NODE__ADDRESS"}
