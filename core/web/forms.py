"""Forms: what was typed, checked by a marshmallow schema, and shown again if it is not usable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from unicodedata import normalize

from flask import request
from marshmallow import EXCLUDE, Schema, ValidationError, fields

from ..errors import Invalid, WizzleError
from .complaints import in_words
from .page import this_tongue


class Form:
    """One form on one page.

    >>> form = Form(ProductSchema(), initial={"name": "…"})
    >>> if form.submitted():
    ...     try: act(**form.data); return redirect(…)
    ...     except WizzleError as error: form.failed(error)
    >>> return render_template("…", form=form), form.status

    ``values`` are as typed (or initial), ``errors`` sentences by field ("" for the whole form),
    ``data`` what the schema made of it. A field left blank counts as not there: a schema says by
    ``required`` or ``load_default`` what that means.
    """

    def __init__(self, schema: Schema, initial: Mapping[str, Any] | None = None) -> None:
        self.schema = schema
        self.values: dict[str, Any] = dict(initial or {})
        self.errors: dict[str, list[str]] = {}
        self.data: dict[str, Any] = {}
        self._status = 422

    @property
    def status(self) -> int:
        return self._status if self.errors else 200

    def submitted(self) -> bool:
        """Return whether the request sends this form and all of it can be used."""
        if request.method != "POST":
            return False
        self.values = self._typed()  # an unticked box is not sent: nothing initial may stay
        try:
            self.data = self.schema.load(self._filled_in(), unknown=EXCLUDE)
        except ValidationError as error:
            self._note(error.normalized_messages())  # type: ignore[no-untyped-call]
        return not self.errors

    def failed(self, error: WizzleError) -> None:
        """Show why the action could not be done, with all that was typed still there."""
        # Another machine that does not answer is no fault of this page: it shows the form again.
        self._status = error.status if error.status < 500 else 422
        tongue = this_tongue()
        if isinstance(error, Invalid):
            for name, messages in error.fields.items():
                self.errors.setdefault(name, []).extend(tongue.say(m) for m in messages)
        else:
            self.errors.setdefault("", []).append(tongue.say(error.message))

    def _typed(self) -> dict[str, Any]:
        lists = request.form.lists()
        return {name: texts[0] if len(texts) == 1 else texts for name, texts in lists}

    def _filled_in(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, field in self.schema.fields.items():
            key = field.data_key or name
            # Composed before it is measured: some signs become three when they are kept.
            typed = (normalize("NFC", text) for text in request.form.getlist(key))
            texts = [text for text in typed if text.strip()]
            if isinstance(field, fields.List):
                found[key] = texts
            elif texts:
                found[key] = texts[0]
        return found

    def _note(self, messages: Mapping[str, Any]) -> None:
        for name, found in messages.items():
            self.errors["" if name == "_schema" else name] = [
                this_tongue().say(in_words(each)) for each in _flat(found)
            ]


def _flat(found: Any) -> list[Any]:
    if isinstance(found, Mapping):
        return [each for inner in found.values() for each in _flat(inner)]
    return list(found) if isinstance(found, list) else [found]
