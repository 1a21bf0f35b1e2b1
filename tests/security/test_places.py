"""Who counts as one place when tries are counted."""

from __future__ import annotations

from wizzle.core.auth.attempts import network


def test_neighbours_behind_a_proxy_that_speaks_ipv6_are_not_one_place() -> None:
    assert network("::ffff:203.0.113.7") == "203.0.113.7"
    assert network("::ffff:203.0.113.7") != network("::ffff:198.51.100.9")
