"""`wizzle federation …`: the group, and what can be tried without a node."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


@click.group()
def federation() -> None:
    """Signed talk between nodes."""


@federation.command("check-cases")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def check_cases(context: click.Context, file: Path, as_json: bool) -> None:
    """Judge every request of FILE as the inbox would; needs no node (docs/federation-cases.md).

    Ends with 1 if a verdict is not the expected one or a case is malformed, with 2 if FILE cannot
    be read.
    """
    # Only now: the libraries of signatures are heavy, and `wizzle --help` needs none.
    from ..core.cli import show_json
    from .signatures.cases import Malformed, read_file, run

    try:
        results = list(run(read_file(file)))
    except Malformed as error:
        click.echo(f"{file}: {error}", err=True)
        context.exit(2)
    differences = sum(each.differs for each in results)
    if as_json:
        show_json({"results": [_told(each) for each in results], "differences": differences})
    else:
        for each in results:
            click.echo(_line(each))
        click.echo(f"{len(results)} cases, {differences} differences")
    context.exit(1 if differences else 0)


def _told(result: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": result.id,
        "verdict": result.verdict,
        "status": result.status,
        "reason": result.reason,
        "detail": result.detail,
        "differs": result.differs,
        "fetched": list(result.fetched),
    }
    if result.actor is not None:
        told["actor"] = result.actor
    if result.clock_off is not None:
        told["clock_off_seconds"] = result.clock_off
    if result.expected:
        told["expected"] = " or ".join(result.expected)
    return told


def _line(result: Any) -> str:
    mark = f"  EXPECTED {' or '.join(result.expected)}" if result.differs else ""
    detail = f"  {result.detail}" if result.verdict == "malformed" else ""
    return f"{result.id}\t{result.verdict}\t{result.status or '-'}\t{result.reason}{mark}{detail}"
