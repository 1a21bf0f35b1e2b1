"""Pabulib's ``.pb`` files (pabulib.org/format): an election as text, to be counted by anybody.

UTF-8, fields separated by semicolons, sections META, PROJECTS and VOTES, each with a row of names.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from .election import CHOOSE_1, KINDS, Ballot, Election, Project

SECTIONS = ("META", "PROJECTS", "VOTES")
MOST_BYTES = 200 * 1024 * 1024


Rows = list[tuple[int, dict[str, str]]]
"""Rows of a section by the names of its columns, each with the number of its line."""


class Malformed(Exception):
    """A file that cannot be counted: ``row`` is the number of its line, ``text`` what is wrong."""

    def __init__(self, row: int, text: str) -> None:
        self.row, self.text = row, text
        super().__init__(f"line {row}: {text}")


def read(text: str) -> Election:
    """Return the election that a file holds; raises ``Malformed``."""
    sections: dict[str, Rows] = {name: [] for name in SECTIONS}
    sections.update(_sections(text))
    meta = {row["key"]: row["value"] for _, row in sections["META"] if row.get("key")}
    kind = meta.get("vote_type", "approval")
    if kind not in KINDS:
        raise Malformed(1, f"no such kind of ballots: {kind}")
    if "budget" not in meta:
        raise Malformed(1, "no budget")
    budget = _whole(1, meta["budget"], "budget")
    projects = tuple(_project(row, each) for row, each in sections["PROJECTS"])
    known = _single(sections["PROJECTS"], "project_id")
    _single(sections["VOTES"], "voter_id")
    ballots = tuple(_ballot(row, each, known, kind) for row, each in sections["VOTES"])
    return Election(budget, projects, ballots, kind, meta)


def _sections(text: str) -> Iterator[tuple[str, Rows]]:
    name, names = "", None
    rows: Rows = []
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) == 1 and cells[0].strip().upper() in SECTIONS:
            if name:
                yield name, rows
            name, names, rows = cells[0].strip().upper(), None, []
        elif not name:
            raise Malformed(reader.line_num, "the first line is not META")
        elif names is None:
            names = [cell.strip().lower() for cell in cells]
        else:
            filled = [*cells, *[""] * (len(names) - len(cells))]
            row = {key: cell.strip() for key, cell in zip(names, filled, strict=False)}
            rows.append((reader.line_num, row))
    if name:
        yield name, rows


def _project(row: int, cells: Mapping[str, str]) -> Project:
    cost = _whole(row, cells.get("cost", ""), "cost")
    if cost <= 0:
        raise Malformed(row, "a project that costs nothing")
    return Project(cells["project_id"], cost, cells.get("name", ""))


def _ballot(row: int, cells: Mapping[str, str], known: frozenset[str], kind: str) -> Ballot:
    choices = tuple(each.strip() for each in cells.get("vote", "").split(",") if each.strip())
    if strange := [each for each in choices if each not in known]:
        raise Malformed(row, f"no such project: {strange[0]}")
    if len(set(choices)) < len(choices):
        raise Malformed(row, "a project twice on one ballot")
    if kind == CHOOSE_1 and len(choices) > 1:
        raise Malformed(row, "more than one project on a ballot for one")
    points = tuple(
        _whole(row, each, "points") for each in cells.get("points", "").split(",") if each.strip()
    )
    if points and len(points) != len(choices):
        raise Malformed(row, "not as many points as projects")
    return Ballot(cells["voter_id"], choices, points)


def _single(rows: Rows, column: str) -> frozenset[str]:
    """Return what stands in a column, if nothing stands there twice."""
    seen: set[str] = set()
    for number, row in rows:
        value = row.get(column, "")
        if not value or value in seen:
            raise Malformed(number, f"{column} is missing or stands there twice: {value[:40]!r}")
        seen.add(value)
    return frozenset(seen)


def _whole(row: int, text: str, what: str) -> int:
    try:
        number = Decimal(text.strip())
        whole = int(number)
    except (InvalidOperation, ValueError, OverflowError):
        raise Malformed(row, f"{what} is no number: {text[:40]!r}") from None
    if number != whole or not 0 <= whole < 10**15:
        raise Malformed(row, f"{what} is no whole number: {text[:40]!r}")
    return whole


def write(election: Election) -> str:
    """Return an election as a file, with nothing of a voter but the ballot's name."""
    target = io.StringIO(newline="")
    sheet = csv.writer(target, delimiter=";", lineterminator="\n")
    meta = {
        **election.meta,
        "num_projects": str(len(election.projects)),
        "num_votes": str(len(election.ballots)),
        "budget": str(election.budget),
        "vote_type": election.kind,
    }
    sheet.writerows([["META"], ["key", "value"], *map(list, meta.items())])
    sheet.writerows([["PROJECTS"], ["project_id", "cost", "votes", "name"]])
    for each in election.projects:
        sheet.writerow([each.id, each.cost, election.votes[each.id], each.name])
    pointed = any(ballot.points for ballot in election.ballots)
    sheet.writerows([["VOTES"], ["voter_id", "vote", *(["points"] if pointed else [])]])
    for ballot in election.ballots:
        points = [",".join(map(str, ballot.points))] if pointed else []
        sheet.writerow([ballot.voter, ",".join(ballot.choices), *points])
    return target.getvalue()
