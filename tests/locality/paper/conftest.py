"""A node with the locality."""

from support.quarter import postgres_node, postgres_template, sqlite_node, sqlite_template

__all__ = ["postgres_node", "postgres_template", "sqlite_node", "sqlite_template"]
