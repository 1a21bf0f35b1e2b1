"""The forms of a page, read from its HTML, to be sent as browsers, robots and clumsy hands do."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class FoundForm:
    """One form: where it goes, how, and what it would send as it stands."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FoundForm] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            method = given.get("method", "get").lower()
            self.forms.append(FoundForm(given.get("action", ""), method))
            self._inside = True
        elif self._inside and "name" in given and tag in ("input", "button", "select", "textarea"):
            self._field(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False

    def _field(self, tag: str, given: dict[str, str]) -> None:
        form, kind = self.forms[-1], given.get("type", "")
        if kind == "file":
            form.files.append(given["name"])
        else:
            form.fields.append((given["name"], given.get("value", "")))


def forms_in(html: str) -> list[FoundForm]:
    """Return every form of a page, in their order; of a choice all values are there."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
