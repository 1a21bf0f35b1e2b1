"""Work that plugins do beside the jobs: in threads of their own, for as long as a worker runs."""

from __future__ import annotations

import threading

from support.letters import listening

from wizzle.core import outbox
from wizzle.core.answers import JobKind, Service
from wizzle.core.cli.serving import work
from wizzle.core.work import work_once


def ask(node, key):
    with node.db.write() as session:
        outbox.enqueue(session, "slow.job", {}, key=key, at=node.clock.now())


def test_work_once_does_jobs_and_services(bare_node):
    done = []

    class Plugin:
        @staticmethod
        def jobs():
            return [JobKind("slow.job", lambda _node, _payload: done.append("job"))]

        @staticmethod
        def services():
            return [Service("slow.service", lambda _node: done.append("service") or 3, None)]

    ask(bare_node, "a")
    with listening(bare_node, Plugin):
        assert work_once(bare_node) == 4
    assert done == ["job", "service"]


def test_a_slow_job_holds_up_no_service_and_both_end(bare_node):
    go, stop, served, ended = (threading.Event() for _ in range(4))

    def go_on(_node, stopping):
        served.set()
        stopping.wait(20)
        ended.set()

    class Plugin:
        @staticmethod
        def jobs():
            return [JobKind("slow.job", lambda _node, _payload: go.wait(20))]

        @staticmethod
        def services():
            return [Service("slow.service", lambda _node: 0, go_on)]

    ask(bare_node, "a")
    with listening(bare_node, Plugin):
        worker = threading.Thread(target=work, args=(bare_node, stop))
        worker.start()
        assert served.wait(10)
        stop.set()
        go.set()
        bare_node.db.written.set()
        worker.join(10)
        assert ended.wait(10)
        assert not worker.is_alive()
