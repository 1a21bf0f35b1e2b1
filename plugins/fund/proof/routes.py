"""The books to take along, for everyone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import chain
from tempfile import TemporaryFile
from typing import IO, Any
from zoneinfo import ZoneInfo

from flask import Response, render_template

from ....core.node import Node
from ....core.values import Message
from ....core.web import Signpost, permitted, this_node
from ..access import READ
from ..pages import blueprint
from . import queries, rules

SIGNPOSTS = (
    Signpost("fund.proof", "check", Message("Check the fund's books yourself", {}),
             Message("Take the whole of the books along, and recompute them.", {})),
)  # fmt: skip


@blueprint.get("/fund/books")
@permitted(READ, alike=True)
def proof() -> str:
    """Say how the books are checked, and hand them out."""
    return render_template("fund/proof/page.html")


@blueprint.get("/fund/books.jsonl")
@permitted(READ)
def books() -> Response:
    """Hand out the whole of the fund's books, as they stand at this moment."""
    # Written down first: whoever reads slowly must not keep the database waiting, and what the
    # first line claims is known only at the end.
    file = TemporaryFile()  # noqa: SIM115 closed when the answer is
    head = _write(this_node(), file)
    answer = Response(chain([rules.line(head).encode()], _pieces(file)))
    answer.call_on_close(file.close)
    answer.mimetype = "application/jsonl"
    answer.headers["Content-Disposition"] = 'attachment; filename="fund-books.jsonl"'
    return answer


def _write(node: Node, file: IO[bytes]) -> dict[str, Any]:
    """Write the entries and return the first line of the file, which says what they come to."""
    count = balance = 0
    months: rules.Months = {}
    now = node.clock.now()
    ahead = now.astimezone(ZoneInfo(node.settings.node.time_zone)).utcoffset() or timedelta()
    offset = int(ahead.total_seconds())
    with node.db.read() as session:
        for row in queries.entries(session, offset):
            file.write(rules.line(row).encode())
            count += 1
            balance -= row["amount"] if rules.is_the_fund_s(row) else 0
            rules.add_up(months, row, offset)
    file.seek(0)
    return rules.heading(
        node=node.settings.node.address, name=node.settings.node.name,
        made_at=int(now.timestamp()), offset=offset, entries=count, balance=balance,
        months=months,
    )  # fmt: skip


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    return iter(partial(file.read, 64 * 1024), b"")
