"""Serving: the website by waitress, and the worker that does the outbox's jobs beside it."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterable

import click
import structlog
import waitress
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import configure_mappers

from ..node import Node
from ..web import create_app
from ..work import work_once
from .node import refuse, the_node, waiting_revisions

LOOK = 10.0
"""Seconds between two looks for due jobs when nothing was written in this process meanwhile."""

log = structlog.get_logger("wizzle.worker")


def serve(node: Node, *, host: str | None, port: int | None, notes: Iterable[str] = ()) -> None:
    """Serve until interrupted; the worker ends with it."""
    server = node.settings.server
    stop = threading.Event()
    if server.embedded_worker:
        threading.Thread(target=work, args=(node, stop), name="worker", daemon=True).start()
    site = waitress.create_server(
        _at_rest(create_app(node, keeps_pages=True)),
        host=host or server.host,
        port=server.port if port is None else port,
        threads=server.threads,
        ident="wizzle",
        max_request_body_size=16 * 1024 * 1024,
    )
    click.echo(f"{node.settings.node.name}: http://{site.effective_host}:{site.effective_port}")
    for note in notes:
        click.echo(note)
    try:
        site.run()
    except KeyboardInterrupt:
        click.echo("Good-bye.")
    finally:
        stop.set()
        node.db.written.set()
        site.close()


def website(*, keeps_pages: bool = True) -> Flask:
    """Return the website of the node here, for a server of several processes.

    ``gunicorn --preload "wizzle.core.cli.serving:website()"``; jobs are done by `wizzle worker`.
    Only a measurement lets it keep no pages.
    """
    node = the_node()
    if waiting := waiting_revisions(node):
        refuse([f"run `wizzle migrate` first: {', '.join(waiting)}"])
    site = create_app(node, keeps_pages=keeps_pages)
    _load(node, site)
    _at_rest(site)
    node.db.close()  # a connection must not be shared by the processes that come out of this one
    return site


def _load(node: Node, site: Flask) -> None:
    """Load now what the first pages would, so that processes that come out of this one share it."""
    configure_mappers()
    for language in node.settings.node.languages:
        node.catalogues.tongue(language)
    for name in site.jinja_env.list_templates():
        site.jinja_env.get_template(name)


def _at_rest(site: Flask) -> Flask:
    """Take what stands for good out of the rounds of the garbage collector.

    It would go through all of it again and again, and write into memory that processes share.
    """
    gc.collect()
    gc.freeze()
    return site


def work(node: Node, stop: threading.Event) -> None:
    """Do jobs as they become due until ``stop`` is set."""
    while not stop.is_set():
        node.db.written.clear()
        try:
            busy = work_once(node) > 0
        except SQLAlchemyError:
            log.exception("the outbox could not be read")
            busy = False
        if not busy:
            node.db.written.wait(LOOK)
