"""`wizzle demo`: two nodes of one machine that trade; served to be tried, or played and checked."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from typing import NoReturn

import click

from ....core.cli import show_json
from .actions.checking import check as check_all
from .actions.pairing import Two
from .actions.standing import served, stay
from .actions.visiting import Stuck
from .rules.comparing import as_dict, differences
from .rules.forms import NoSuchThing
from .rules.showing import shown

HUB, FARM = "강북 (127.0.0.1)", "완주 (localhost)"


@click.command("demo")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo"),
    show_default=True,
    help="Where both nodes live; what is there already is kept.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    default=8000,
    show_default=True,
    help="Of the hub's node in Gangbuk.",
)
@click.option(
    "--other-port",
    type=click.IntRange(1, 65_535),
    default=8001,
    show_default=True,
    help="Of the producers' node in Wanju.",
)
@click.option("--check", is_flag=True, help="Play one order on two nodes of its own, and compare.")
@click.option("--json", "as_json", is_flag=True, help="With --check: print one JSON object.")
def demo(folder: Path, port: int, other_port: int, check: bool, as_json: bool) -> None:
    """Serve two nodes that trade with each other, a city's hub and a county's producers.

    With --check nothing stays: an order goes from a resident's basket to the netted month, and the
    exit code is 1 if the two sides do not agree about it.
    """
    if port == other_port:
        raise click.BadParameter("must not be --port", param_hint="--other-port")
    signal.signal(signal.SIGTERM, _leave)  # both nodes are ended then as well
    try:
        if check:
            sys.exit(_checked(as_json=as_json))
        _serve(folder.absolute(), (port, other_port))
    except (Stuck, NoSuchThing) as error:
        raise click.ClickException(str(error)) from error


def _leave(_signal: int, _frame: object) -> NoReturn:
    sys.exit(1)


def _serve(folder: Path, ports: tuple[int, int]) -> None:
    click.echo(f"Two nodes in {folder}; the first time it takes a moment.")
    try:
        with served(folder, ports) as two:
            click.echo(_addresses(two))
            stay(two)
    except KeyboardInterrupt:
        click.echo("Good-bye.")


def _addresses(two: Two) -> str:
    told = []
    for name, node in (("강북", two.hub), ("완주", two.farm)):
        told.append(f"\n{name}  {node.address}")
        told += [
            f"    {role:10} {email:28} {password}"
            for role, (email, password) in node.accounts().items()
        ]
    return "\n".join([*told, "\nCtrl-C ends both."])


def _checked(*, as_json: bool) -> int:
    begun = time.monotonic()

    def lap(what: str) -> None:
        if not as_json:
            click.echo(f"{time.monotonic() - begun:5.1f} s  {what}")

    found = check_all(lap)
    if as_json:
        show_json(as_dict(found))
    else:
        click.echo(f"\n{shown(found, HUB, FARM)}")
    return 1 if differences(found) else 0
