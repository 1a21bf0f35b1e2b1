"""Doing the outbox's jobs: the core's own kinds and those of the plugins, in one table."""

from __future__ import annotations

from functools import partial

from . import mail, outbox
from .node import Node


def works(node: Node) -> dict[str, outbox.Work]:
    """Return the work of every kind of job that this node can do."""
    table: dict[str, outbox.Work] = {"mail": mail.sender(node)}
    for job in node.host.collect("jobs", node=node):
        table[job.kind] = partial(job.work, node)
    return table


def work_once(node: Node, *, limit: int = 50) -> int:
    """Do what is due now, at most ``limit`` jobs, and return how many were tried."""
    return outbox.run_due(node.db, node.clock, works(node), limit=limit)
