"""The command line: `wizzle …`, made of the core's commands and those of the plugins."""

from .staying import for_good

with for_good():
    from .group import main
    from .node import home_of_node, show_json, the_node

__all__ = ["home_of_node", "main", "show_json", "the_node"]
