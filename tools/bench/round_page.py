"""The page of a round that offers a thousand products at once."""

from __future__ import annotations

from contextlib import ExitStack

from .asking import Load, Visit, get, visit
from .fair import open_fair
from .pages import BARE, SITE
from .plan import Plan
from .report import Report
from .servers import Served, serve


def measure(plan: Plan, report: Report) -> None:
    """Ask for the page as a stranger does, beside a bare answer."""
    fair = open_fair(plan.folder / "round", None, people=30, products=plan.offers)
    fair.node.close()
    path = f"/rounds/{fair.cycle_id}"
    with ExitStack() as stack:
        site = stack.enter_context(
            serve(plan.server, SITE, folder=plan.folder, first=path, environ=fair.place.environ)
        )
        limit = stack.enter_context(serve(plan.server, BARE, folder=plan.folder, first="/hello"))
        _ask(plan, site, path)
        for _ in range(plan.rounds):
            hello, page = _ask(plan, limit, "/hello"), _ask(plan, site, path)
            name = f"round page, {plan.offers:,} offers"
            report.note(name, page.cpu_ms, "ms CPU", "≤ 12", others=page.others)
            report.note(f"{name}, ratio", page.cpu_ms / hello.cpu_ms, "× hello CPU")
            report.note(f"{name}, bytes", page.size, "bytes", "≤ 300,000")


def _ask(plan: Plan, served: Served, path: str) -> Visit:
    return visit(served, Load([[get(path)]], clients=8, seconds=plan.seconds)).only("200")
