"""Serving: the website by waitress, and the worker that does the outbox's jobs beside it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from functools import partial
from wsgiref.util import setup_testing_defaults

import click
import structlog
import waitress
from flask import Flask
from sqlalchemy.orm import configure_mappers

from ..node import Node
from ..web import create_app
from ..work import run_jobs, services
from .node import keep_private, refuse, the_node, waiting_revisions
from .reopening import LOOK as LOOK_AROUND
from .reopening import Current, Working, follow
from .staying import for_good
from .templates import PreparedTemplates

LOOK = 10.0
"""Seconds between two looks for due jobs when nothing was written in this process meanwhile."""

FIRST_LOOK = 1.0
"""Seconds until the first look: whoever waits for the node to start goes first."""

DEVELOPMENT = """\
WARNING: server.development is true. This node talks over plain HTTP to whatever runs on this
machine. That is for trying out only; never let it serve people."""

log = structlog.get_logger("wizzle.worker")


def serve(node: Node, *, host: str | None, port: int | None, notes: Iterable[str] = ()) -> None:
    """Serve until interrupted; the worker ends with it."""
    server = node.settings.server
    current = Current(node)
    working = Working(current, work) if server.embedded_worker else None
    site = waitress.create_server(
        follow(current, _site(node), create_for_strangers),
        host=host or server.host,
        port=server.port if port is None else port,
        threads=server.threads,
        ident="wizzle",
        max_request_body_size=16 * 1024 * 1024,
    )
    if working is not None:
        first = threading.Timer(FIRST_LOOK, working.start)
        first.daemon = True
        first.start()
    warn(node)
    click.echo(f"{node.settings.node.name}: http://{site.effective_host}:{site.effective_port}")
    for note in notes:
        click.echo(note)
    try:
        site.run()
    except KeyboardInterrupt:
        click.echo("Good-bye.")
    finally:
        if working is not None:
            working.stop(node)
        site.close()


def website(*, keeps_pages: bool = True) -> Flask:
    """Return the website of the node here, for a server of several processes.

    ``gunicorn --preload "wizzle.core.cli.serving:website()"``; jobs are done by `wizzle worker`.
    Only a measurement lets it keep no pages.
    """
    keep_private()
    node = the_node()
    if waiting := waiting_revisions(node):
        refuse([f"run `wizzle migrate` first: {', '.join(waiting)}"])
    warn(node)
    with for_good():
        site = _site(node, keeps_pages=keeps_pages)
        _load(node, site)
    make = partial(create_for_strangers, keeps_pages=keeps_pages)
    site.wsgi_app = follow(Current(node), site.wsgi_app, make)  # type: ignore[assignment,method-assign]
    node.db.close()  # a connection must not be shared by the processes that come out of this one
    return site


def warn(node: Node) -> None:
    """Say loudly, on the error output, what must not be so on a node that serves people."""
    if node.settings.server.development:
        click.secho(DEVELOPMENT, err=True, fg="red", bold=True)


def _site(node: Node, *, keeps_pages: bool = True) -> Flask:
    with for_good():
        return create_for_strangers(node, keeps_pages=keeps_pages)


def create_for_strangers(node: Node, *, keeps_pages: bool = True) -> Flask:
    """Make the website as it is served: with pages kept for strangers, and templates prepared."""
    site = create_app(node, keeps_pages=keeps_pages)
    site.jinja_env.bytecode_cache = PreparedTemplates(node.prepared)
    return site


def work_on(node: Node) -> None:
    """Do jobs until the process ends, for the node as it stands chosen at each moment."""
    current = Current(node)
    Working(current, work).start()
    while True:
        time.sleep(LOOK_AROUND)
        current.look()


def _load(node: Node, site: Flask) -> None:
    """Load now what the first pages would, so that processes that come out of this one share it."""
    configure_mappers()
    for language in node.settings.node.languages:
        node.catalogues.tongue(language)
    for name in site.jinja_env.list_templates():
        site.jinja_env.get_template(name)
    for rule in site.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.arguments:
            _visit(site, rule.rule)


def _visit(site: Flask, path: str) -> None:
    """Ask for a page as a stranger would whom the door hands nothing that is kept."""
    asked = {"PATH_INFO": path, "HTTP_COOKIE": f"{site.config['SESSION_COOKIE_NAME']}=-"}
    setup_testing_defaults(asked)
    page = site(asked, lambda *_: lambda _: None)
    for _ in page:
        pass


def work(node: Node, stop: threading.Event) -> None:
    """Do jobs as they become due until ``stop`` is set, and beside them what plugins do."""
    for service in services(node):
        beside = threading.Thread(target=service.go_on, args=(node, stop), name=service.name)
        beside.daemon = True
        beside.start()
    while not stop.is_set():
        node.db.written.clear()
        try:
            busy = run_jobs(node) > 0
        except Exception:  # whatever it is: no letter would leave any more
            log.exception("the outbox could not be read")
            busy = False
        if not busy:
            node.db.written.wait(LOOK)
