"""What may be read of organisations."""

from .about import (
    About,
    about_of,
    badge_of,
    invitations,
    paper_content,
    report_page,
    reports_of,
    team_of,
    unverified,
)
from .books import Books, Lines, MonthOf, account_of, books_of, running
from .personal import personal, run_by

__all__ = [
    "About",
    "Books",
    "Lines",
    "MonthOf",
    "about_of",
    "account_of",
    "badge_of",
    "books_of",
    "invitations",
    "paper_content",
    "personal",
    "report_page",
    "reports_of",
    "run_by",
    "running",
    "team_of",
    "unverified",
]
