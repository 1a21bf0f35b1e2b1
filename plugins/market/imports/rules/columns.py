"""What people call the columns of their tables, in Korean and in English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .....core.errors import Refused
from .....core.sheets import Table
from .....core.values import Message
from ...catalog.rules import plain

FEW = 20
"""Stretches of blank lines that a note names."""

_PLACE = {
    "province": "시도 광역 광역시도 시도명 province",
    "county": "시군구 시군 군구 시군구명 county city district",
    "region": "지역 소재지 region",
}

PRODUCER_COLUMNS: dict[str, str] = _PLACE | {
    "name": "이름 생산자 생산자명 단체 단체명 농가 농가명 업체 업체명 상호 상호명 기관명"
    " name producer producername organisation organization farm",
    "address": "주소 address",
    "phone": "전화 전화번호 연락처 휴대폰 휴대전화 phone telephone tel mobile",
    "email": "이메일 전자우편 메일 email mail",
    "representative": "대표 대표자 대표자명 representative",
    "business_number": "사업자등록번호 사업자번호 businessnumber registrationnumber",
    "intro": "설명 소개 소개글 intro introduction description about",
}
"""For each field of a producer the names of its column, as ``_bare`` makes them."""

PRODUCT_COLUMNS: dict[str, str] = _PLACE | {
    "name": "이름 상품명 상품 품명 품목 품목명 제품명 제품 name product productname item",
    "seller": "생산자 생산자명 농가 농가명 단체 단체명 공급자 판매자 업체 업체명 가게"
    " producer seller shop farm",
    "price": "가격 단가 판매가 판매가격 값 price unitprice",
    "unit": "단위 판매단위 unit",
    "size": "규격 용량 중량 무게 포장 포장단위 size weight volume",
    "stock": "재고 수량 재고량 재고수량 stock quantity",
    "minimum": "최소 최소수량 최소주문 최소주문수량 최소구매수량 minimum min minimumquantity",
    "step": "단계 증가단위 주문단계 step",
    "tax_class": "면세 과세 과세여부 면세여부 과세구분 과세면세 면세과세 세금 부가세"
    " tax taxclass vat",
    "origin": "원산지 산지 origin",
    "variant": "옵션 크기 등급 세부규격 규격명 variant option grade",
    "sold_by": "판매방식 판매방법 soldby",
    "expected_g": "예상무게 예상중량 개당무게 expectedweight",
    "allergens": "알레르기 알레르기유발물질 알레르기표시 allergens allergen",
    "certification": "인증 인증종류 certification",
    "certificate_number": "인증번호 certificatenumber",
    "certificate_until": "인증기한 인증유효기간 인증만료일 유효기간 certificateuntil validuntil",
    "container": "용기 보증금용기 container",
    "category": "분류 카테고리 상품분류 category",
    "storage": "보관 보관법 보관방법 storage",
    "description": "설명 상품설명 상세설명 소개 description",
}
"""For each field of a product the names of its column, as ``_bare`` makes them."""


def _words(names: Mapping[str, str]) -> dict[str, str]:
    return {word: field for field, words in names.items() for word in words.split()}


_KNOWN = _words(PRODUCER_COLUMNS).keys() | _words(PRODUCT_COLUMNS).keys()


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds which field, and which columns nobody asked for."""

    of_field: Mapping[str, str]
    unknown: tuple[str, ...] = ()

    def name(self, field: str) -> str:
        """Return what the person called the column of a field."""
        return self.of_field.get(field, field)


def is_header(text: str) -> bool:
    """Tell whether a cell is the name of a column that some import understands."""
    return _bare(text) in _KNOWN


def match_columns(
    columns: Iterable[str], names: Mapping[str, str], required: Iterable[str]
) -> Columns:
    """Find the column of each field; refuse two for one field and the lack of a required one."""
    words = _words(names)
    found: dict[str, str] = {}
    unknown = []
    for column in columns:
        field = words.get(_bare(column))
        if field is None:
            unknown.append(column)
        elif field in found:
            raise Refused(
                "The columns %(one)s and %(other)s mean the same. Please keep one of them.",
                one=found[field],
                other=column,
            )
        else:
            found[field] = column
    for field in required:
        if field not in found:
            example = ", ".join((names[field].split()[0], names[field].split()[-1]))
            raise Refused("A column is missing. It may be called: %(names)s.", names=example)
    return Columns(found, tuple(unknown))


def left_aside(table: Table, columns: Columns) -> tuple[Message, ...]:
    """Say which parts of the file were not read as rows, so that nothing is dropped in silence."""
    notes = (
        ("Columns that were not read: %(names)s.", columns.unknown),
        ("Lines above the header: %(names)s.", table.above),
        ("Other sheets, which were not read: %(names)s.", table.unread),
        ("Blank lines between the rows: %(names)s.", _stretches(table.blank)),
    )
    return tuple(Message(text, {"names": ", ".join(names)}) for text, names in notes if names)


def _stretches(blank: Sequence[tuple[int, int]]) -> list[str]:
    """Return lines as people name them: 5, 9–11; of very many the first ones."""
    named = [str(first) if first == last else f"{first}–{last}" for first, last in blank]
    return named if len(named) <= FEW else [*named[:FEW], "…"]


def _bare(column: str) -> str:
    """Return a header without remarks in brackets, stars and separators: 가격(원)* is 가격."""
    text, bracket, _ = plain(column).casefold().partition("(")
    return "".join(filter(str.isalnum, text if text.strip() else bracket))
