"""What the core keeps of people, how long and by which law; the plugins add their own."""

from __future__ import annotations

from collections.abc import Sequence

from ..answers import Keeping
from ..node import Node
from ..values import Message
from . import purges

_AGREED = Message("your consent (article 15 (1) 1)", {})
_AGREEMENT = Message("our agreement with you (article 15 (1) 4)", {})
_SAFETY = Message("the duty to keep data safe (article 29)", {})
_WHILE_HERE = Message("until you close your account", {})

ACCOUNT = Keeping(
    "account",
    Message("Your account: knowing who you are, reaching you", {}),
    Message(
        "name, e-mail address, password (only as a hash that nobody can read), language; phone"
        " number and passkeys if you add them",
        {},
    ),
    _WHILE_HERE,
    Message("your consent, and our agreement with you (article 15 (1) 1 and 4)", {}),
    by_consent=True,
)
NEWS = Keeping(
    "news",
    Message("News by e-mail, only if you want it", {}),
    Message("name and e-mail address", {}),
    Message("until you take it back", {}),
    _AGREED,
    by_consent=True,
)
SIGN_INS = Keeping(
    "devices",
    Message("Safe log-in: showing you your devices, keeping others out", {}),
    Message("kind of browser, internet address, time of log-in and of the last visit", {}),
    Message("until you log out, or 30 days after the last visit", {}),
    Message(
        "our agreement with you, and the duty to keep data safe (articles 15 (1) 4 and 29)", {}
    ),
    days=0,
    purge=purges.sign_ins,
)
ACCESS = Keeping(
    "log-ins",
    Message("Records of log-ins, for whoever investigates a misuse with a warrant", {}),
    Message("internet address, kind of browser, time of log-in", {}),
    Message("3 months", {}),
    Message("Protection of Communications Secrets Act, decree article 41", {}),
    months=3,
    purge=purges.accesses,
)
LINKS = Keeping(
    "links",
    Message("Links and codes that we sent you", {}),
    Message("e-mail address, what the link was for, when it was used", {}),
    Message("30 days", {}),
    _SAFETY,
    days=30,
    purge=purges.codes,
)
LETTERS = Keeping(
    "letters",
    Message("Letters that could not be delivered", {}),
    Message("e-mail address and the letter; of those delivered nothing is kept", {}),
    Message("3 months", {}),
    _AGREEMENT,
    months=3,
    purge=purges.letters,
)
CONSENTS = Keeping(
    "consents",
    Message("Showing what you agreed to, and when", {}),
    Message("the text, its version, when you agreed and took it back", {}),
    Message("while you are here, and 3 years after", {}),
    Message("the duty to prove consent (article 22 (3))", {}),
    months=36,
    purge=purges.consents,
)
REQUESTS = Keeping(
    "requests",
    Message("Complaints, disputes and requests about your data", {}),
    Message("what you write to us and what we answer", {}),
    Message("3 years", {}),
    Message("E-Commerce Act, decree article 6", {}),
    months=36,
    purge=purges.requests,
)
UNPROVEN = Keeping(
    "unproven-requests",
    Message("Requests whose e-mail address nobody has confirmed", {}),
    Message("what you write to us", {}),
    Message("30 days", {}),
    _SAFETY,
    days=30,
    purge=purges.unproven,
)
AUDIT = Keeping(
    "log",
    Message("Accountability: who changed what on this site", {}),
    Message("the number of your account, what was done, and when", {}),
    Message(
        "as long as the node keeps its books; once your account is closed the number leads to"
        " nobody",
        {},
    ),
    _SAFETY,
)
BOOKS = Keeping(
    "books",
    Message("The books: what was paid to whom", {}),
    Message("the number of your account, amounts, and when; no names", {}),
    Message("10 years", {}),
    Message("Commercial Act, article 33", {}),
)
APART = Keeping(
    "kept-apart",
    Message("Who you were, after you have left, if a law wants your orders kept", {}),
    Message("name, e-mail address, phone number; apart from everything else", {}),
    Message("as long as what it belongs to", {}),
    Message("article 21 (3), with the law named there", {}),
    days=0,
    purge=purges.apart,
)
OWN = (
    ACCOUNT, NEWS, SIGN_INS, ACCESS, LINKS, LETTERS, CONSENTS, REQUESTS, UNPROVEN, AUDIT, BOOKS,
    APART,
)  # fmt: skip


def keepings(node: Node) -> Sequence[tuple[str, Keeping]]:
    """Return everything that is kept of people here, each under its plugin's name and its own."""
    own = [(f"core.{each.name}", each) for each in OWN]
    answers = node.host.collect_each("retention", node=node)
    return [*own, *((f"{plugin}.{each.name}", each) for plugin, found in answers for each in found)]
