"""Pages as a browser reads them: the links, the messages, and what each form would send."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

Pairs = tuple[tuple[str, str], ...]


class NoSuchThing(LookupError):
    """A page has no such form, field or link; the text says what it has."""


@dataclass
class Form:
    """A form: where it goes, and the pairs that it sends if nobody touches it.

    ``names`` are those of all its controls, also of boxes that are not ticked; ``values`` are the
    values that a name can be given by boxes, radio buttons and choices.
    """

    action: str
    method: str
    id: str = ""
    pairs: list[tuple[str, str]] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def get(self, name: str) -> str:
        """Return what a field says, "" if it says nothing."""
        return next((value for each, value in self.pairs if each == name), "")

    def starting(self, start: str) -> list[str]:
        """Return the names of the fields that begin so, in their order on the page."""
        return [name for name in dict.fromkeys(name for name, _ in self.pairs)
                if name.startswith(start)]  # fmt: skip

    def filled(self, **typed: str | Iterable[str]) -> Pairs:
        """Return what is sent when a person has typed or ticked this; ``NoSuchThing`` if there is
        no such field."""
        for name in typed:
            if name not in self.names:
                raise NoSuchThing(f"{self.action} has no field {name}: {sorted(self.names)}")
        kept = [pair for pair in self.pairs if pair[0] not in typed]
        for name, value in typed.items():
            kept += [(name, one) for one in ([value] if isinstance(value, str) else value)]
        return tuple(kept)


@dataclass
class Page:
    """A page: its forms in their order, its links, and what it tells in boxes."""

    forms: list[Form] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def form(self, ending: str) -> Form:
        """Return the form that goes to an address with this ending."""
        found = self.forms_to(ending)
        if not found:
            raise NoSuchThing(f"no form to {ending}: {[form.action for form in self.forms]}")
        return found[0]

    def forms_to(self, ending: str) -> list[Form]:
        """Return the forms that go to addresses with this ending."""
        return [each for each in self.forms if each.action.partition("?")[0].endswith(ending)]

    def form_with(self, name: str) -> Form:
        """Return the form that has a field whose name begins so."""
        for each in self.forms:
            if any(own.startswith(name) for own in each.names):
                return each
        raise NoSuchThing(f"no form has a field {name}")

    def link(self, *parts: str) -> str:
        """Return the first link that holds all of these parts."""
        for each in self.links:
            if all(part in each for part in parts):
                return each
        raise NoSuchThing(f"no link with {' and '.join(parts)}")


_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                   "source", "track", "wbr"})  # fmt: skip
_BUTTONS = frozenset({"submit", "button", "reset", "image", "file"})


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.page = Page()
        self._address = address
        self._form: Form | None = None
        self._outside: list[tuple[str, str, dict[str, str]]] = []
        self._open: list[tuple[str, bool]] = []  # elements, and whether they are boxes that tell
        self._text: tuple[Form, str] | None = None
        self._select: tuple[Form, str, list[tuple[str, bool]]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            telling = "notice" in given.get("class", "").split()
            self._open.append((tag, telling))
            if telling:
                self.page.notes.append("")
        if tag == "a" and "href" in given:
            self.page.links.append(given["href"])
        elif tag == "form":
            action, method = given.get("action") or self._address, given.get("method", "get")
            self._form = Form(action, method.lower(), given.get("id", ""))
            self.page.forms.append(self._form)
        elif tag == "option" and self._select is not None:
            self._select[2].append((given.get("value", ""), "selected" in given))
        elif tag in {"input", "select", "textarea"} and "disabled" not in given:
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if "form" in given and name:
            self._outside.append((given["form"], tag, given))
        elif self._form is not None and name:
            self._put(self._form, tag, given)

    def _put(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, kind = given["name"], given.get("type", "text")
        if kind in _BUTTONS:
            return
        form.names.add(name)
        if tag == "textarea":
            self._text = (form, name)
            form.pairs.append((name, ""))
        elif tag == "select":
            self._select = (form, name, [])
        elif kind in {"checkbox", "radio"}:
            value = given.get("value", "on")
            form.values.setdefault(name, []).append(value)
            if "checked" in given:
                form.pairs.append((name, value))
        else:
            form.pairs.append((name, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._text = None
        elif tag == "select" and self._select is not None:
            form, name, options = self._select
            form.values[name] = [value for value, _ in options]
            chosen = [value for value, selected in options if selected] or form.values[name][:1]
            form.pairs += [(name, value) for value in chosen]
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            form, name = self._text
            form.pairs[-1] = (name, form.get(name) + data.removeprefix("\n"))
        if any(telling for _, telling in self._open):
            self.page.notes[-1] = f"{self.page.notes[-1]} {data.strip()}".strip()

    def finished(self) -> Page:
        """Give the controls that stand outside of their forms to them."""
        for form in self.page.forms:
            for wanted, tag, given in self._outside:
                if form.id == wanted:
                    self._put(form, tag, given)
        return self.page


def read_page(html: str, address: str = "") -> Page:
    """Read a page that came from this address."""
    reader = _Reader(address)
    reader.feed(html)
    reader.close()
    return reader.finished()


def hrefs(pages: Sequence[Page]) -> list[str]:
    """Return all links of some pages, each once."""
    return list(dict.fromkeys(link for page in pages for link in page.links))
