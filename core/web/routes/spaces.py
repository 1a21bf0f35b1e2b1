"""Spaces as everyone sees them: the list, and the page of each."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from ... import members
from ...errors import NotFound
from .. import queries
from ..hidden import hidden_notice
from ..linked import place
from ..numbers import read_number
from ..page import can, permitted, picture_url, this_node, this_viewer
from ..paging import asked_place, paged
from ..sections import sections
from ..sharing import Shared, shared, whole_url
from .base import blueprint

KINDS = ("producer", "shop", "hub", "organisation", "circle")
SIZE = 24


@blueprint.get("/spaces")
@permitted("core.see", alike=True)
def spaces() -> Any:
    """List the spaces of one kind, or all, by name."""
    kind = request.args.get("kind", "")
    wanted = kind if kind in KINDS else None
    with this_node().db.read() as session:
        rows = queries.spaces(session, wanted, after=place_of(asked_place()), limit=SIZE + 1)
    last = rows[:SIZE][-1] if rows else None
    page = paged(rows, SIZE, last and f"{last.id} {last.name}")
    return render_template("core/spaces.html", page=page, kind=wanted, kinds=KINDS)


def place_of(text: str | None) -> queries.Place | None:
    """Return the place in a list by name at which to go on."""
    id_, _, name = (text or "").partition(" ")
    number = read_number(id_)
    return None if number is None else (name, number)


@blueprint.get("/spaces/<slug>")
@permitted("core.see", alike=True)
def space(slug: str) -> Any:
    """Show who they are, the seller's identity (E-Commerce Act art. 13), and what plugins add."""
    viewer = this_viewer()
    with this_node().db.read() as session:
        found = queries.space_page(session, members.slug_form(slug))
        if (
            found is not None
            and found.space.hidden_at
            and not can("core.space.edit", found.space.id)
        ):
            return hidden_notice(session, f"space:{found.space.id}")
        runs = found is not None and can("core.space.edit", found.space.id)
        if found is None or (
            found.space.closed_at and not can("core.space.close")
            and not (found.space.hidden_at and runs)
        ):  # fmt: skip
            raise NotFound("There is no such page here, or it was closed.")
        drawn = sections("space_sections", session=session, viewer=viewer, space=found.face)
        return render_template(
            "core/space.html",
            space=found.space,
            picture=found.picture,
            sections=drawn,
            shared=_shared(found),
        )


def _shared(found: queries.SpaceAndPicture) -> Shared | None:
    """Return what the page tells of a space; nothing once it is closed."""
    space, picture = found.space, found.picture
    if space.closed_at is not None:
        return None
    url = whole_url(url_for("core.space", slug=space.slug))
    image = whole_url(picture_url(picture.digest)) if picture else ""
    said = place(
        space.name, url=url, kind=space.kind, province=space.province, county=space.county,
        address=space.address, phone=space.phone, description=space.intro[:500], image=image,
    )  # fmt: skip
    about = space.intro or " ".join(filter(None, (space.province, space.county)))
    return shared(
        "core.space", space.name, about, card=("space", space.id), kind="profile", data=said,
        slug=space.slug,
    )  # fmt: skip
