"""A node whose fund hears of sales."""

from __future__ import annotations

import pytest
from support.cast import Cast
from support.purse import Purse
from support.sales import Sales

from wizzle.core.node import Node


@pytest.fixture
def sales(node: Node, cast: Cast) -> Sales:
    """Made-up sales on ``node``."""
    return Sales(node, cast)


@pytest.fixture
def purse(node: Node, cast: Cast, request: pytest.FixtureRequest) -> Purse:
    """The fund of ``node`` with its offices; its website is made when a test looks at it."""
    return Purse(node, cast, lambda: request.getfixturevalue("site"))
