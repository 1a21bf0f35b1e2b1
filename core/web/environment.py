"""The environment of the templates: how they are compiled, and which names they all know."""

from __future__ import annotations

from collections.abc import MutableMapping
from keyword import iskeyword
from typing import Any

import flask.templating
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

PLAIN = frozenset({"_", "gettext", "ngettext", "pgettext", "static_url", "url_for"})
"""Functions that every page calls dozens of times and that want nothing of the template itself."""


class Unfolded(CodeGenerator):
    """Reckons nothing out when a template is compiled, and calls plain functions directly.

    Jinja takes `{{ 0|won }}` for the same always, and would write the words of whoever is the first
    to ask into what everybody is shown. And before each call it looks at length whether the
    function wants to be given the template's context.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.optimizer = None

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def visit_Call(  # noqa: N802 as Jinja calls it
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Write a call."""
        if forward_caller or not _is_plain(node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for named in node.kwargs:
            self.write(f"{named.key}=")
            self.visit(named.value, frame)
            self.write(", ")
        self.write(")")


def _is_plain(node: nodes.Call) -> bool:
    return (
        isinstance(node.node, nodes.Name)
        and node.node.name in PLAIN
        and node.dyn_args is None
        and node.dyn_kwargs is None
        and not any(iskeyword(named.key) for named in node.kwargs)
    )


class Environment(flask.templating.Environment):
    """Flask's, with one dictionary of names for each template.

    Jinja's own chain of two is asked name by name, for every file of macros that a page imports.
    """

    code_generator_class = Unfolded

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the names that a template knows: all were given before the first is loaded."""
        return {**self.globals, **(d or {})}
