"""The example."""

from __future__ import annotations


def load_example(node, session):
    pass
