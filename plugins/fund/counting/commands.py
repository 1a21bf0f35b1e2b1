"""Counting a vote from a file alone: anybody can do it again, without a node."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import click

from .rules import (
    Counted,
    Election,
    Malformed,
    TooManyRounds,
    as_json_text,
    equal_shares,
    greedy,
    read,
)
from .rules.pabulib import MOST_BYTES

RULES = ("equal-shares", "greedy", "greedy-stop")


@click.command("count")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rule", type=click.Choice(RULES), required=True, help="How to count.")
@click.option("--tie-seed", default="", help="The seed of the lots that decide ties.")
@click.option(
    "--step", type=click.IntRange(1), default=1, show_default=True,
    help="What one step of completion adds to each share, in units of the file.",
)  # fmt: skip
@click.option(
    "--support", type=click.IntRange(1), default=None,
    help="A project takes part only with at least one such part of its share of the money as its"
    " share of the voters (3: a third).",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def count(
    file: Path, rule: str, tie_seed: str, step: int, support: int | None, as_json: bool
) -> None:
    """Count the vote in FILE (Pabulib's .pb) and print the winners.

    Needs no node. The same file, rule and seed give the same output, byte for byte.
    """
    election = _read(file)
    try:
        counted = (
            equal_shares(election, seed=tie_seed, step=step, support=support)
            if rule == "equal-shares"
            else greedy(election, seed=tie_seed, skip=rule == "greedy")
        )
    except TooManyRounds:
        raise click.ClickException("this takes too many steps: choose a larger --step") from None
    said = as_json_text(election, counted) if as_json else _as_text(election, counted)
    sys.stdout.write(said + "\n")


def _read(file: Path) -> Election:
    if file.stat().st_size > MOST_BYTES:
        raise click.ClickException(f"{file}: more than {MOST_BYTES // 1024 // 1024} MB")
    try:
        return read(file.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file}: not UTF-8 at byte {error.start}") from None
    except Malformed as error:
        raise click.ClickException(f"{file}: {error}") from None


def _as_text(election: Election, counted: Counted) -> str:
    lines = [
        f"rule     {counted.rule}",
        f"budget   {counted.budget:,}",
        f"cost     {counted.cost:,}",
        f"winners  {len(counted.winners)} of {len(election.projects)}",
    ]
    for winner in counted.winners:
        lines.append("")
        lines.append(f"{winner.project.id}  {winner.project.name}".rstrip())
        lines.append(f"  cost {winner.project.cost:,}, {winner.votes:,} votes")
        lines += [f"  {each.voters:,} paid {_plain(each.amount)}" for each in winner.payments]
    return "\n".join(lines)


def _plain(amount: Fraction) -> str:
    whole, rest = divmod(amount.numerator, amount.denominator)
    return f"{whole:,}" + (f" {rest}/{amount.denominator}" if rest else "")
