"""`wizzle init`: asks who this node is, writes its folder, makes the first steward's account."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from ... import node_config
from .. import members
from ..host import HostErrors
from ..node import Node
from ..opening import judge, open_node
from ..passwords import weakness
from .asking import asked
from .node import bring_up_to_date, refuse

KEYS = {question.name: question.key for question in node_config.QUESTIONS}
EMAIL = next(each for each in node_config.QUESTIONS if each.key == "operator.email")


def _options(command: Any) -> Any:
    for question in reversed(node_config.QUESTIONS):
        command = click.option(question.option, question.name, help=question.en)(command)
    return command


@click.command()
@click.option("--example", help="Start from an example: " + ", ".join(node_config.examples()))
@click.option("--yes", is_flag=True, help="Ask nothing: take the example or the defaults.")
@click.option("--language", type=click.Choice(["ko", "en"]), default="ko", help="To ask in.")
@click.option("--steward-name", help="The first steward's name.")
@click.option("--steward-email", help="The address that the first steward logs in with.")
@click.option("--steward-password", help="Made up and printed once if it is not given.")
@click.option(
    "--set",
    "more",
    nargs=2,
    multiple=True,
    metavar="KEY VALUE",
    help="Another key of node.toml: --set server.port 8001. Can be given again.",
)
@_options
def init(
    example: str | None, yes: bool, language: str, more: tuple[tuple[str, str], ...],
    **given: str | None,
) -> None:  # fmt: skip
    """Make a node in the current folder, or in WIZZLE_HOME."""
    steward = {name: given.pop(f"steward_{name}") for name in ("name", "email", "password")}
    answers = {KEYS[name]: answer for name, answer in given.items() if answer is not None}
    answers |= dict(more)
    if not yes and example is None:
        _ask(answers, language)
    steward = _first_steward(steward, answers, language, ask=not yes)
    home = node_config.chosen_home(os.environ, Path.cwd())
    try:
        settings = node_config.new_node(
            home,
            answers=answers,
            example=example,
            environ=os.environ,
            judge=judge,
            language=language,
        )
        node = open_node(settings)
    except (node_config.ConfigErrors, HostErrors) as error:
        refuse(error.problems)
    bring_up_to_date(node)
    click.echo(f"{settings.node.name}: {home / node_config.FILE_NAME}")
    _make_steward(node, steward)


def _ask(answers: dict[str, str], language: str) -> None:
    for question in node_config.QUESTIONS:
        if question.key not in answers and question.is_needed(answers):
            answers[question.key] = _answer_to(question, language)


def _answer_to(question: node_config.Question, language: str) -> str:
    def judge(answer: str) -> str | None:
        return None if answer == question.default == "" else _wrong(question, answer, language)

    text = question.ko if language == "ko" else question.en
    return asked(text, judge, default=question.default, hide_input=question.hidden)


def _wrong(question: node_config.Question, answer: str, language: str) -> str | None:
    """Say what is wrong with an answer, None if it can be used."""
    wrong = question.check(answer, language)
    return None if wrong is None else f"{wrong.message} ({wrong.example})"


def _first_steward(
    given: dict[str, str | None], answers: dict[str, str], language: str, *, ask: bool
) -> dict[str, str | None]:
    """Return name, address and password of the first steward, None for what the node will say.

    All of it is asked and judged before anything is written: a node without a steward could not
    be used, nor made again.
    """
    name, email, password = given["name"], given["email"], given["password"]
    if email is not None and (wrong := _wrong(EMAIL, email, language)) is not None:
        raise click.BadParameter(wrong, param_hint="--steward-email")
    if ask:
        representative = answers.get("operator.representative")
        name = name or asked("운영자 이름 / steward's name", lambda _: None, default=representative)
        email = email or asked(
            "전자우편 / e-mail",
            lambda answer: _wrong(EMAIL, answer, language),
            default=answers.get("operator.email"),
        )
    if password and (weak := weakness(password, name or "", email or "")) is not None:
        raise click.BadParameter(str(weak), param_hint="--steward-password")
    if ask and not password:
        password = _new_password(name or "", email or "")
    return {"name": name, "email": email, "password": password}


def _new_password(name: str, email: str) -> str:
    def judge(password: str) -> str | None:
        weak = weakness(password, name, email)
        return None if weak is None else str(weak)

    return asked("비밀번호 / password", judge, hide_input=True, confirmation_prompt=True)


def _make_steward(node: Node, steward: dict[str, str | None]) -> None:
    operator = node.settings.operator
    email = steward["email"] or operator.email
    made_up = "" if steward["password"] else node.random.token(12)
    password_hash = node.ports.passwords.hash(steward["password"] or made_up)
    with node.db.write() as session:
        members.make_steward(
            session,
            email=email,
            name=steward["name"] or operator.representative,
            password_hash=password_hash,
            at=node.clock.now(),
        )
    click.echo(f"운영자 / steward: {email}" + (f"  {made_up}" if made_up else ""))
