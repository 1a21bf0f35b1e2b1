"""What may be done with goods: offer, change, take off and put back, count the stock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .....core import audit, outbox
from .....core.errors import Forbidden, NotFound, Refused
from .....core.models import Picture, Space
from .....core.node import Node
from .....core.search import all_changed, changed
from ..models import Product
from ..rules import PIECE, TaxClass


@dataclass(frozen=True, slots=True)
class Draft:
    """A product as its seller describes it; stock and picture are set apart."""

    name: str
    unit_code: str
    unit_label: str
    price: int
    category: str = ""
    description: str = ""
    tax_class: str = TaxClass.EXEMPT.value
    origin: str = ""
    storage: str = ""
    minimum: int = 1
    step: int = 1
    variant: str = ""
    sold_by: str = PIECE
    expected_g: int | None = None
    allergens: str = ""
    certification: str = ""
    certificate_number: str = ""
    certificate_until: date | None = None
    container_id: int | None = None


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand writes, when, and whether it may set prices: the seller's own may."""

    at: datetime
    person_id: int | None
    sets_price: bool


BACK = "market.back"
"""The job that puts a product back on the list."""


class RunElsewhere(Forbidden):
    """Somebody here wants to change the goods of a seller of another node."""

    def __init__(self) -> None:
        super().__init__(
            "These goods belong to a producer on another node. Only the producer changes them,"
            " there."
        )


class PriceIsSellers(Forbidden):
    """Somebody else than the seller, be it the steward, wants to change a price."""

    def __init__(self) -> None:
        super().__init__(
            "Only the seller sets the price. Please ask the people who run this page to change it."
        )


def add_product(
    session: Session,
    seller_id: int,
    draft: Draft,
    *,
    stock: int | None,
    hand: Hand,
    picture_id: int | None = None,
    like: int | None = None,
) -> int:
    """Offer a new product and return its id; Refused if the seller has the same one already.

    ``like`` is a product of the same seller of which this is another variant.
    """
    refuse_elsewhere(session, seller_id)
    _refuse_twin(session, seller_id, draft)
    product = Product(
        **asdict(draft),
        seller_id=seller_id,
        family_id=None if like is None else _family_of(session, seller_id, like),
        stock=stock,
        picture_id=picture_id,
        created_at=hand.at,
        updated_at=hand.at,
    )
    session.add(product)
    session.flush()
    changed(session, "product", product.id)
    _record(session, "made", product.id, hand, price=draft.price, name=draft.name)
    return product.id


def change_product(
    session: Session,
    product_id: int,
    draft: Draft,
    *,
    version: int,
    hand: Hand,
    picture_id: int | None = None,
) -> bool:
    """Change what differs and say whether anything did; a picture of None stays as it is.

    Refused if somebody changed it after ``version`` was shown, ``PriceIsSellers`` if the price
    differs and the hand may not set it.
    """
    before = _described(session, product_id)
    wanted = asdict(draft) | ({"picture_id": picture_id} if picture_id is not None else {})
    changes = {name: value for name, value in wanted.items() if before[name] != value}
    if before["version"] != version:
        raise _stale()
    if "price" in changes and not hand.sets_price:
        raise PriceIsSellers()
    if not changes:
        return False
    if {"name", "unit_code", "variant"} & changes.keys():
        _refuse_twin(session, before["seller_id"], draft, but=product_id)
    write_changes(session, product_id, changes, version=version, at=hand.at)
    told = {name: [_plain(before[name]), _plain(value)] for name, value in changes.items()}
    _record(session, "changed", product_id, hand, **told)
    return True


