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
from .node import bring_up_to_date, refuse

KEYS = {question.name: question.key for question in node_config.QUESTIONS}


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
@_options
def init(example: str | None, yes: bool, language: str, **given: str | None) -> None:
    """Make a node in the current folder, or in WIZZLE_HOME."""
    steward = {name: given.pop(f"steward_{name}") for name in ("name", "email", "password")}
    answers = {KEYS[name]: answer for name, answer in given.items() if answer is not None}
    if not yes and example is None:
        _ask(answers, language)
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
    _make_steward(node, steward, ask=not yes)


def _ask(answers: dict[str, str], language: str) -> None:
    for question in node_config.QUESTIONS:
        if question.key not in answers and question.is_needed(answers):
            answers[question.key] = _answer_to(question, language)


def _answer_to(question: node_config.Question, language: str) -> str:
    text = question.ko if language == "ko" else question.en
    while True:
        answer: str = click.prompt(
            text, default=question.default, hide_input=question.hidden, type=str
        )
        wrong = question.check(answer, language)
        if wrong is None or (answer == question.default == ""):
            return answer
        click.echo(f"  {wrong.message} ({wrong.example})")


def _make_steward(node: Node, given: dict[str, str | None], *, ask: bool) -> None:
    operator = node.settings.operator
    name = given["name"] or _answer("운영자 이름 / steward's name", operator.representative, ask)
    email = given["email"] or _answer("전자우편 / e-mail", operator.email, ask)
    password = given["password"] or (_new_password(name, email) if ask else "")
    made_up = "" if password else node.random.token(12)
    with node.db.write() as session:
        members.make_steward(
            session,
            email=email,
            name=name,
            password_hash=node.ports.passwords.hash(password or made_up),
            at=node.clock.now(),
        )
    click.echo(f"운영자 / steward: {email}" + (f"  {made_up}" if made_up else ""))


def _new_password(name: str, email: str) -> str:
    while True:
        password: str = click.prompt(
            "비밀번호 / password", hide_input=True, confirmation_prompt=True
        )
        weak = weakness(password, name, email)
        if weak is None:
            return password
        click.echo(f"  {weak}")


def _answer(text: str, default: str, ask: bool) -> str:
    return str(click.prompt(text, default=default)) if ask else default
