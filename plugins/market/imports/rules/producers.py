"""Rows of a list of producers: who is new, who is known and who stands there twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .....core.errors import Refused
from .....core.sheets import Row, Table
from .....core.values import Message
from ...catalog.rules import folded
from .columns import PRODUCER_COLUMNS, Columns, left_aside, match_columns
from .contact import parse_business_number, parse_email, parse_phone
from .places import lacks_place, short_province, stem
from .planning import Standing, made, meet, refused
from .reading import RowReader
from .report import Fact, Outcome, Report, RowOutcome

_FORMS = (
    ("주식회사", re.compile(r"㈜|\(주\)|주식회사")),
    ("유한회사", re.compile(r"\(유\)|유한회사")),
    ("사단법인", re.compile(r"㈔|\(사\)|사단법인")),
    ("재단법인", re.compile(r"\(재\)|재단법인")),
)

_BLANK: dict[str, Fact] = {field: "" for field in PRODUCER_COLUMNS if field != "region"}


@dataclass(frozen=True, slots=True)
class KnownProducer:
    """A producer of the database; ``facts`` are its columns, with empty texts for what is unknown.

    ``province`` and ``county`` are read, and every other field that a table may change.
    """

    id: int
    name: str
    facts: Mapping[str, Fact]


class ProducerBook:
    """Producers by their folded name; two of one name are told apart by their place."""

    def __init__(self, known: Iterable[KnownProducer] = ()) -> None:
        self._by_name: defaultdict[str, list[Standing]] = defaultdict(list)
        for producer in known:
            self.add(producer.name, Standing(dict(producer.facts), producer.id))

    def add(self, name: str, standing: Standing) -> None:
        self._by_name[fold_producer(name)].append(standing)

    def find(self, name: str, province: str, county: str) -> Standing | None:
        """Return the only producer that is meant; refuse a name that may mean several."""
        place = short_province(province), stem(county)
        places = [(_place(standing), standing) for standing in self._by_name[fold_producer(name)]]
        same = [standing for there, standing in places if there == place]
        fitting = same or [standing for there, standing in places if _fits(there, place)]
        if len(fitting) > 1:
            raise Refused("Several producers are called %(name)s: give the place too.", name=name)
        return fitting[0] if fitting else None


def fold_producer(name: str) -> str:
    """Return a name as it is compared: ㈜진안 and 진안 주식회사 are one, 진안 is another."""
    rest, forms = folded(name), []
    for form, pattern in _FORMS:
        rest, times = pattern.subn("", rest)
        forms += [form] * bool(times)
    return "|".join((*forms, rest))


def producer_key(name: str, province: str, county: str) -> str:
    """Return what identifies a producer in one text."""
    return "|".join((fold_producer(name), short_province(province), stem(county)))


def classify_producers(table: Table, known: Iterable[KnownProducer]) -> Report:
    """Plan what each row of ``table`` does to the ``known`` producers; change nothing."""
    columns = match_columns(table.columns, PRODUCER_COLUMNS, required=("name",))
    book = ProducerBook(known)
    rows = tuple(_outcome(row, columns, book) for row in table.rows)
    return Report(rows, left_aside(table, columns))


def _outcome(row: Row, columns: Columns, book: ProducerBook) -> RowOutcome:
    reader = RowReader(row, columns)
    name, said = read_producer(reader)
    if reader.reasons:
        return refused(row.line, name, *reader.reasons)
    try:
        standing = book.find(name, str(said.get("province", "")), str(said.get("county", "")))
    except Refused as error:
        return refused(row.line, name, error.message)
    if standing is None:
        standing = Standing(_BLANK | {"name": name} | said, line=row.line)
        book.add(name, standing)
        outcome = made(row.line, name, dict(standing.facts))
    else:
        outcome = meet(standing, row.line, name, _news(standing, said), columns)
    return _marked(outcome, standing)


def _marked(outcome: RowOutcome, standing: Standing) -> RowOutcome:
    """Mark what is kept although its place is not known yet."""
    kept = outcome.outcome not in {Outcome.REFUSED, Outcome.REPEATED}
    if not kept or not lacks_place(*_place(standing)):
        return outcome
    reasons = (*outcome.reasons, Message("The province or the county is missing.", {}))
    return replace(outcome, incomplete=True, reasons=reasons)


def read_producer(reader: RowReader) -> tuple[str, dict[str, Fact]]:
    """Return the name and the other fields that a row gives, by the columns of a space."""
    name = reader.name(120)
    province, county = reader.place()
    said = {
        "province": province,
        "county": county,
        "address": reader.text("address", 200),
        "phone": reader.read("phone", parse_phone),
        "email": reader.read("email", parse_email),
        "representative": reader.text("representative", 60),
        "business_number": reader.read("business_number", parse_business_number),
        "intro": reader.text("intro", 2000, lines=True),
    }
    return name, {field: fact for field, fact in said.items() if fact}


def _news(standing: Standing, said: Mapping[str, Fact]) -> dict[str, Fact]:
    """Leave out a place that is only written differently: 서천군 for 서천."""
    same = dict(zip(("province", "county"), _place(standing), strict=True))
    given = {"province": short_province, "county": stem}
    return {
        field: fact
        for field, fact in said.items()
        if field not in given or given[field](str(fact)) != same[field]
    }


def _place(standing: Standing) -> tuple[str, str]:
    province, county = (str(standing.facts.get(field) or "") for field in ("province", "county"))
    return short_province(province), stem(county)


def _fits(there: tuple[str, str], place: tuple[str, str]) -> bool:
    return all(one == other or not (one and other) for one, other in zip(there, place, strict=True))
