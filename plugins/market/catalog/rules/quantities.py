"""Stock, minimum, step and tax class as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .....core.errors import Refused
from .amounts import MAX_QUANTITY, MAX_STOCK, TaxClass
from .kinds import Unit
from .numerals import whole
from .text import folded, plain, quoted
from .units import parse_unit

_STOCK = re.compile(r"(?:(?:재고|수량|잔여|stock) ?:? ?)?([0-9][0-9,]*)(?: ?([^0-9].*))?", re.I)

_STOCK_WORDS = {
    None: "있음 무제한 제한없음 수시 상시 주문생산 주문제작 예약생산 ondemand unlimited",
    0: "없음 품절 매진 soldout outofstock",
}
_STOCK_OF = {word: left for left, words in _STOCK_WORDS.items() for word in words.split()}

# 영세율 and "가공식품" are missing with intent: the first is another thing, and processed food may
# be either (Enforcement Rule of the Value-Added Tax Act, article 24 and its table 1).
_TAX_WORDS = {
    TaxClass.EXEMPT: "면세 면세상품 면세품 비과세 미가공 농산물 축산물 수산물 임산물 농축산물"
    " 농수산물 농축수산물 exempt taxexempt taxfree",
    TaxClass.TAXED: "과세 과세상품 과세품 부가세포함 taxed taxable",
}
_TAX = {word: tax for tax, words in _TAX_WORDS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Stock:
    """How many units there are to sell; None is made or picked on demand."""

    quantity: int | None


def parse_stock(text: str, unit: Unit | None = None) -> Stock:
    """Read ``30``, ``재고 30``, ``30봉`` (if that is the unit), ``수시`` or ``품절``."""
    word = re.sub(r"^재고", "", folded(text)) or folded(text)
    if word in _STOCK_OF:
        return Stock(_STOCK_OF[word])
    found = _STOCK.fullmatch(plain(text))
    number = whole(found[1]) if found else None
    if found is None or number is None or number > MAX_STOCK:
        raise Refused(
            "%(text)s is not a stock. Write a whole number, or say that it is on demand.",
            text=quoted(text),
        )
    if found[2] and parse_unit(found[2]) not in {unit, Unit("piece")}:
        raise Refused("Stock counts units as they are sold: %(text)s.", text=quoted(text))
    return Stock(number)


def parse_count(text: str) -> int:
    """Read a minimum or a step: a whole number from 1."""
    number = whole(plain(text))
    if number is None or not 1 <= number <= MAX_QUANTITY:
        raise Refused(
            "%(text)s is not a whole number from 1 to %(most)s.",
            text=quoted(text),
            most=f"{MAX_QUANTITY:,}",
        )
    return number


def parse_tax(text: str) -> TaxClass:
    """Read whether goods are exempt from value added tax."""
    tax = _TAX.get(folded(text).replace("-", ""))
    if tax is None:
        raise Refused("%(text)s is neither tax-exempt nor taxed.", text=quoted(text))
    return tax
