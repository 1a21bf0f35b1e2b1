"""A round of dana's hub that is settled."""

from __future__ import annotations

import pytest
from support.settling import Sold


@pytest.fixture
def settled(sold: Sold) -> Sold:
    sold.settle()
    return sold
