"""Doing the outbox's jobs: the core's own kinds and those of the plugins, in one table."""

from __future__ import annotations

from functools import partial

from . import answered, mail, outbox, webhooks
from .answers import Service
from .node import Node


def works(node: Node) -> dict[str, outbox.Work]:
    """Return the work of every kind of job that this node can do."""
    table: dict[str, outbox.Work] = {
        "mail": mail.sender(node),
        answered.SWEEP: partial(answered.sweep, node),
        webhooks.SWEEP: partial(webhooks.sweep, node),
    }
    for job in node.host.collect("jobs", node=node):
        table[job.kind] = partial(job.work, node)
    return table


def run_jobs(node: Node, *, limit: int = 50) -> int:
    """Do the jobs that are due now, at most ``limit``, and return how many were tried."""
    return outbox.run_due(node.db, node.clock, works(node), limit=limit)


def work_once(node: Node, *, limit: int = 50) -> int:
    """Do what is due now, jobs and what plugins do beside them; return how much that was."""
    done = run_jobs(node, limit=limit)
    return done + sum(each.once(node) for each in services(node))


def services(node: Node) -> list[Service]:
    """Return what is to be done beside the jobs: webhooks, and what plugins want."""
    found: list[Service] = node.host.collect("services", node=node)
    return [webhooks.service(), *found]