def write_changes(
    session: Session, product_id: int, changes: Mapping[str, Any], *, version: int, at: datetime
) -> None:
    """Write changed columns as the next version; Refused if ``version`` is no longer the present.

    The condition stands in the statement itself, so that of two windows only one wins.
    """
    done = session.execute(
        update(Product)
        .where(Product.id == product_id, Product.version == version)
        .values(**changes, version=version + 1, updated_at=at)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise _stale()
    changed(session, "product", product_id)


def caption_picture(session: Session, product_id: int, caption: str) -> bool:
    """Say anew what the picture of a product shows; return whether that is news."""
    shown = select(Product.picture_id).where(Product.id == product_id).scalar_subquery()
    done = session.execute(
        update(Picture)
        .where(Picture.id == shown, Picture.caption != caption.strip())
        .values(caption=caption.strip()[:200])
        .execution_options(synchronize_session=False)
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


def set_stock(
    session: Session, product_id: int, stock: int | None, *, was: int | None, hand: Hand
) -> None:
    """Set how many units can still be ordered, None for on demand.

    Refused if it is no longer what the seller saw (``was``): somebody ordered meanwhile, and the
    number typed may count what is already sold.
    """
    _described(session, product_id)
    seen = Product.stock.is_(None) if was is None else Product.stock == was
    done = session.execute(
        update(Product)
        .where(Product.id == product_id, seen)
        .values(stock=stock, updated_at=hand.at)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        now = session.scalar(select(Product.stock).where(Product.id == product_id))
        if now is None:
            raise Refused("This product is on demand now. Please look again.")
        raise Refused("Meanwhile the stock became %(left)s. Please count again.", left=now)
    if stock != was:
        _record(session, "stock", product_id, hand, stock=[was, stock])


def put_on_list(session: Session, product_id: int, listed: bool, *, hand: Hand) -> None:
    """Show a product in the catalogue again, or take it off; what was ordered stays ordered."""
    before = _described(session, product_id)
    if before["listed_before"] is not None:
        _refuse_hidden(session, before, listed, at=hand.at)
        return
    if before["listed"] is listed and before["back_at"] is None:
        return
    changes = {"listed": listed, "back_at": None}
    write_changes(session, product_id, changes, version=before["version"], at=hand.at)
    _record(session, "listed" if listed else "unlisted", product_id, hand)


def _refuse_hidden(
    session: Session, before: Mapping[str, Any], listed: bool, *, at: datetime
) -> None:
    """Stewards hide it: it cannot be put back, but stays away afterwards if its seller says so."""
    if listed:
        raise Refused(
            "The people who run this node have hidden this product. The letter that you have got"
            " says why, and how to appeal."
        )
    changes = {"listed_before": False}
    write_changes(session, before["id"], changes, version=before["version"], at=at)


def rest(session: Session, product_id: int, until: datetime, *, hand: Hand) -> None:
    """Leave a product out until a moment at which it comes back by itself; what was ordered stays
    ordered, and rounds that are planned meanwhile count on it."""
    before = _described(session, product_id)
    if not before["listed"]:
        return
    changes = {"listed": False, "back_at": until}
    write_changes(session, product_id, changes, version=before["version"], at=hand.at)
    _record(session, "resting", product_id, hand, until=until.isoformat())
    payload = {"product_id": product_id, "until": until.isoformat()}
    outbox.enqueue(session, BACK, payload, key=f"{BACK}:{product_id}:{before['version']}", at=until)


def come_back(node: Node, payload: Mapping[str, Any]) -> None:
    """Put a product back that was left out until now, unless its seller said otherwise since."""
    product_id, until = int(payload["product_id"]), datetime.fromisoformat(payload["until"])
    with node.db.write() as session:
        product = session.get(Product, product_id, with_for_update=True)
        if product is not None and product.back_at == until:
            hand = Hand(node.clock.now(), None, sets_price=False)
            put_on_list(session, product_id, True, hand=hand)


def seller_changed(session: Session, seller_id: int) -> None:
    """Let goods be found by what their seller is called now, and not at all if it is closed."""
    all_changed(session, "product", select(Product.id).where(Product.seller_id == seller_id))


def note_refused_price(session: Session, product_id: int, price: int, hand: Hand) -> None:
    """Write down that somebody else than the seller wanted to change the price."""
    before = _described(session, product_id)["price"]
    _record(session, "price_refused", product_id, hand, price=[before, price])


def _described(session: Session, product_id: int) -> dict[str, Any]:
    """Return a product that may be changed here: one whose seller is run on this node."""
    found = (
        session.execute(
            select(Product.__table__, Space.home)
            .join(Space, Space.id == Product.seller_id)
            .where(Product.id == product_id)
        )
        .mappings()
        .one_or_none()
    )
    if found is None:
        raise NotFound("There is no such product. It may have been taken off the list.")
    if found["home"]:
        raise RunElsewhere()
    return dict(found)


def refuse_elsewhere(session: Session, *seller_ids: int) -> None:
    """Raise ``RunElsewhere`` if one of these spaces stands for a seller of another node."""
    there = select(Space.id).where(Space.id.in_(seller_ids), Space.home != "")
    if session.scalars(there.limit(1)).first() is not None:
        raise RunElsewhere()


def _refuse_twin(session: Session, seller_id: int, draft: Draft, but: int | None = None) -> None:
    twin = session.scalar(
        select(Product.id).where(
            Product.seller_id == seller_id,
            Product.name == draft.name,
            Product.unit_code == draft.unit_code,
            Product.variant == draft.variant,
            Product.id != (but or 0),
        )
    )
    if twin is not None:
        raise Refused(
            "%(name)s in this unit is already among the goods. Please change that one.",
            name=draft.name,
        )


def _family_of(session: Session, seller_id: int, product_id: int) -> int:
    """Return the family of a product; one that had none becomes its head."""
    here = (Product.id == product_id) & (Product.seller_id == seller_id)
    found = session.execute(select(Product.family_id).where(here)).one_or_none()
    if found is None:
        raise NotFound("There is no such product. It may have been taken off the list.")
    if found.family_id is not None:
        return int(found.family_id)
    session.execute(
        update(Product)
        .where(here)
        .values(family_id=product_id)
        .execution_options(synchronize_session=False)
    )
    return product_id


def _plain(value: Any) -> Any:
    """Return a value as JSON can keep it."""
    return value.isoformat() if isinstance(value, date) else value


def _stale() -> Refused:
    return Refused("This product was changed in another window. Please look at it again.")


def _record(session: Session, what: str, product_id: int, hand: Hand, **details: Any) -> None:
    audit.record(
        session,
        f"market.product.{what}",
        at=hand.at,
        person_id=hand.person_id,
        subject=("product", product_id),
        **details,
    )
