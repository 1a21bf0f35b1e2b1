"""What ``wizzle init`` asks, in its order; each question can judge an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from marshmallow import ValidationError

from .check import flat
from .problems import Problem
from .render import as_text
from .schema import settings_of
from .texts import keys, say


@dataclass(frozen=True, slots=True)
class Question:
    """A question for one key of node.toml.

    ``default`` is the answer if none is given, None if one must be given. ``when`` names a key
    and the answer to it without which the question is not asked. ``hidden`` is not shown while
    it is typed.
    """

    key: str
    default: str | None = None
    when: tuple[str, str] | None = None
    hidden: bool = False

    @property
    def ko(self) -> str:
        return keys()[self.key].ko

    @property
    def en(self) -> str:
        return keys()[self.key].en

    @property
    def example(self) -> str:
        return as_text(keys()[self.key].example)

    @property
    def name(self) -> str:
        """Return the key as a Python name, such as ``operator_trade_name``."""
        return self.key.replace(".", "_")

    @property
    def option(self) -> str:
        """Return the name of the command line's option, such as ``--operator-trade-name``."""
        return "--" + self.name.replace("_", "-")

    def is_needed(self, answers: Mapping[str, str]) -> bool:
        """Tell whether to ask this at all after these answers by key."""
        return self.when is None or answers.get(self.when[0]) == self.when[1]

    def check(self, answer: str, language: str = "ko") -> Problem | None:
        """Return what is wrong with ``answer``, None if it can be used."""
        section, _, name = self.key.partition(".")
        field = settings_of(section)[name]
        try:
            field.deserialize(field.from_text(answer))
        except ValidationError as error:
            _, complaint = next(flat(error.messages))
            about = keys()[self.key].name(language)
            message = say(complaint.code, language, **{"about": about, **complaint.values})
            return Problem(self.key, message, self.example)
        return None


_SMTP = ("mail.kind", "smtp")

QUESTIONS: tuple[Question, ...] = (
    Question("node.name"),
    Question("node.province"),
    Question("node.county"),
    Question("node.town", ""),
    Question("node.address", "http://127.0.0.1:8000"),
    Question("node.languages", "ko,en"),
    Question("operator.trade_name"),
    Question("operator.representative"),
    Question("operator.address"),
    Question("operator.phone"),
    Question("operator.email"),
    Question("operator.business_number"),
    Question("operator.mail_order_number", ""),
    Question("operator.mail_order_office", ""),
    Question("database.url", "sqlite:///wizzle.db"),
    Question("mail.kind", "file"),
    Question("mail.host", when=_SMTP),
    Question("mail.security", "starttls", when=_SMTP),
    Question("mail.port", "587", when=_SMTP),
    Question("mail.username", "", when=_SMTP),
    Question("mail.password", "", when=_SMTP, hidden=True),
    Question("mail.sender", "", when=_SMTP),
    Question("rates.activist", "7"),
    Question("rates.centre", "8"),
    Question("plugins.enabled", "market,assembly,fund"),
)
