"""Words of the directory for templates."""

from __future__ import annotations

from .....core.values import Message
from ...pages import blueprint
from ..rules.needs import ICONS, NEEDS, PERSON

LAYERS = {
    "intimate": Message("Closeness", {}),
    "civic": Message("Civic power", {}),
    "social": Message("Social power", {}),
}
LAYER_HINTS = {
    "intimate": Message("People meet without a purpose and get to know each other.", {}),
    "civic": Message("People talk in public about what concerns all, and decide together.", {}),
    "social": Message("People act with the district and others, and carry decisions out.", {}),
}
"""The three layers of social power: closeness, democratic publicness, shared governance."""


@blueprint.app_template_filter("need")
def need_name(need: str) -> Message:
    """Return what a need is called."""
    return NEEDS.get(need, Message(need, {}))


@blueprint.app_template_filter("layer")
def layer_name(layer: str) -> Message:
    """Return what a layer is called."""
    return LAYERS.get(layer, Message(layer, {}))


@blueprint.app_template_filter("entry_icon")
def entry_icon(kind: str) -> str:
    """Return the sign of a kind of entry."""
    return ICONS.get(kind, ICONS[PERSON])
