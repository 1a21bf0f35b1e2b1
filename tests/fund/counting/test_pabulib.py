"""Pabulib's file: read as it is meant, refused with the line that is wrong."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from wizzle.core.cli import main
from wizzle.plugins.fund.counting.rules import Ballot, Malformed, Project, read, write

FILE = """\
META
key;value
description;동네 살림; 2026
budget;100
vote_type;approval
PROJECTS
project_id;cost;votes;name
1;30;2;"마을 의자; 세 개"
2;70;2;책장
VOTES
voter_id;vote
1;1
2;2
3;1,2
"""


def test_a_file_is_read_and_written_the_same():
    election = read(FILE)
    assert election.projects == (Project("1", 30, "마을 의자; 세 개"), Project("2", 70, "책장"))
    assert election.ballots[2] == Ballot("3", ("1", "2"))
    again = read(write(election))
    assert (again.budget, again.projects, again.ballots) == (
        election.budget, election.projects, election.ballots
    )  # fmt: skip
    assert write(again) == write(election)


@pytest.mark.parametrize(("old", "new", "line", "said"), [
    ("META\n", "VOTES\n", 1, "no budget"),
    ("META\nkey;value\n", "key;value\n", 1, "not META"),
    ("budget;100", "budget;viel", 1, "no number"),
    ("budget;100", "budget;1e400", 1, "no whole number"),
    ("vote_type;approval", "vote_type;loud", 1, "no such kind"),
    ("1;30;2;", "1;0;2;", 8, "costs nothing"),
    ("1;30;2;", "1;30.5;2;", 8, "no whole number"),
    ("2;70;2;", "1;70;2;", 9, "stands there twice"),
    ("3;1,2", "3;1,9", 14, "no such project: 9"),
    ("3;1,2", "3;1,1", 14, "twice on one ballot"),
    ("3;1,2", "1;1,2", 14, "stands there twice"),
    ("vote_type;approval", "vote_type;choose-1", 14, "more than one"),
])  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(old, new, line, said):
    with pytest.raises(Malformed, match=said) as caught:
        read(FILE.replace(old, new, 1))
    assert caught.value.row == line


@pytest.fixture
def count(tmp_path):
    file = tmp_path / "vote.pb"
    file.write_text(FILE, encoding="utf-8")

    def run(*options, content=None, exits=0):
        if content is not None:
            file.write_bytes(content)
        done = CliRunner().invoke(main, ["fund", "count", str(file), *options])
        assert done.exit_code == exits, done.output
        return done.output

    return run


def test_anybody_counts_a_file_without_a_node(count):
    said = json.loads(count("--rule", "equal-shares", "--tie-seed", "씨앗", "--json"))
    assert (said["winners"], said["cost"], said["budget"]) == (["1", "2"], 100, 100)
    assert said["payments"] == {"1": {"1": "15", "3": "15"}, "2": {"2": "42", "3": "28"}}
    assert count("--rule", "greedy", "--json") == count("--rule", "greedy", "--json")
    text = count("--rule", "equal-shares")
    assert "winners  2 of 2" in text
    assert "1 paid 42" in text


def test_a_file_that_is_none_gets_a_word_and_no_trace(count):
    said = count("--rule", "greedy", content=FILE.replace("3;1,2", "3;1,9").encode(), exits=1)
    assert "line 14: no such project: 9" in said
    assert "not UTF-8" in count("--rule", "greedy", content=b"META\n\xff", exits=1)
    assert "Traceback" not in said
