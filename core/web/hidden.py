"""What stands in place of a thing that the stewards keep from being seen."""

from __future__ import annotations

from flask import render_template
from sqlalchemy.orm import Session

from .. import moderation


def hidden_notice(session: Session, subject: str) -> tuple[str, int]:
    """Return the page that says that a thing is hidden for now, or was removed, and why
    (정보통신망법 §44의2: the notice of a temporary measure)."""
    measure = moderation.standing(session, subject)
    reason = moderation.rules.REASONS[measure.reason] if measure else None
    return render_template("core/hidden.html", measure=measure, reason=reason), 404
