"""What can be read of standing orders."""

from .demand import Demand, standing_demand
from .due import AnyRow, Due, Standing, opening_of, people_at, served, standing_at, today
from .hubs import Hub, hubs_for
from .mine import (
    changes_of,
    holidays_of,
    number_of,
    own_standing,
    runs_of,
    standing_of,
)
from .personal import personal
from .runs import failures, numbers_at, runs_at

__all__ = [
    "AnyRow",
    "Demand",
    "Due",
    "Hub",
    "Standing",
    "changes_of",
    "failures",
    "holidays_of",
    "hubs_for",
    "number_of",
    "numbers_at",
    "opening_of",
    "own_standing",
    "people_at",
    "personal",
    "runs_at",
    "runs_of",
    "served",
    "standing_at",
    "standing_demand",
    "standing_of",
    "today",
]
