"""What is wrong with a node's settings, in a form that the host of the plugins can share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it stands, what is wrong, and an example of a right value.

    ``key`` is dotted (``node.languages[1]``) or the name of an environment variable or a file;
    ``line`` counts from 1 in node.toml; ``file`` is another one in which the value stands.
    """

    key: str
    message: str
    example: str = ""
    line: int | None = None
    file: str = ""

    def __str__(self) -> str:
        place = f"node.toml:{self.line} {self.key}" if self.line else self.key
        place = f"{self.file} {place}" if self.file else place
        return f"{place}: {self.message}" + (f" → {self.example}" if self.example else "")


class ConfigErrors(Exception):
    """The node cannot start with these settings; ``problems`` holds everything that is wrong.

    ``language`` ("ko" or "en") is the one in which the messages are written.
    """

    def __init__(self, problems: Iterable[Problem], language: str = "ko") -> None:
        self.problems = tuple(problems)
        self.language = language
        super().__init__("\n".join(str(problem) for problem in self.problems))
