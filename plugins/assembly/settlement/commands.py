"""`wizzle shares`: the split of one line, for scripts and for the curious."""

from __future__ import annotations

from dataclasses import asdict

import click

from ....core.cli import show_json
from ....core.values import split


@click.command()
@click.option("--price", type=click.IntRange(0), required=True, help="Won for one unit.")
@click.option("--quantity", type=click.IntRange(0), default=1, show_default=True)
@click.option("--activist-bp", type=click.IntRange(0, 5_000), default=700, show_default=True)
@click.option("--centre-bp", type=click.IntRange(0, 5_000), default=800, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def shares(price: int, quantity: int, activist_bp: int, centre_bp: int, as_json: bool) -> None:
    """Split what is paid for one line into the shares of activist, centre and producer."""
    parts = asdict(split(price * quantity, activist_bp, centre_bp))
    if as_json:
        show_json(parts)
        return
    for name in ("producer", "activist", "centre"):
        click.echo(f"{name:9} {parts[name]:>12,}")
