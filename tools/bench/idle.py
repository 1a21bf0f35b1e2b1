"""Memory at rest, and how long it takes from the start to the first page."""

from __future__ import annotations

import sys
from contextlib import ExitStack

from .asking import Load, get, visit
from .machine import cpu_of, pss_of, watch
from .pages import BARE, KEEPING, PATH, filled
from .plan import Plan
from .report import Report
from .servers import Served, command_of, free_port, running, serve

_PRODUCTS = 1_000
_OWN = [sys.executable, "-m", "bench.own_server"]


def measure(plan: Plan, report: Report) -> None:
    """Weigh two workers after their first pages and after a load; start a node's own server.

    It was started before, as a node nearly always was: what is kept for the next start is there.
    """
    place = filled(plan.folder / "idle", _PRODUCTS)
    with serve(plan.server, KEEPING, folder=plan.folder, first=PATH, environ=place.environ):
        pass
    for _ in range(plan.rounds):
        with ExitStack() as stack:
            bare = stack.enter_context(serve(plan.server, BARE, folder=plan.folder, first="/hello"))
            site = stack.enter_context(
                serve(plan.server, KEEPING, folder=plan.folder, first=PATH, environ=place.environ)
            )
            _weigh(plan, report, bare, site)
        _start(plan, report, place.environ)


def _weigh(plan: Plan, report: Report, bare: Served, site: Served) -> None:
    for served, path in ((bare, "/hello"), (site, PATH)):
        visit(served, Load([[get(path)]], clients=16, seconds=5, most=32)).only("200")
    name = f"{plan.server}, PSS"
    report.note(f"{name}: bare answer", pss_of(bare.pid), "MB")
    before = pss_of(site.pid)
    report.note(f"{name}: the node, all plugins on", before, "MB", "≤ 100")
    # With a session of their own they are not handed what is kept for strangers.
    own = [[get(path, "Cookie: wizzle=none\r\n")] for path in (PATH, "/")]
    visit(site, Load([[get(PATH)], *own], clients=16, seconds=plan.seconds)).only("200")
    report.note(f"{name}: growth under load", pss_of(site.pid) / before, "×", "≤ 1.2")


def _start(plan: Plan, report: Report, environ: dict[str, str]) -> None:
    port = free_port()
    hello = command_of("waitress", BARE, port)
    name = "start to the first page"
    with watch() as used, running(hello, port, folder=plan.folder, first="/hello") as it:
        bare, cpu = it.first, cpu_of(it.pid)
    report.note(f"{name}, bare answer", bare, "s", others=used.others_share)
    report.note(f"{name}, bare answer: CPU", cpu, "s")
    port = free_port()
    own = [*_OWN, "run", "--port", str(port)]
    with watch() as used, running(own, port, folder=plan.folder, first=PATH, environ=environ) as it:
        first, cpu = it.first, cpu_of(it.pid)
    report.note(f"{name}, wizzle run", first, "s", "≤ 0.8", others=used.others_share)
    report.note(f"{name}, wizzle run: CPU", cpu, "s")
