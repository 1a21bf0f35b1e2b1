"""What people agree to: each text by itself, in its present version.

Personal Information Protection Act: each consent says what for, which items, how long, and that
one may refuse and what then (article 15 (2)); what is required, optional, for third parties and for
marketing stands apart (article 22 (1)); no box is ticked beforehand, and refusing what is optional
closes nothing (article 22 (5)).
"""

from __future__ import annotations

from ..answers import ConsentText
from ..node import Node
from ..values import Message

TEXTS = (
    ConsentText(
        "terms",
        "2026-11-23",
        "required",
        Message("Terms of use", {}),
        Message("I agree to the terms of use (required)", {}),
        page="core.terms",
    ),
    ConsentText(
        "privacy",
        "2026-11-30",
        "required",
        Message("Personal data", {}),
        Message("I agree that my data are kept and used (required)", {}),
        Message("to know who you are, to carry out your orders, and to reach you about them", {}),
        Message(
            "name, e-mail address, password (unreadable), and from which devices you log in;"
            " your phone number and passkeys if you add them",
            {},
        ),
        Message(
            "until you close your account; of orders and payments 5 years, as the law demands", {}
        ),
        Message("Then we cannot open an account; you can look at everything without one.", {}),
        page="core.privacy",
        changed=Message(
            "It now lists how long each kind of data is kept and by which law, and says that what"
            " has to be kept after you leave is put apart.",
            {},
        ),
    ),
    ConsentText(
        "age",
        "1",
        "required",
        Message("Age", {}),
        Message("I am 14 years old or older (required)", {}),
    ),
    ConsentText(
        "news",
        "1",
        "marketing",
        Message("News by e-mail", {}),
        Message("I want news of the neighbourhood by e-mail (optional)", {}),
        Message("letters on new offers and events", {}),
        Message("name and e-mail address", {}),
        Message("until you take it back on your page or close your account", {}),
        Message("Everything else stays open to you.", {}),
    ),
)

VERSIONS = {text.subject: text.version for text in TEXTS}
"""The present version of each text, by its subject; "age" says 14 years or more (article 22-2)."""

REQUIRED = tuple(text.subject for text in TEXTS if text.kind == "required")
OPTIONAL = tuple(text.subject for text in TEXTS if text.kind != "required")


def texts(*subjects: str) -> list[ConsentText]:
    """Return the texts of these subjects, in the order in which they are asked."""
    return [text for text in TEXTS if text.subject in subjects]


def every_text(node: Node) -> list[ConsentText]:
    """Return the core's own texts, and those that plugins ask for on their own pages."""
    return [*TEXTS, *node.host.collect("consents", node=node)]


def wanted() -> dict[str, str]:
    """Return the version of each text that everyone with an account has to agree to."""
    return {subject: VERSIONS[subject] for subject in REQUIRED}
