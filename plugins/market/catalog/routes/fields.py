"""A product as the fields of its form: what is typed in them, and what there is to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from .....core.errors import Invalid
from .....core.language import won
from .....core.values import Message
from .....core.web import say, this_tongue
from ...accounts.queries import containers
from ..queries import AnyRow
from ..rules import (
    ALLERGENS,
    CERTIFICATIONS,
    PIECE,
    STORAGES,
    WEIGHT,
    grams_text,
    storage_code,
)

OTHER = "other"
"""The choice of a way of keeping that the seller says in words."""

BLANK: dict[str, Any] = {"minimum": "1", "step": "1", "sold_by": PIECE}

_KEPT = (
    "name", "variant", "category", "tax_class", "origin", "minimum", "step", "version",
    "description", "sold_by", "certification", "certificate_number",
)  # fmt: skip
_SAME = (
    "name", "category", "tax_class", "origin", "storage", "other_storage", "description",
    "sold_by", "allergens", "certification", "certificate_number", "certificate_until",
)  # fmt: skip

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Offered:
    """What a form of a product lets one choose from: pairs of a value and its words."""

    storages: Choices
    allergens: Choices
    certifications: Choices
    containers: Choices


def choices_of(session: Session, product: AnyRow | None = None) -> Offered:
    """Return the choices in the language of the page; a container that is retired stays with the
    product that has it."""
    kinds = [(str(row.id), _container(row.name, row.deposit)) for row in containers(session)]
    held = product and product.container_id
    if held and str(held) not in dict(kinds):
        kinds.append((str(held), say("A container that is not in use any more")))
    return Offered(
        [*_said(STORAGES), (OTHER, say("Otherwise, in your words"))],
        _said(ALLERGENS),
        _said(CERTIFICATIONS),
        kinds,
    )


def _said(words: Mapping[str, Message]) -> Choices:
    return [(code, this_tongue().say(word)) for code, word in words.items()]


def _container(name: str, deposit: int) -> str:
    amount = won(deposit, this_tongue().language)
    return say("%(name)s (%(amount)s deposit)", name=name, amount=amount)


def as_typed(product: AnyRow) -> dict[str, Any]:
    """Return a product as its seller would type it."""
    code = storage_code(product.storage)
    until = product.certificate_until
    return {
        **{name: getattr(product, name) for name in _KEPT},
        "unit": product.unit_label,
        "price": str(product.price),
        "storage": code or (OTHER if product.storage else ""),
        "other_storage": "" if code else product.storage,
        "expected": grams_text(product.expected_g) if product.expected_g else "",
        "allergens": product.allergens.split(","),
        "certificate_until": until.isoformat() if until else "",
        "container_id": str(product.container_id or ""),
        "caption": product.caption or "",
    }


def another_size(product: AnyRow) -> dict[str, Any]:
    """Return what another size of a product has in common with it."""
    typed = as_typed(product)
    return {**BLANK, **{name: typed[name] for name in _SAME}}


def as_written(typed: Mapping[str, Any], product: AnyRow | None = None) -> dict[str, Any]:
    """Return what was typed with the way of keeping in words, and only what there is to choose.

    Words that mean the same as before stay as they were, whatever the language of the page.
    """
    return {
        **typed,
        "storage": _storage(typed, product.storage if product else ""),
        "allergens": [code for code in typed["allergens"] if code in ALLERGENS],
        "expected": typed["expected"] if typed["sold_by"] == WEIGHT else "",
    }


def _storage(typed: Mapping[str, Any], before: str) -> str:
    code = typed["storage"]
    if code not in STORAGES:
        return str(typed["other_storage"]) if code in {OTHER, ""} else code
    return before if storage_code(before) == code else this_tongue().say(STORAGES[code])


def check_container(session: Session, container_id: int | None, before: int | None = None) -> None:
    """Refuse a container that is not, or no longer, in use."""
    if container_id not in {None, before, *(row.id for row in containers(session))}:
        raise Invalid({"container_id": [Message("Please choose one of these containers.", {})]})
