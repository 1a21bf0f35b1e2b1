"""Doing the outbox's jobs: the core's own kinds and those of the plugins, in one table."""

from __future__ import annotations

from functools import partial

from . import mail, outbox
from .answers import Service
from .node import Node
from .rights import asking, breach, retention


def works(node: Node) -> dict[str, outbox.Work]:
    """Return the work of every kind of job that this node can do."""
    table: dict[str, outbox.Work] = {
        "mail": mail.sender(node),
        asking.REMIND_JOB: partial(asking.remind, node),
        breach.JOB: partial(breach.tell, node),
        retention.JOB: partial(retention.work, node),
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
    """Return what is to be done beside the jobs: the core's own, and what plugins want."""
    return [retention.SERVICE, *node.host.collect("services", node=node)]
