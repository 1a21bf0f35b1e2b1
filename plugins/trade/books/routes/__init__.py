"""The pages of orders between nodes."""

RULES = ()


def today_sections(*_):
    return []


def my_sections(*_):
    return []


def matters(*_):
    return []
