"""The terms of use and the privacy policy: plain texts that say what this software does."""

from __future__ import annotations

from itertools import count
from typing import Any

from flask import render_template

from ...rights.keepings import keepings
from ..consents import VERSIONS, texts
from ..page import permitted, this_node
from .base import blueprint


@blueprint.get("/terms")
@permitted("core.see", alike=True)
def terms() -> Any:
    """Show the terms of use."""
    return _text("terms")


@blueprint.get("/privacy")
@permitted("core.see", alike=True)
def privacy() -> Any:
    """Show the privacy policy (Personal Information Protection Act, article 30)."""
    return _text("privacy")


def _text(name: str) -> str:
    node = this_node()
    mail = node.settings.mail
    return render_template(
        f"core/{name}.html",
        version=VERSIONS[name],
        changed=texts(name)[0].changed,
        keepings=[each for _, each in keepings(node)],
        number=count(1).__next__,
        # The core knows no plugin; but where somebody answers for terms of sale, there is selling.
        sells=bool(node.hooks.sale_terms.get_hookimpls()),
        rates=node.settings.rates,
        mail_host=mail.host if mail.kind == "smtp" else "",
        encrypted=node.settings.node.address.startswith("https:"),
    )
