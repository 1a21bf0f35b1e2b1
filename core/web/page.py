"""What every page stands on: the node, the viewer, who may see it, and what to tell them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from flask import current_app, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from ..auth import Permissions, require
from ..errors import Forbidden
from ..language import Tongue
from ..node import Node
from ..pictures import SIZES
from ..values import Message, Viewer
from .look import OwnLook

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Site:
    """What one website was made with; kept with its application."""

    node: Node
    permissions: Permissions
    statics: dict[str, str]
    look: OwnLook


def this_site() -> Site:
    return cast(Site, current_app.extensions["wizzle"])


def this_node() -> Node:
    """Return the node that answers this request."""
    return this_site().node


def this_viewer() -> Viewer | None:
    """Return who asks, None for a stranger."""
    return cast("Viewer | None", g.get("viewer"))


def this_member() -> Viewer:
    """Return who asks, on a page that strangers do not see."""
    viewer = this_viewer()
    if viewer is None:
        raise Forbidden("Please log in first.")
    return viewer


def this_tongue() -> Tongue:
    """Return the language that this request is answered in."""
    return cast("Tongue | None", g.get("tongue")) or this_node().catalogues.tongue("")


def say(text: str, /, **values: object) -> str:
    """Return a message in the language of this request."""
    return this_tongue().gettext(text, **values)


def told(text: str, /, category: str = "done", **values: object) -> None:
    """Show a message on the next page: ``category`` is done, note or problem."""
    flash(this_tongue().say(Message(text, values)), category)


def can(action: str, space_id: int | None = None) -> bool:
    """Say whether the viewer may do ``action``; also a function of the templates."""
    return this_site().permissions.can(this_viewer(), action, space_id)


def allow(action: str, space_id: int | None = None) -> None:
    """Refuse the request with 403 unless the viewer may do ``action`` in this space."""
    require(this_site().permissions, this_viewer(), action, space_id)


def permitted(action: str, *, alike: bool = False) -> Callable[[View], View]:
    """Mark a view with the action that it is; strangers who may not are sent to log in.

    Every route carries one of these. A view about one space also calls ``allow`` with its id.
    ``alike``: the page is the same for every stranger who asks for this address in this language,
    so that it may be kept for a moment and handed to the next one.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            stranger = this_viewer() is None
            if stranger and not can(action):
                return _to_log_in()
            allow(action)
            g.alike = alike and stranger
            return view(*args, **kwargs)

        guarded.action = action  # type: ignore[attr-defined]
        return cast(View, guarded)

    return mark


def _to_log_in() -> Response:
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    told("Please log in first.", "note")
    return redirect(url_for("core.log_in", next=back))


def static_url(plugin: str, name: str) -> str:
    """Return the address of a static file, which changes whenever its content does."""
    # A file that is missing costs its own place on the page, never the page.
    return this_site().statics.get(f"{plugin}/{name}") or f"/static/{plugin}/missing/{name}"


def picture_url(digest: str, size: str = "large") -> str:
    """Return the address of a picture; ``size`` is one of ``core.pictures.SIZES``."""
    return url_for("core.picture", digest=digest, size=size)


def cover_url(size: str = "large") -> str:
    """Return the address of the picture that the node has chosen for its home page, or nothing."""
    digest = this_site().look.cover
    return picture_url(digest, size) if digest else ""


def logo_url() -> str:
    """Return the address of the node's own logo, or nothing."""
    digest = this_site().look.logo
    return picture_url(digest, "small") if digest else ""


def theme_url() -> str:
    """Return the address of the node's own colours, which changes with them, or nothing."""
    version = this_site().look.version
    return url_for("core.theme", v=version) if version else ""


def picture_set(digest: str, width: int, height: int) -> str:
    """Return the ``srcset`` of a picture whose large size has these pixels: each size that is kept,
    with how wide it is, so that a phone fetches the small one."""
    longest = max(width, height)
    wide = {
        size: max(1, round(width * min(side, longest) / longest)) for size, side in SIZES.items()
    }
    found = {pixels: picture_url(digest, size) for size, pixels in wide.items()}
    return ", ".join(f"{url} {pixels}w" for pixels, url in sorted(found.items()))


def outside_url(endpoint: str, **values: Any) -> str:
    """Return an address for a letter, made from the settings: a request can claim any host."""
    return this_node().settings.node.address.rstrip("/") + url_for(endpoint, **values)


def safe_next(wanted: str | None) -> str | None:
    """Return where a form wants to go on to, if that is a page of this site."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return None
    if any(ord(sign) < 32 or sign in "\\\x7f" for sign in wanted):
        return None  # browsers drop tabs and line ends, and read a backslash as a slash
    return wanted
