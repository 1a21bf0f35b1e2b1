"""Questions on the command line: asked a few times, and never of nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

TRIES = 5
"""So often one question is asked before it is given up: behind a pipe nobody learns from it."""

_NOBODY = (
    "쓸 수 있는 답이 없어서 멈췄어요. 만들어진 것은 없어요. 터미널에서 다시 하거나, 답을 옵션으로"
    " 주세요(--help). / No usable answer, so this stops here. Nothing was made. Please run it again"
    " in a terminal, or give the answers as options (--help)."
)


class Unanswered(click.ClickException):
    """Nobody answers, or only with what cannot be used; exit code 1."""

    def __init__(self, question: str) -> None:
        super().__init__(f"{question}: {_NOBODY}")


def asked(
    question: str,
    judge: Callable[[str], str | None],
    *,
    default: str | None = None,
    **how: Any,
) -> str:
    """Ask until ``judge`` says of an answer that nothing is wrong with it (None), at most
    ``TRIES`` times; ``how`` are options of ``click.prompt``. Without any answer ``Unanswered``."""
    for _ in range(TRIES):
        try:
            answer: str = click.prompt(
                question, default=default or "", show_default=bool(default), type=str, **how
            )
        except click.Abort:
            raise Unanswered(question) from None
        if not answer and default is None:
            continue
        wrong = judge(answer)
        if wrong is None:
            return answer
        click.echo(f"  {wrong}")
    raise Unanswered(question)
