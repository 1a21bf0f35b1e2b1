"""Membership as people do it on its pages: joining, paying, being let off, leaving."""

from __future__ import annotations

import pytest


def test_the_example_stands_and_pages_show_it(sqlite_node):
    from support.every_page import load_example

    load_example(sqlite_node)
