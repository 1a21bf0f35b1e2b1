"""Doing the outbox's jobs: the core's own kinds and those of the plugins, in one table."""

from __future__ import annotations

from functools import partial

from . import answered, follows, mail, moderation, notices, outbox, search, webhooks
from .answers import Service
from .node import Node
from .rights import asking, breach, reminding, retention


def works(node: Node) -> dict[str, outbox.Work]:
    """Return the work of every kind of job that this node can do."""
    table: dict[str, outbox.Work] = {
        "mail": notices.respectful(node, mail.sender(node)),
        notices.MAIL: partial(notices.work_mail, node),
        asking.REMIND_JOB: partial(asking.remind, node),
        reminding.JOB: partial(reminding.work, node),
        breach.JOB: partial(breach.tell, node),
        retention.JOB: partial(retention.work, node),
        follows.TELL: partial(follows.work_tell, node),
        moderation.ENDING: partial(moderation.end_due, node),
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
    done += sum(each.once(node) for each in services(node) if each is not search.SERVICE)
    search.keep_up(node)  # a repetition of what is written, and no work of its own
    return done


def services(node: Node) -> list[Service]:
    """Return what is to be done beside the jobs: the core's own, and what plugins want."""
    own = (search.SERVICE, notices.SERVICE, retention.SERVICE, webhooks.service())
    return [*own, *node.host.collect("services", node=node)]
